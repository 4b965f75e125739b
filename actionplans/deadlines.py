"""By when each thing is to be done, and which quarters a district owes.

A report is due 15 days after its quarter (`Quarter.due_on`). A district owes the
quarters from the one in which its first plan came into force; an annulled plan counts
for nothing. Whatever a plan waits for is due so many days after it came to its status:

* 30 days to complete a draft, from its start or return;
* 15 days to assess, 30 for the committee to adopt what was assessed;
* 15 days to confirm a recorded adoption, to publish what was adopted, or to check
  what was transcribed.

What another office asked or said is due 15 days after it came: a correction, an
erratum, comments, a corrected figure, an answer. Reminders of what is due go up a
ladder: to the office itself, then to the State, then to headquarters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery

from actionplans.models import PlanEvent, Report
from actionplans.stages import Stage, Standing
from portal.periods import Quarter
from portal.terms import Action, Status

DAYS_IN: Mapping[str, int] = {
    Status.DRAFT: 30,
    Status.UNDER_ASSESSMENT: 15,
    Status.ASSESSED: 30,
    Status.RECORDED: 15,
    Status.ADOPTED: 15,
    Status.TRANSCRIBED: 15,
}
DAYS_TO_ANSWER = dt.timedelta(days=15)
SOON_DAYS = 7
# So many days after the due day, below zero before it.
REMINDS_OWN_OFFICE = (-7, 0, 7)
REMINDS_STATE, REMINDS_HEADQUARTERS = 15, 30
# The steps by which a plan with targets comes into force.
PUBLICATIONS = (Action.PUBLISH, Action.TRANSCRIBE)
# How many closed quarters the desk asks for; older ones can still be filed.
QUARTERS_ASKED = 4


class Urgency(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


def urgency(due_on: dt.date | None, today: dt.date) -> Urgency:
    """How near a due date is; what has none can wait."""
    if due_on is None:
        return Urgency.LATER
    if due_on < today:
        return Urgency.OVERDUE
    near = (due_on - today).days <= SOON_DAYS
    return Urgency.SOON if near else Urgency.LATER


def due_in(status: str, since: dt.date) -> dt.date:
    """The day by which a plan should leave the status it came to on that day."""
    return since + dt.timedelta(days=DAYS_IN[status])


def asked_quarters(today: dt.date) -> list[Quarter]:
    """The closed quarters whose reports the desk asks for, newest first."""
    newest = Quarter.last_closed(today)
    return [newest - back for back in range(QUARTERS_ASKED)]


def owes(quarter: Quarter) -> Q:
    """Whether a district had a plan come into force by the end of the quarter.

    Looked up once for all districts, which is faster than asking for each.
    """
    published = _publications().filter(effective_on__lte=quarter.last_day)
    return Q(pk__in=published.values("plan__district"))


def published_on() -> Subquery:
    """When the first plan of a district came into force: from then on it owes."""
    of_district = _publications().filter(plan__district=OuterRef("pk")).order_by()
    first = of_district.values("plan__district").annotate(first=Min("effective_on"))
    return Subquery(first.values("first"))


def _publications() -> QuerySet[PlanEvent]:
    published = PlanEvent.objects.standing().filter(action__in=PUBLICATIONS)
    return published.exclude(plan__status=Status.ANNULLED)


def has_filed(quarter: Quarter) -> Exists:
    """Whether a district has filed its report of the quarter."""
    filed = Report.objects.filter(
        district=OuterRef("pk"), quarter=quarter.code, filed_on__isnull=False
    )
    return Exists(filed)


def next_due(standing: Standing, today: dt.date) -> dt.date | None:
    """What comes first in a district: the step of its plan or its next report."""
    days = []
    if standing.status and standing.since:
        days.append(due_in(standing.status, standing.since))
    if published_on := standing.reached.get(Stage.PUBLISHED):
        owed = max(Quarter.of(published_on), asked_quarters(today)[-1])
        last = standing.last_quarter
        days.append((max(last.next, owed) if last else owed).due_on)
    return min(days, default=None)
