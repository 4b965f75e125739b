"""Plans in force since last May, and what their districts report."""

from django.db import transaction

from actionplans import reporting
from actionplans.models import ReadingEntry
from actionplans.sheet import prepare
from portal.periods import Quarter
from portal.terms import Role, Status
from tests import make

Q1, Q2, Q3 = (Quarter(2026, number) for number in (1, 2, 3))


def in_force(on_day, place=None):
    """A plan published on 10 May 2026, seen on 22 November."""
    on_day(2026, 5, 10)
    plan = make.plan(Status.PUBLISHED, place)
    on_day(2026, 11, 22)
    return plan


def given(value=None, **values):
    """A figure as it is typed: a number of hundredths, or what is said instead."""
    empty = dict.fromkeys(["value", "numerator", "denominator"])
    text = dict.fromkeys(["reason", "note", "source"], "")
    state = "value" if value is not None else ""
    return {**empty, **text, "state": state, "value": value, **values}


def typed(place, quarter, figures, *, by=None, changes=None, **lines):
    """A report saved with these figures, in the order of the targets."""
    person = by or make.holder_of(Role.RA_OFFICER, place)
    with transaction.atomic():
        sheet = reporting.open_to_write(place, quarter)
        for name, text in lines.items():
            setattr(sheet.report, name, text)
        targets = [row.target.line_id for row in sheet.figures]
        actions = [row.intervention.line_id for row in sheet.actions]
        reporting.save(
            sheet,
            dict(zip(targets, figures, strict=False)),
            dict(zip(actions, changes or [], strict=False)),
            by=person,
        )
    return prepare(place, quarter)


def filed(place, quarter=Q2, figures=(), *, by=None, **lines):
    """A report filed with these figures; without any, with a line of text."""
    officer = by or make.holder_of(Role.RA_OFFICER, place)
    lines = lines or {"done": "The laboratory was opened."}
    rows = [figure if isinstance(figure, dict) else given(figure) for figure in figures]
    sheet = typed(place, quarter, rows, by=officer, **lines)
    return reporting.file_report(
        place, quarter, by=officer, revision=sheet.report.revision
    )


def entries(place, quarter=Q2):
    """The entries of a report in the order of the targets."""
    rows = ReadingEntry.objects.filter(
        report__district=place, report__quarter=quarter.code
    )
    return list(rows.order_by("pk"))
