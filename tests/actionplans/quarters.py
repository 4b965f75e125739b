"""Plans in force since last May, and what their districts report."""

from django.db import transaction

from actionplans import reporting
from actionplans.merging import change_stamp, figure_stamp
from actionplans.models import ReadingEntry, Report
from actionplans.preparing import prepare
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


def file(place, quarter=Q2, *, by=None, revision=None):
    """What is typed, filed as it stands."""
    officer = by or make.holder_of(Role.RA_OFFICER, place)
    stored = Report.objects.filter(district=place, quarter=quarter.code).first()
    if revision is None:
        revision = stored.revision if stored else 0
    return reporting.file_report(place, quarter, by=officer, revision=revision)


def entries(place, quarter=Q2):
    """The entries of a report in the order of the targets."""
    rows = ReadingEntry.objects.filter(
        report__district=place, report__quarter=quarter.code
    )
    return list(rows.order_by("pk"))


def posted(place, *figures, quarter=Q2, **fields):
    """What a browser sends: the page's rows, with these figures and lines typed in."""
    sheet = prepare(place, quarter)
    data = {}
    for name in ("done", "next_steps", "help_needed"):
        stored = getattr(sheet.report, name)
        data |= {f"{name}-was": stored, f"{name}-text": fields.pop(name, stored)}
    for row, figure in zip(sheet.figures, figures, strict=False):
        said = figure if isinstance(figure, dict) else {"value": figure}
        data |= sent(row.anchor, figure_stamp(row.entry), **said)
    return data | fields


def changed(place, **values):
    """The same of the first intervention."""
    row = prepare(place, Q2).actions[0]
    return sent(row.anchor, change_stamp(row.entry), **values)


def sent(anchor, was, **values):
    """The fields of one row."""
    fields = {f"{anchor}-{name}": value for name, value in values.items()}
    return {f"{anchor}-was": was, **fields}
