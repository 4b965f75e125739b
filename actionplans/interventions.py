"""The interventions of plans in force: how each stands, and what they sum up to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from actionplans.models import ActionStatus, Intervention, InterventionUpdate
from actionplans.pasts import Moves, moves_of_actions
from districts.models import Agency
from portal.accounts.models import User
from portal.terms import Status

NEVER_OVERDUE = (ActionStatus.COMPLETED, ActionStatus.DROPPED)
MONEY = ("budget", "released", "spent")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An intervention and where it stood last, with the due days that it had before."""

    intervention: Intervention
    update: InterventionUpdate | None
    moves: Moves

    @property
    def status(self) -> ActionStatus:
        known = self.update.status if self.update else ActionStatus.NOT_STARTED
        return ActionStatus(known)

    @property
    def is_overdue(self) -> bool:
        due_on = self.moves.due_on
        late = due_on is not None and due_on < timezone.localdate()
        return late and self.status not in NEVER_OVERDUE

    @property
    def mark(self) -> str:
        """Which shape it has: that it is overdue outweighs that it is in progress."""
        return "overdue" if self.is_overdue else self.status.value


def lines_of(rows: Collection[Intervention]) -> list[ActionLine]:
    """How each stands, of many plans at once; their plans are at hand. Two queries."""
    plans = {row.plan_id: row.plan for row in rows}.values()
    updates = _telling({row.line_id for row in rows})
    moves = moves_of_actions(plans, updates, Q(pk__in=[row.pk for row in rows]))
    last = {update.line_id: update for update in updates}
    return [ActionLine(row, last.get(row.line_id), moves[row.line_id]) for row in rows]


def _telling(lines: Collection[UUID]) -> list[InterventionUpdate]:
    """The last update of each line, and those that moved its due day; oldest first."""
    rows = InterventionUpdate.objects.filter(line__in=lines)
    telling = rows.filter(Q(due_on__isnull=False) | ~Exists(_later()))
    return list(telling.order_by("quarter", "pk"))


def _later() -> QuerySet[InterventionUpdate]:
    """What was reported of the same line for later quarters."""
    rows = InterventionUpdate.objects.order_by()
    return rows.filter(line=OuterRef("line"), quarter__gt=OuterRef("quarter"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """So many interventions, and their money in whole rupees."""

    count: int = 0
    overdue: int = 0
    budget: int = 0
    released: int = 0
    spent: int = 0

    def __add__(self, other: Total) -> Total:
        return Total(
            count=self.count + other.count,
            overdue=self.overdue + other.overdue,
            budget=self.budget + other.budget,
            released=self.released + other.released,
            spent=self.spent + other.spent,
        )


@dataclass(frozen=True, slots=True)
class OfAgency:
    """What one agency leads, by status; of None, what nobody leads."""

    agency: Agency | None
    total: Total
    statuses: list[tuple[ActionStatus, int]]


def in_charge(user: User) -> QuerySet[Intervention]:
    """Those of the plans in force in the official's districts.

    To narrow by there are `standing`, the status that was last reported, and `due_now`,
    the due day after all that moved it.
    """
    last = InterventionUpdate.objects.filter(line=OuterRef("line"))
    status = Subquery(last.order_by("-quarter").values("status")[:1])
    rows = Intervention.objects.filter(
        user.charge().q("plan__district"), plan__status=Status.PUBLISHED
    )
    return rows.alias(
        standing=Coalesce(status, Value(ActionStatus.NOT_STARTED)), due_now=_due_now()
    )


def _with_last_update(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Joined to it, which is faster than asking for every column of every row."""
    status = Coalesce(F("line__updates__status"), Value(ActionStatus.NOT_STARTED))
    joined = rows.order_by().annotate(
        quarter=F("line__updates__quarter"),
        status=status,
        released=F("line__updates__released"),
        spent=F("line__updates__spent"),
    )
    return joined.filter(Q(quarter=None) | ~Exists(_later()))


def _due_now() -> Coalesce:
    """As the last report moved it, unless an amendment moved it after that."""
    amended_since = _amended().filter(plan__seal__sealed_at__gt=OuterRef("recorded_at"))
    moved = _moved().filter(~Exists(amended_since)).order_by("-quarter")
    return Coalesce(Subquery(moved.values("due_on")[:1]), F("due_on"))


def _moved() -> QuerySet[InterventionUpdate]:
    """What reports moved of the same line."""
    rows = InterventionUpdate.objects.order_by()
    return rows.filter(line=OuterRef("line"), due_on__isnull=False)


def _amended() -> QuerySet[Intervention]:
    """The versions of the same line that gave it another due day, and why."""
    rows = Intervention.objects.order_by().filter(line=OuterRef("line"))
    been = rows.filter(plan__status__in=[Status.PUBLISHED, Status.SUPERSEDED])
    return been.exclude(due_moved="")


def is_overdue(status: str = "standing") -> Q:
    """The twin of `ActionLine.is_overdue`, as a condition."""
    # In this order: most are over, and of those nobody need look up the day.
    over = Q(**{f"{status}__in": NEVER_OVERDUE})
    return ~over & Q(due_now__lt=timezone.localdate())


def has_slipped() -> Q:
    """Whether its due day was ever moved, as a condition."""
    return Q(Exists(_moved())) | Q(Exists(_amended()))


def by_district(
    rows: QuerySet[Intervention], own: Collection[int] = ()
) -> QuerySet[Intervention]:
    """By district, in the order of the plan; what these agencies lead comes first."""
    mine = Case(When(lead__in=own, then=0), default=1) if own else Value(0)
    rows = rows.select_related("plan__district__state", "lead")
    return rows.order_by(mine, "plan__district__name", "plan", "order", "pk")


def totals(rows: QuerySet[Any]) -> dict[ActionStatus, Total]:
    """By status, those without any too; one query."""
    found = _with_last_update(rows).values("status").annotate(**_sums())
    known = {row["status"]: _total(row) for row in found}
    return {status: known.get(status, Total()) for status in ActionStatus}


def by_plan(rows: QuerySet[Any]) -> dict[int, dict[ActionStatus, Total]]:
    """Those of each plan by their status, by the plan's key; one query."""
    told = _with_last_update(rows.alias(due_now=_due_now()))
    found: dict[int, dict[ActionStatus, Total]] = {}
    for row in told.values("plan", "status").annotate(**_sums()):
        found.setdefault(row["plan"], {})[ActionStatus(row["status"])] = _total(row)
    return found


def by_agency(rows: QuerySet[Any], own: Collection[int] = ()) -> list[OfAgency]:
    """What each agency leads, these agencies first, then the busiest; two queries."""
    each = {
        status.value: Count("pk", filter=Q(status=status)) for status in ActionStatus
    }
    found = list(_with_last_update(rows).values("lead").annotate(**_sums(), **each))
    agencies = Agency.objects.in_bulk([row["lead"] for row in found if row["lead"]])
    kept = [
        OfAgency(
            agencies.get(row["lead"]),
            _total(row),
            [(status, row[status.value]) for status in ActionStatus],
        )
        for row in found
    ]
    return sorted(kept, key=lambda row: _order(row, own))


def _order(row: OfAgency, own: Collection[int]) -> tuple[bool, bool, int, str]:
    agency = row.agency
    is_own = agency is not None and agency.pk in own
    return not is_own, agency is None, -row.total.count, str(agency)


def _sums() -> dict[str, Any]:
    """So many, how many of them are late, and their money, to be summed in SQL."""
    return {
        "count": Count("pk"),
        "overdue": Count("pk", filter=is_overdue("status")),
        **{f"sum_{name}": Sum(name) for name in MONEY},
    }


def _total(row: dict[str, Any]) -> Total:
    return Total(
        count=row["count"],
        overdue=row["overdue"],
        **{name: row[f"sum_{name}"] or 0 for name in MONEY},
    )
