"""The files behind what a quarterly report says of one target or intervention.

They come and go until the report is filed; what comes later is added to what stands
there, and nothing goes any more. Who may see the district may read them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Prefetch, prefetch_related_objects
from django.http import FileResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from actionplans.evidence.proofs import Proof
from actionplans.models import Evidence, Report
from actionplans.models.evidence import ENDINGS, evidence_path
from actionplans.reporting import FiledAlready, acting
from districts.models import District
from portal.accounts.models import User
from portal.downloads import handed_out
from portal.models import DataVersion
from portal.periods import Quarter
from portal.terms import Action
from portal.uploads import Unfit, storing

SHOWN_OF_HASH = 12


def files_of(report: Report) -> dict[UUID, list[Evidence]]:
    """The files of a report by line; one query, however often it is asked."""
    found: dict[UUID, list[Evidence]] = {}
    if report.pk:
        rows = Evidence.objects.select_related("uploaded_by")
        prefetch_related_objects([report], Prefetch("evidence", rows))
        for row in report.evidence.all():
            found.setdefault(row.line_id, []).append(row)
    return found


def counts(lines: Iterable[UUID]) -> dict[UUID, int]:
    """How many files stand behind the filed figures of each line; one query."""
    rows = Evidence.objects.filter(line__in=list(lines), report__filed_on__isnull=False)
    return dict(rows.order_by().values_list("line").annotate(Count("pk")))


def right_to_add(report: Report) -> Action:
    """What one must be allowed to do to add a file now."""
    return Action.CORRECT_FIGURE if report.is_filed else Action.PREPARE_REPORT


def may_add(user: User, report: Report) -> bool:
    return user.may(right_to_add(report), report.district)


def add(
    district: District,
    quarter: Quarter,
    line: UUID,
    proof: Proof,
    *,
    title: str,
    by: User,
) -> Evidence:
    """Keep a file; `Unfit` if it stands there already or cannot be stored.

    `FiledAlready` where it could be added only before the report was filed. A failure
    leaves no file behind.
    """
    row = Evidence(
        line_id=line,
        title=title,
        content_type=proof.content_type,
        size=len(proof.content),
        sha256=proof.sha256,
        scan=Evidence.Scan.CLEAN if proof.is_scanned else Evidence.Scan.NOT_SCANNED,
    )
    storage = row.file.storage
    with storing():
        name = storage.save(evidence_path(row, ""), ContentFile(proof.content))
    try:
        row.file = name
        _enter(row, district, quarter, by)
    except BaseException:
        storage.delete(name)
        raise
    return row


@transaction.atomic(durable=True)
def _enter(row: Evidence, district: District, quarter: Quarter, by: User) -> None:
    report = _locked(district, quarter)
    if report.is_filed and not may_add(by, report):
        raise FiledAlready
    row.report, row.uploaded_by = report, acting(by, right_to_add(report), district)
    twins = Evidence.objects.filter(line=row.line_id, sha256=row.sha256)
    if twins.filter(report=report).exists():
        raise Unfit(_("This file stands here already."))
    row.save(force_insert=True)
    if report.is_filed:
        DataVersion.rise()
    elif report.prepared_by is None:
        report.prepared_by = row.uploaded_by
        report.save(update_fields=["prepared_by"])


def _locked(district: District, quarter: Quarter) -> Report:
    """The report, begun if it was not, and kept from others for now."""
    Report.objects.get_or_create(district=district, quarter=quarter.code)
    rows = Report.objects.select_for_update().order_by("pk")
    report = rows.get(district=district, quarter=quarter.code)
    report.district = district
    return report


@transaction.atomic
def remove(row: Evidence, *, by: User) -> None:
    """Take a file away with what is known of it, as long as nothing is filed."""
    district = row.report.district
    if not by.may(Action.PREPARE_REPORT, district):
        raise PermissionDenied
    if _locked(district, row.report.period).is_filed:
        raise FiledAlready
    row.delete()
    discard = partial(row.file.storage.delete, str(row.file.name))
    # The row is gone by then: a file that stays behind is only logged.
    transaction.on_commit(discard, robust=True)


def as_download(row: Evidence) -> FileResponse:
    """A download that says what it is and no person's file name."""
    words = f"{row.report.district.name} {row.report.quarter} {row.title}"
    name = f"{slugify(words)}-{row.sha256[:SHOWN_OF_HASH]}"
    return handed_out(
        row.file.open(),
        name=f"{name}.{ENDINGS[row.content_type]}",
        content_type=row.content_type,
    )
