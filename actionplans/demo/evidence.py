"""Files behind some figures: pages of registers, as PDFs that say what they are."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterable
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from actionplans.demo.ground import Ground, new_uuid
from actionplans.demo.minutes import pdf
from actionplans.demo.store import Store
from actionplans.models import Evidence, Reading, ReadingEntry, Report
from actionplans.models.evidence import evidence_path
from actionplans.pdfs import PDF
from portal.periods import Quarter

# So many of the figures of a quarter have one; every report that is begun has one.
FILED_EVERY = 25
AT = dt.time(11, 20)


class Papers:
    """Puts a page behind the first figure of each report begun, and some filed ones."""

    def __init__(self, ground: Ground, store: Store) -> None:
        self.last_due = Quarter.last_due(ground.today)
        self.store = store

    def write(self) -> None:
        begun = ReadingEntry.objects.filter(report__filed_on=None)
        begun = begun.order_by("report", "pk")
        first = {row.report_id: row for row in reversed(begun.select_related("report"))}
        filed = Reading.objects.filter(quarter=self.last_due.code, report__isnull=False)
        rows = filed.order_by("pk").select_related("report")[::FILED_EVERY]
        self._put(first.values())
        self._put(rows)
        self.store.save(Evidence)

    def _put(self, rows: Iterable[Reading | ReadingEntry]) -> None:
        for row in rows:
            assert row.report
            self.store.add(_page(row.report, row.line_id, row.entered_by_id))


def _page(report: Report, line: UUID, by: int) -> Evidence:
    content = pdf(["Demonstration.", "In place of a page of the register."])
    at = dt.datetime.combine(
        report.period.opens_on, AT, timezone.get_current_timezone()
    )
    page = Evidence(
        id=new_uuid(random.Random(f"{line} {report.quarter}")),
        report=report,
        line_id=line,
        title=f"Page of the register, {report.period.months}",
        content_type=PDF,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=by,
        uploaded_at=at,
    )
    path = evidence_path(page, "")
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    page.file.name = path
    return page
