"""Whether what was sealed is still what is stored: bytes, chain, rows, documents.

The page of a seal asks this of one seal, `manage.py check_seals` of all.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from actionplans.models import Document, Plan, Seal
from actionplans.names_then import NamesThen
from actionplans.seal import digest, rebuilt
from portal.terms import ADOPTED_ONCE

AT_A_TIME = 50


class Fault(models.TextChoices):
    BYTES = "bytes", _("The stored bytes do not give this hash.")
    CHAIN = "chain", _("The seal before it is missing, or is another one.")
    ROWS = "rows", _("The plan in the database does not give these bytes.")
    UNSEALED = "unsealed", _("The plan was adopted, but has no seal.")
    FILE = "file", _("The file of the document is missing, or gives another hash.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and with which plan."""

    plan: Plan
    fault: Fault
    sha256: str = ""

    def __str__(self) -> str:
        start = f" {self.sha256[:12]}" if self.sha256 else ""
        plan = f"{self.plan.district}, version {self.plan.number} (plan {self.plan.pk})"
        return f"{self.fault.value}{start}: {plan}: {self.fault.label}"


def seals_with_event() -> models.QuerySet[Seal]:
    return Seal.objects.select_related("event__decision__meeting").order_by("pk")


def faults_of(seal: Seal, before: str, plan: Plan, names: NamesThen) -> list[Fault]:
    """What is wrong with a seal; `before` is the hash of the one that went before it.

    `plan` is its plan, fetched `whole`.
    """
    found = []
    if not gives_its_hash(seal):
        found.append(Fault.BYTES)
    if seal.previous != before:
        found.append(Fault.CHAIN)
    if not _gives_its_bytes(seal, plan, names):
        found.append(Fault.ROWS)
    return found


def gives_its_hash(seal: Seal) -> bool:
    return digest(seal.body) == seal.sha256


def _gives_its_bytes(seal: Seal, plan: Plan, names: NamesThen) -> bool:
    """An office or indicator that was renamed meanwhile takes nothing from a seal."""
    if rebuilt(seal, plan) == seal.body:
        return True
    then = Plan.objects.whole().get(pk=plan.pk)
    names.restore(then, seal.sealed_at)
    return rebuilt(seal, then) == seal.body


def faults_of_one(seal: Seal) -> list[Fault]:
    """For the page of a seal, in a fixed number of queries."""
    earlier = Seal.objects.filter(pk__lt=seal.pk).order_by("-pk")
    before = earlier.values_list("sha256", flat=True).first() or ""
    plan = Plan.objects.whole().get(pk=seal.plan_id)
    return faults_of(seal, before, plan, NamesThen.known())


def is_intact(document: Document) -> bool:
    """Whether the stored file still gives the document's hash."""
    try:
        with document.file.open() as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return False
    return found == document.sha256


def findings() -> Iterator[Finding]:
    """All that is wrong with any seal; memory does not grow with their number."""
    names = NamesThen.known()
    before = ""
    seals = seals_with_event().iterator(chunk_size=AT_A_TIME)
    while some := list(itertools.islice(seals, AT_A_TIME)):
        plans = Plan.objects.whole().in_bulk([seal.plan_id for seal in some])
        for seal in some:
            plan = plans[seal.plan_id]
            for fault in faults_of(seal, before, plan, names):
                yield Finding(plan, fault, seal.sha256)
            before = seal.sha256
    unsealed = Plan.objects.filter(status__in=ADOPTED_ONCE, structured=True, seal=None)
    for plan in unsealed.with_place().iterator():
        yield Finding(plan, Fault.UNSEALED)
    recorded = Plan.objects.filter(document__isnull=False).order_by("pk")
    for plan in recorded.with_place().iterator():
        if plan.document and not is_intact(plan.document):
            yield Finding(plan, Fault.FILE, plan.document.sha256)


def was_public(plan: Plan) -> bool:
    """Whether everybody may read what was sealed, or could once read it."""
    return Plan.objects.been_public().filter(pk=plan.pk).exists()
