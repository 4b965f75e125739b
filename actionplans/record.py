"""What the public record of a district says, gathered for its page and its plan's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from django.db.models import Prefetch

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
    Seal,
)
from actionplans.pasts import TargetPast
from actionplans.progress import Verdict, working
from actionplans.stages import Stage, Standing
from actionplans.ties import Ties
from districts.models import District, DistrictProduct, PotentialFact
from portal.charts import Bullet
from portal.terms import Action

TRACK = [
    Stage.IDENTIFIED,
    Stage.DRAFTED,
    Stage.ADOPTED,
    Stage.PUBLISHED,
    Stage.REPORTING,
]
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
    schemes: list[str]
    is_in_plan: bool
    facts: list[PotentialFact]
    unknown: list[str]


def product_lines(district: District, plan: Plan | None) -> list[ProductLine]:
    """Its products, those of the plan first; four queries."""
    rows = (
        district.products.filter(until=None)
        .select_related("product")
        .prefetch_related("product__hs_codes", "namings", "facts")
    )
    planned = {p.product_id for p in plan.products.all()} if plan else set()
    lines = [_product_line(row, row.product_id in planned) for row in rows]
    return sorted(lines, key=lambda line: not line.is_in_plan)


def _product_line(place: DistrictProduct, is_in_plan: bool) -> ProductLine:
    facts = latest_facts(place)
    known = {fact.kind for fact in facts}
    return ProductLine(
        place=place,
        schemes=list(dict.fromkeys(n.scheme for n in place.namings.all())),
        is_in_plan=is_in_plan,
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

    `past` has its earlier goals and due dates, `actions` what is done for it, `files`
    how many stand behind its figures.
    """

    standing: TargetStanding
    bullet: Bullet
    working: list[str]
    past: TargetPast
    actions: list[Intervention]
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTable:
    """The targets of a plan, how many go well, and the one that lags most."""

    lines: list[TargetLine]
    going_well: int
    weakest: TargetStanding | None


def target_table(plan: Plan) -> TargetTable:
    standings = targets_of(plan)
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
        working=working(result),
        past=ties.pasts[target.line_id],
        actions=ties.serving.get(target.pk, []),
        files=files.get(target.line_id, 0),
    )


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
    """None of a plan that was never adopted. Four queries."""
    steps = (Action.ADOPT, Action.CONFIRM, Action.RECORD, Action.NOTIFY)
    events = plan.events.standing().filter(action__in=steps)
    events = events.select_related("decision__meeting", "plan__seal")
    events = events.defer("plan__seal__body")
    rows = list(
        events.prefetch_related(
            Prefetch("decision__meeting__attendance"),
        )
    )
    adopted = next((e for e in rows if e.action != Action.NOTIFY), None)
    if adopted is None:
        return None
    meeting = adopted.decision.meeting if adopted.decision else None
    attendance = list(meeting.attendance.all()) if meeting else []
    notified = sorted(
        (event for event in rows if event.action == Action.NOTIFY),
        key=attrgetter("effective_on"),
    )
    return AdoptionRecord(
        event=adopted,
        meeting=meeting,
        present=sum(row.is_present for row in attendance),
        seats=len(attendance),
        notified=notified[-1] if notified else None,
        seal=getattr(adopted.plan, "seal", None),
    )


@dataclass(frozen=True, slots=True)
class Board:
    """A committee with its seats and its last meeting."""

    committee: Committee
    last: Meeting | None


def board(district: District) -> Board | None:
    committee = (
        Committee.objects.filter(district=district).prefetch_related("seats").first()
    )
    if committee is None:
        return None
    return Board(committee, committee.meetings.order_by("-held_on").first())
