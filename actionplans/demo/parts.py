"""The parts of a plan: sections, products, bottlenecks and what is done about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from actionplans.demo.days import Days
from actionplans.demo.ground import Ground, Place, new_uuid
from actionplans.demo.material import Material, Obstacle
from actionplans.demo.speech import Speech, span, trade_of
from actionplans.models import (
    Bottleneck,
    Intervention,
    Line,
    Milestone,
    Plan,
    PlanProduct,
    PlanSection,
    SectionCode,
    Target,
)
from districts.models import Agency, Product
from portal.numbers import LAKH
from portal.periods import financial_year_label

DAYS_A_MONTH = 30
MOST_PRODUCTS = 3


@dataclass(slots=True, eq=False)
class Parts:
    """A plan and everything that belongs to it, not yet written."""

    plan: Plan
    place: Place
    speech: Speech
    lines: list[Line] = field(default_factory=list)
    sections: list[PlanSection] = field(default_factory=list)
    products: list[PlanProduct] = field(default_factory=list)
    bottlenecks: list[Bottleneck] = field(default_factory=list)
    interventions: list[Intervention] = field(default_factory=list)
    supporting: list[tuple[Intervention, list[Agency]]] = field(default_factory=list)
    aims: list[tuple[Intervention, list[Target]]] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)

    def line(self, kind: str) -> Line:
        line = Line(
            id=new_uuid(self.place.rng), district=self.place.district, kind=kind
        )
        self.lines.append(line)
        return line


class Writer:
    """Writes plans as a district would, out of the material of the demonstration."""

    def __init__(self, ground: Ground, material: Material) -> None:
        self.ground = ground
        self.material = material

    def write(self, place: Place, days: Days) -> Parts:
        """A whole plan but for its targets."""
        chosen = self._choose(place)
        speech = Speech(place, self.material, chosen)
        first, last = days.years
        by = Plan.PreparedBy
        plan = Plan(
            district=place.district,
            year_from=first,
            year_to=last,
            prepared_by=place.rng.choice([by.DIC, by.DIC, by.RA, by.CONSULTANT]),
            products_reason=self._reason(chosen),
        )
        parts = Parts(plan, place, speech)
        self._sections(parts)
        for order, product in enumerate(chosen, start=1):
            self._product(parts, product, order)
        self._obstacles(parts)
        return parts

    def _choose(self, place: Place) -> list[Product]:
        """Two or three, if the district has so many."""
        rows = [row.product for row in place.products]
        return rows[: place.rng.choice([2, 2, MOST_PRODUCTS])]

    def _reason(self, chosen: list[Product]) -> str:
        words = self.material.words["plan"]
        if not chosen:
            return words["no_product"]
        return words["one_product"] if len(chosen) == 1 else ""

    def _sections(self, parts: Parts) -> None:
        words, rng = self.material.words, parts.place.rng
        last = parts.plan.year_to
        years = {
            "years": span((parts.plan.year_from, last)),
            "last_year": financial_year_label(last),
        }
        for code in SectionCode:
            absent = words["not_applicable"].get(str(int(code)), "")
            if absent and rng.random() < 1 / 20:
                row = PlanSection(plan=parts.plan, code=code, not_applicable=absent)
            else:
                text = parts.speech.say(words["sections"][str(int(code))], **years)
                row = PlanSection(plan=parts.plan, code=code, body=text)
            parts.sections.append(row)

    def _product(self, parts: Parts, product: Product, order: int) -> None:
        parts.products.append(
            PlanProduct(
                plan=parts.plan,
                line=parts.line(Line.Kind.PRODUCT),
                product=product,
                order=order,
            )
        )

    def _obstacles(self, parts: Parts) -> None:
        """Two for each product where its trade has so many, and one or two for all."""
        rng = parts.place.rng
        used: set[str] = set()
        for chosen in parts.products:
            trade = trade_of(self.material, chosen.product)
            fresh = [o for o in trade.bottlenecks if o.text not in used]
            known = fresh or trade.bottlenecks
            for obstacle in rng.sample(known, min(2, len(known))):
                used.add(obstacle.text)
                self._obstacle(parts, obstacle, chosen)
        general = self.material.general.bottlenecks
        for obstacle in rng.sample(general, rng.choice([1, 2])):
            self._obstacle(parts, obstacle, None)

    def _obstacle(
        self, parts: Parts, obstacle: Obstacle, chosen: PlanProduct | None
    ) -> None:
        product = chosen.product.name if chosen else ""
        bottleneck = Bottleneck(
            plan=parts.plan,
            line=parts.line(Line.Kind.BOTTLENECK),
            plan_product=chosen,
            category=obstacle.category,
            severity=obstacle.severity,
            text=parts.speech.fill(obstacle.text, product=product),
            unblock=obstacle.unblock,
            unblocker=self.ground.agencies[obstacle.by],
        )
        parts.bottlenecks.append(bottleneck)
        self._answer(parts, obstacle, bottleneck, product)

    def _answer(
        self, parts: Parts, obstacle: Obstacle, bottleneck: Bottleneck, product: str
    ) -> None:
        rng, agencies = parts.place.rng, self.ground.agencies
        start = parts.plan.first_day + dt.timedelta(days=rng.randint(0, 180))
        months = rng.randint(*obstacle.months)
        due = start + dt.timedelta(days=months * DAYS_A_MONTH)
        row = Intervention(
            plan=parts.plan,
            line=parts.line(Line.Kind.INTERVENTION),
            plan_product=bottleneck.plan_product,
            bottleneck=bottleneck,
            action=parts.speech.fill(obstacle.action, product=product),
            lead=agencies[obstacle.by],
            start_on=start,
            due_on=min(due, parts.plan.last_day),
            budget=rng.randint(*obstacle.lakh) * LAKH,
            fund_source=self.ground.funds[obstacle.fund],
        )
        parts.interventions.append(row)
        parts.supporting.append((row, [agencies[name] for name in obstacle.support]))


def tie(parts: Parts) -> None:
    """Tie each intervention to targets of its product, and put all in an order."""
    rng = parts.place.rng
    for row in parts.interventions:
        own = [t for t in parts.targets if t.plan_product is row.plan_product]
        parts.aims.append((row, rng.sample(own, min(len(own), rng.choice([1, 1, 2])))))
    parts.bottlenecks.sort(key=lambda row: -row.severity)
    parts.interventions.sort(key=lambda row: row.due_on or dt.date.max)
    kinds: list[list[Any]] = [parts.bottlenecks, parts.interventions, parts.targets]
    for rows in kinds:
        for order, thing in enumerate(rows, start=1):
            thing.order = order


def prune(parts: Parts) -> None:
    """Leave the draft unfinished, as drafts are that nobody has submitted yet."""
    rng = parts.place.rng
    parts.sections = [row for row in parts.sections if rng.random() < 3 / 5]
    if rng.random() < 1 / 2:
        parts.targets, parts.milestones, parts.aims = [], [], []
    if rng.random() < 1 / 3:
        parts.interventions, parts.supporting, parts.aims = [], [], []
    _forget_lines(parts)


def empty(parts: Parts) -> None:
    """Leave an old plan as it is when nobody has typed more than its products."""
    parts.sections, parts.bottlenecks, parts.targets = [], [], []
    parts.interventions, parts.supporting, parts.aims = [], [], []
    parts.milestones = []
    _forget_lines(parts)


def _forget_lines(parts: Parts) -> None:
    keep = set(map(id, _lines_of(parts)))
    parts.lines = [line for line in parts.lines if id(line) in keep]


def _lines_of(parts: Parts) -> Iterator[Line]:
    for rows in (parts.products, parts.bottlenecks, parts.interventions, parts.targets):
        for row in rows:
            yield row.line
