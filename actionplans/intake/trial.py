"""What would become of the rows of an intake, and recording them all or nothing.

What is certain is taken; what is only likely is asked; everything else is a fault, in
a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplans import workflow
from actionplans.blockers import Details
from actionplans.documents import attach_plan, keep
from actionplans.forms.document import FIRST_YEAR, LONGEST_YEARS
from actionplans.intake import bundle
from actionplans.intake.sheet import Line, day_in, lines_of, year_in
from actionplans.models import Document, Intake, Plan
from actionplans.pdfs import Pdf
from districts.models import District
from districts.naming import DistrictNames
from portal.accounts.models import Appointment, User
from portal.conditions import open_q
from portal.rules import role_for
from portal.terms import ADOPTED_NOW, Action, Status

LONGEST_ORDER = 60


@dataclass(frozen=True, slots=True)
class Trial:
    """What would be recorded, and the files that no row names."""

    lines: list[Line]
    others: list[str]

    @property
    def faulty(self) -> int:
        return sum(bool(line.faults) for line in self.lines)

    def unsure(self, confirmed: Collection[str] = ()) -> list[Line]:
        """The rows with a question that nobody has answered yet."""
        return [
            line
            for line in self.lines
            if line.questions and str(line.number) not in confirmed
        ]


class NotReady(Exception):
    """Nothing is recorded as long as a row has a fault or an open question."""


def districts_for(user: User) -> QuerySet[District]:
    """The districts whose old plans the user may hand in."""
    return District.objects.living().filter(open_q(user, Action.RECORD_IN_BULK))


def trial(intake: Intake, user: User) -> Trial:
    """Nothing is written: each row with what would become of it."""
    with intake.sheet.open() as sheet:
        lines = lines_of(sheet.read())
    checker = _Checker(intake, user, lines)
    for line in lines:
        checker.check(line)
    return Trial(lines, intake.found["others"])


def carry_out(intake: Intake, user: User, confirmed: Collection[str]) -> int:
    """Record every row, or none; how many. What is done already is not done again."""
    with transaction.atomic():
        rows = Intake.objects.select_for_update(of=("self",))
        row = rows.select_related("state").get(pk=intake.pk)
        tried = trial(row, user)
        if row.done_at:
            return len(tried.lines)
        if tried.faulty or tried.unsure(confirmed):
            raise NotReady
        for line in tried.lines:
            _record(row, line, user)
        row.done_at = timezone.now()
        row.save(update_fields=["done_at"])
        return len(tried.lines)


def drop(intake: Intake) -> bool:
    """Remove what is not recorded, and its files; whether there was anything left."""
    with transaction.atomic():
        rows = Intake.objects.select_for_update().filter(done_at=None)
        row = rows.filter(pk=intake.pk).first()
        if row is None:
            return False
        row.delete()
        for file in (row.sheet, row.files):
            transaction.on_commit(partial(file.storage.delete, str(file.name)))
    return True


class _Checker:
    """What the rows of one intake are held against."""

    def __init__(self, intake: Intake, user: User, lines: list[Line]) -> None:
        places = District.objects.living().filter(state=intake.state)
        self.state = intake.state
        self.names = DistrictNames(places)
        self.open = set(districts_for(user).values_list("pk", flat=True))
        taken = Plan.objects.filter(district__in=places, status__in=ADOPTED_NOW)
        self.taken: dict[int, str] = dict(taken.values_list("district", "status"))
        self.files: dict[str, Any] = intake.found["files"]
        self.named = Counter(bundle.key(line.file) for line in lines if line.file)
        self.known = self._recorded()
        self.seen: dict[int, int] = {}
        self.contents: dict[str, int] = {}

    def check(self, line: Line) -> None:
        self._district(line)
        self._day(line)
        self._years(line)
        if len(line.order_number) > LONGEST_ORDER:
            line.faults.append(_("The order number is too long."))
        self._file(line)

    def _recorded(self) -> dict[str, str]:
        """The plans recorded already, by the hash of their file."""
        hashes = [found.get("sha256", "") for found in self.files.values()]
        rows = Document.objects.filter(kind=Document.Kind.PLAN, sha256__in=hashes)
        return dict(rows.values_list("sha256", "district__name"))

    def _district(self, line: Line) -> None:
        match = self.names.match(self.state, line.name)
        line.district = match.found or match.guess
        words = {"name": line.name, "state": self.state.name}
        if line.district is None:
            said = _("No district of %(state)s is called “%(name)s”.") % words
            line.faults.append(said if line.name else _("The row names no district."))
            return
        if match.guess:
            words["guess"] = line.district.name
            line.questions.append(
                _("“%(name)s” is no name we know: is %(guess)s meant?") % words
            )
        key = line.district.pk
        if key not in self.open:
            line.faults.append(_("The district is not in your charge."))
        elif key in self.taken:
            line.faults.append(_taken(self.taken[key]))
        elif key in self.seen:
            line.faults.append(
                _("Row %(row)d is about this district too.") % {"row": self.seen[key]}
            )
        self.seen.setdefault(key, line.number)

    def _day(self, line: Line) -> None:
        line.adopted_on = day = day_in(line.cells.get("adopted_on"))
        since = line.district.since if line.district else None
        if day is None:
            said = _("“%(text)s” is no day. Write it like 21-11-2025.")
            text = line.text("adopted_on")
            empty = _("The day of the adoption is missing.")
            line.faults.append(said % {"text": text} if text else empty)
        elif day > timezone.localdate():
            line.faults.append(_("The day of the adoption lies in the future."))
        elif since and day < since:
            line.faults.append(_("On the day of the adoption it did not exist."))

    def _years(self, line: Line) -> None:
        first, last = (year_in(line.text(c)) for c in ("first_year", "last_year"))
        if not first or not last:
            line.faults.append(
                _("First and last year are written like 2025-26 and 2029-30.")
            )
        elif not 0 <= last - first < LONGEST_YEARS or first < FIRST_YEAR:
            line.faults.append(
                _("A plan covers one to five financial years, first year first.")
            )
        else:
            line.years = first, last

    def _file(self, line: Line) -> None:
        name = bundle.key(line.file)
        found = self.files.get(name)
        if not name:
            line.faults.append(_("The row names no file."))
        elif found is None:
            line.faults.append(
                _("The zip has no file “%(name)s”.") % {"name": line.file}
            )
        elif self.named[name] > 1:
            line.faults.append(_("Another row names the same file."))
        elif "fault" in found:
            line.faults.append(found["fault"])
        else:
            line.pdf = Pdf(**found)
            self._same_content(line, line.pdf.sha256)

    def _same_content(self, line: Line, sha256: str) -> None:
        if sha256 in self.known:
            line.questions.append(
                _("The same file is recorded for %(district)s: is it about both?")
                % {"district": self.known[sha256]}
            )
        elif sha256 in self.contents:
            line.questions.append(
                _("The file of row %(row)d has the same content: is it about both?")
                % {"row": self.contents[sha256]}
            )
        self.contents.setdefault(sha256, line.number)


def _taken(status: str) -> str:
    if status == Status.ADOPTED:
        return _("A newer plan of this district is adopted: an older one is too late.")
    return _("A plan of this district is in force already.")


def _record(intake: Intake, line: Line, user: User) -> None:
    assert line.district
    assert line.years
    assert line.pdf
    role = role_for(user, Action.RECORD_IN_BULK, line.district)
    by = role and user.appointment_for(role, line.district)
    assert isinstance(by, Appointment)
    with intake.files.open() as files:
        path = keep(bundle.content(files, bundle.key(line.file)), line.pdf)
    document = attach_plan(line.pdf, path, line.district, years=line.years, by=by)
    said = Details(effective_on=line.adopted_on, order_number=line.order_number)
    workflow.record(document, by=user, years=line.years, adopted=said, in_bulk=True)
