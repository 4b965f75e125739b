"""What the public record of a district says, gathered for its page and its plan's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext, ngettext

from actionplans.evidence.files import counts
from actionplans.interventions import ActionLine
from actionplans.measures import TargetStanding, targets_of
from actionplans.models import (
    Bottleneck,
    Committee,
    Intervention,
    Meeting,
    Plan,
    PlanEvent,
    PlanProduct,
    Seal,
    Target,
)
from actionplans.pasts import TargetPast
from actionplans.progress import Verdict, working
from actionplans.stages import Stage, Standing
from actionplans.ties import Ties
from districts.facts import Facts
from districts.models import District, DistrictProduct, PotentialFact
from portal.charts import Bullet
from portal.numbers import grouped
from portal.periods import months_later, written
from portal.terms import Action

TRACK = [
    Stage.IDENTIFIED,
    Stage.DRAFTED,
    Stage.ADOPTED,
    Stage.PUBLISHED,
    Stage.REPORTING,
]
ADOPTION_STEPS = (Action.ADOPT, Action.CONFIRM, Action.RECORD, Action.NOTIFY)
GOING_WELL = {Verdict.ACHIEVED, Verdict.ACHIEVED_LATE, Verdict.ON_TRACK}


@dataclass(frozen=True, slots=True)
class TrackStep:
    """A stage in the life of the plan: whether it was reached, and on which day."""

    stage: Stage
    is_reached: bool
    on: dt.date | None


def track(standing: Standing) -> list[TrackStep]:
    reached = standing.reached
    return [TrackStep(stage, stage in reached, reached.get(stage)) for stage in TRACK]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductLine:
    """A product of the district: what is known of it, and what is not."""

    place: DistrictProduct
    codes: list[str]
    schemes: list[str]
    is_in_plan: bool
    facts: list[PotentialFact]
    unknown: list[str]

    @property
    def is_known(self) -> bool:
        """Whether anything is recorded beside that the district makes it."""
        return bool(self.place.potential or self.facts)


def product_lines(
    district: District, plan: Plan | None, facts: Facts
) -> list[ProductLine]:
    """Its products, those of the plan first, then those of which anything is known.

    Two queries.
    """
    planned = PlanProduct.objects.filter(plan=plan, product=OuterRef("product"))
    rows = (
        district.products.filter(until=None)
        .select_related("product")
        .annotate(is_in_plan=Exists(planned))
        .prefetch_related("facts")
    )
    lines = [_product_line(row, facts) for row in rows]
    return sorted(lines, key=lambda line: (not line.is_in_plan, not line.is_known))


def _product_line(place: Any, register: Facts) -> ProductLine:
    facts = latest_facts(place)
    known = {fact.kind for fact in facts}
    return ProductLine(
        place=place,
        codes=register.codes.get(place.product_id, []),
        schemes=register.schemes.get(place.pk, []),
        is_in_plan=place.is_in_plan,
        facts=facts,
        unknown=[str(kind.label) for kind in PotentialFact.Kind if kind not in known],
    )


def latest_facts(place: DistrictProduct) -> list[PotentialFact]:
    """What is known of it last, of each kind; no query if its facts were fetched."""
    latest: dict[str, PotentialFact] = {}
    for fact in place.facts.all():
        latest.setdefault(fact.kind, fact)
    return [latest[kind] for kind in PotentialFact.Kind if kind in latest]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target as the page shows it: the bar, the verdict, and its own working.

    The working ends with what the figures rest on. `past` has its earlier goals and due
    dates, `actions` what is done for it.
    """

    standing: TargetStanding
    bullet: Bullet
    working: list[str]
    past: TargetPast
    actions: list[Intervention]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTable:
    """The targets of a plan, how many go well, and the one that lags most."""

    lines: list[TargetLine]
    going_well: int
    weakest: TargetStanding | None


def target_table(plan: Plan) -> TargetTable:
    return table_of(plan, targets_of(plan))


def table_of(plan: Plan, standings: list[TargetStanding]) -> TargetTable:
    """Of the targets of a plan, as they stand; two queries."""
    ties = Ties(plan)
    files = counts(standing.target.line_id for standing in standings)
    judged = [s for s in standings if s.result.verdict == Verdict.OFF_TRACK]
    return TargetTable(
        lines=[_target_line(standing, ties, files) for standing in standings],
        going_well=sum(s.result.verdict in GOING_WELL for s in standings),
        weakest=min(judged, key=_pace, default=None),
    )


def _pace(standing: TargetStanding) -> float:
    result = standing.result
    return float((result.progress or 0) / result.expected)


def _target_line(
    standing: TargetStanding, ties: Ties, files: dict[UUID, int]
) -> TargetLine:
    result, target = standing.result, standing.target
    return TargetLine(
        standing=standing,
        bullet=Bullet.of(result.progress, result.expected),
        working=[
            *working(result),
            *_sources(target, files.get(target.line_id, 0)),
        ],
        past=ties.pasts[target.line_id],
        actions=ties.serving.get(target.pk, []),
    )


def _sources(target: Target, files: int) -> Iterator[str]:
    """What the figures of a target rest on, in sentences."""
    yield gettext("Source of the baseline: %(source)s, as on %(on)s.") % {
        "source": target.baseline_source,
        "on": written(target.baseline_on),
    }
    yield gettext("Verified by: %(means)s.") % {"means": target.verification}
    if files:
        yield ngettext(
            "Evidence for its figures: %(number)s file, which the officials of the"
            " district can read.",
            "Evidence for its figures: %(number)s files, which the officials of the"
            " district can read.",
            files,
        ) % {"number": grouped(files)}


def action_lines(plan: Plan) -> list[ActionLine]:
    """The interventions of a plan that is `whole`; two queries beside it."""
    ties = Ties(plan)
    latest = {update.line_id: update for update in ties.updates}
    return [
        ActionLine(row, latest.get(row.line_id), ties.moves[row.line_id])
        for row in plan.interventions.all()
    ]


@dataclass(frozen=True, slots=True)
class BottleneckLine:
    """A bottleneck and what is done against it."""

    bottleneck: Bottleneck
    actions: list[Intervention]


def bottleneck_lines(plan: Plan) -> list[BottleneckLine]:
    """No query if the plan is `whole`."""
    against = Ties(plan).against
    return [
        BottleneckLine(row, against.get(row.pk, [])) for row in plan.bottlenecks.all()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionRecord:
    """How a plan was adopted: the meeting, the decision, the notification, the seal."""

    event: PlanEvent
    meeting: Meeting | None
    present: int
    seats: int
    notified: PlanEvent | None
    seal: Seal | None


def adoption_record(plan: Plan) -> AdoptionRecord | None:
    """None of a plan that was never adopted. Two queries."""
    rows = plan.events.standing().filter(action__in=ADOPTION_STEPS)
    rows = rows.select_related("decision__meeting", "plan__seal")
    return adoption_of(list(rows.defer("plan__seal__body")))


def adoption_of(events: Iterable[PlanEvent]) -> AdoptionRecord | None:
    """The same from the standing events of a plan, which has its seal. One query."""
    rows = [event for event in events if event.action in ADOPTION_STEPS]
    adopted = next((e for e in rows if e.action != Action.NOTIFY), None)
    if adopted is None:
        return None
    meeting = adopted.decision.meeting if adopted.decision else None
    notified = sorted(
        (event for event in rows if event.action == Action.NOTIFY),
        key=attrgetter("effective_on"),
    )
    return AdoptionRecord(
        event=adopted,
        meeting=meeting,
        **_attendance(meeting),
        notified=notified[-1] if notified else None,
        seal=getattr(adopted.plan, "seal", None),
    )


def _attendance(meeting: Meeting | None) -> dict[str, int]:
    if meeting is None:
        return {"present": 0, "seats": 0}
    came = Count("pk", filter=Q(is_present=True))
    return meeting.attendance.order_by().aggregate(present=came, seats=Count("pk"))


@dataclass(frozen=True, slots=True)
class Board:
    """A committee with its seats, and the number and day of its last meeting."""

    committee: Committee
    last_number: int | None
    last_on: dt.date | None

    @property
    def next_on(self) -> dt.date | None:
        """By which day it meets again, where it has a rule for that."""
        months = self.committee.months_between
        if not months or not self.last_on:
            return None
        return months_later(self.last_on, months)


def board(district: District) -> Board | None:
    """Two queries."""
    last = Meeting.objects.filter(committee=OuterRef("pk")).order_by("-held_on")
    rows = Committee.objects.filter(district=district).prefetch_related("seats")
    found = rows.annotate(
        last_number=Subquery(last.values("number")[:1]),
        last_on=Subquery(last.values("held_on")[:1]),
    ).first()
    return Board(found, found.last_number, found.last_on) if found else None
