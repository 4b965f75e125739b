"""What happens with what waits if nothing is done about it: true sentences only.

Each says what the code does that does it: `by_itself` publishes, `blockers` takes the
silence of a State for consent, `freshness` judges, a bottleneck may go past a rung that
says nothing, and reminders climb the ladder of `deadlines`.
"""

from __future__ import annotations

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.by_itself import DAYS_OF_GRACE, HELD_FOR
from actionplans.deadlines import REMINDS_HEADQUARTERS, REMINDS_STATE
from actionplans.waiting.rows import Kind, Row
from portal.periods import Quarter, written
from portal.terms import Asked

STAYS: dict[Kind, Promise] = {
    Kind.START: gettext_lazy("The district stays without a plan, as everybody sees."),
    Kind.DRAFT: gettext_lazy("It stays a draft; everybody sees since when."),
    Kind.ASSESS: gettext_lazy("It stays under assessment; everybody sees since when."),
    Kind.ADOPT: gettext_lazy("It stays assessed and is not in force."),
    Kind.RECORD: gettext_lazy("It stays assessed and is not in force."),
    Kind.CONFIRM: gettext_lazy("The adoption is not sealed, so nothing is published."),
    Kind.PUBLISH: gettext_lazy("It stays unpublished."),
    Kind.CORRECTION: gettext_lazy("What was recorded stands as it is."),
    Kind.ERRATUM: gettext_lazy("The text stands as it is."),
    Kind.COMMENT: gettext_lazy("Nobody sees them before they are read."),
    Kind.VERIFY: gettext_lazy("They count as they stand, and nobody has checked them."),
    Kind.DECISION: gettext_lazy("It goes on the agenda of the next meeting."),
    Kind.ANSWER: gettext_lazy("It stays open; its history says since when."),
    Kind.SETTLE: gettext_lazy("It stays open, though it is answered."),
    Kind.CHECK: gettext_lazy("It stays a document whose targets nobody follows."),
    Kind.STRUCTURE: gettext_lazy("It stays a document whose targets nobody follows."),
}


def if_nothing_is_done(row: Row, due_on: dt.date | None, today: dt.date) -> str:
    kind = Kind(row.kind)
    if kind == Kind.REPORT:
        return _late(Quarter.from_code(row.thing), today)
    if kind == Kind.PUBLISH and row.due_on:
        return _published(
            row.due_on + (HELD_FOR if row.begun else DAYS_OF_GRACE), today
        )
    if kind == Kind.ENDORSE and due_on:
        return _("On %(day)s silence counts as consent.") % {"day": written(due_on)}
    if kind == Kind.ANSWER and due_on and row.how != Asked.OF_HEADQUARTERS:
        return _passed_over(due_on, today)
    return str(STAYS[kind])


def told_next(due_on: dt.date | None, today: dt.date) -> str:
    """Who hears of it next, once its own office has been reminded."""
    if due_on is None or due_on.year == dt.MAXYEAR:
        return ""
    state = due_on + dt.timedelta(days=REMINDS_STATE)
    headquarters = due_on + dt.timedelta(days=REMINDS_HEADQUARTERS)
    if today <= state:
        return _("On %(day)s the State is told.") % {"day": written(state)}
    if today <= headquarters:
        day = written(headquarters)
        return _("On %(day)s headquarters is told.") % {"day": day}
    return ""


def _late(quarter: Quarter, today: dt.date) -> str:
    if today > quarter.due_on:
        return _("It is late already, and will be marked so.")
    return _(
        "From %(day)s on the district does not read fresh; filed later, the report is"
        " marked late."
    ) % {"day": written(quarter.due_on)}


def _published(on: dt.date, today: dt.date) -> str:
    """What is due already only waits for the timer to run."""
    if on <= today:
        return _("It is published by itself within a day.")
    return _("It is published by itself on %(day)s.") % {"day": written(on)}


def _passed_over(due_on: dt.date, today: dt.date) -> str:
    if due_on < today:
        return _("It may be put to the next office at any time.")
    return _("After %(day)s it may be put to the next office.") % {
        "day": written(due_on)
    }
