"""The targets of a plan: every kind of them, with milestones where the gate asks."""

from __future__ import annotations

import datetime as dt

from actionplans.demo.days import Days
from actionplans.demo.ground import Ground
from actionplans.demo.material import Material, Size, Trade
from actionplans.demo.parts import Parts
from actionplans.demo.speech import trade_of
from actionplans.gate import milestone_days
from actionplans.models import Indicator, Line, Milestone, PlanProduct, Target
from actionplans.progress import Direction, Kind
from districts.models import Agency
from portal.periods import (
    ONE_DAY,
    Quarter,
    financial_year_label,
    financial_year_of,
    last_day_of_year,
)

HUNDREDTHS = 100
# Crore and lakh are given with one decimal, all else in whole units.
TENTH = 10
FIRST_YEAR_SHARE = 0.4
OWNERS = {
    "district-exports": "DGFT Regional Authority",
    "first-time-exporters": "DGFT Regional Authority",
    "codes-issued": "DGFT Regional Authority",
    "buyer-seller-meets": "DGFT Regional Authority",
    "parcels-abroad": "Department of Posts",
    "grievances-in-time": "Collector's office",
    "gi-users": "Geographical Indications Registry",
}
COUNCILS = {"product-exports", "destinations", "consignments-rejected"}


class Setter:
    """Gives a plan its targets."""

    def __init__(self, ground: Ground, material: Material) -> None:
        self.ground = ground
        self.material = material
        self.more = 1 if ground.full else 0

    def set(self, parts: Parts, days: Days) -> None:
        """A short and one or two longer ones for each product, and some for all."""
        rng = parts.place.rng
        for chosen in parts.products:
            trade = trade_of(self.material, chosen.product)
            short = rng.choice(trade.short)
            self.add(parts, days, short, chosen, is_short=True)
            fitting = [s for s in trade.long if _fits(s, short, chosen)]
            count = min(len(fitting), rng.choice([1, 2, 2]) + self.more)
            for slug in rng.sample(fitting, count):
                self.add(parts, days, slug, chosen)
        general = self.material.general
        self.add(parts, days, rng.choice(general.short), None, is_short=True)
        for slug in rng.sample(general.long, 2 + 2 * self.more):
            self.add(parts, days, slug, None)

    def add(
        self,
        parts: Parts,
        days: Days,
        slug: str,
        chosen: PlanProduct | None,
        *,
        is_short: bool = False,
    ) -> None:
        plan, rng = parts.plan, parts.place.rng
        indicator = self.ground.indicators[slug]
        trade = trade_of(self.material, chosen.product if chosen else None)
        baseline, goal = self._from_to(parts, indicator, trade, is_short=is_short)
        baseline_on = _baseline_day(indicator, parts, days)
        year = plan.year_from
        if not is_short:
            # In an amendment only the last year is sure to be still to come.
            soonest = plan.year_to if plan.amends else plan.year_from + 1
            year = rng.randint(min(soonest, plan.year_to), plan.year_to)
        target = Target(
            plan=plan,
            line=parts.line(Line.Kind.TARGET),
            indicator=indicator,
            kind=indicator.kind,
            direction=indicator.direction,
            frequency=indicator.frequency,
            plan_product=chosen,
            baseline=baseline,
            baseline_on=baseline_on,
            baseline_source=f"{indicator.usual_source}, {_period(baseline_on)}",
            goal=goal,
            due_on=last_day_of_year(year),
            owner=self._owner(slug, trade, chosen),
            verification=_verification(indicator),
            explanation=rng.choice(self.material.words["targets"]["explanations"]),
        )
        parts.targets.append(target)
        parts.milestones += milestones_of(target)

    def _from_to(
        self, parts: Parts, indicator: Indicator, trade: Trade, *, is_short: bool
    ) -> tuple[int, int]:
        """Baseline and goal in hundredths; the first year goes a part of the way."""
        rng = parts.place.rng
        size: Size = self.material.sizes[indicator.slug]
        baseline = _between(rng.random(), size.baseline or trade.amount)
        if size.growth:
            goal = baseline * rng.uniform(*size.growth)
        else:
            assert size.goal
            goal = _between(rng.random(), size.goal)
        if is_short and indicator.kind != Kind.DONE:
            goal = baseline + (goal - baseline) * FIRST_YEAR_SHARE
        low, high = in_steps(baseline, indicator), in_steps(goal, indicator)
        least = step_of(indicator)
        if indicator.direction == Direction.UP:
            return low, max(high, low + least)
        return low, min(high, low - least)

    def _owner(self, slug: str, trade: Trade, chosen: PlanProduct | None) -> Agency:
        if slug in COUNCILS and chosen:
            return self.ground.agencies[trade.council_of(chosen.product.sector)]
        return self.ground.agencies[OWNERS.get(slug, "District Industries Centre")]


def milestones_of(target: Target) -> list[Milestone]:
    """At every 31 March on the way, on the straight line."""
    start = max(target.plan.first_day, target.baseline_on)
    origin = 0 if target.kind == Kind.TOTAL else target.baseline
    whole = (target.due_on - start).days
    found = []
    for day in milestone_days(target):
        share = 0.0 if target.kind == Kind.DONE else (day - start).days / whole
        value = origin + (target.goal - origin) * share
        step = step_of(target.indicator)
        rounded = round(value / step) * step
        found.append(Milestone(target=target, due_on=day, value=rounded))
    return found


def step_of(indicator: Indicator) -> int:
    return TENTH if indicator.unit.startswith("₹") else HUNDREDTHS


def in_steps(value: float, indicator: Indicator) -> int:
    """A value of the unit in hundredths, as round as people give it."""
    step = step_of(indicator)
    return round(value * HUNDREDTHS / step) * step


def _between(share: float, span: tuple[int, int]) -> float:
    """Small values are more common than large ones."""
    low, high = span
    return low + (high - low) * share**2


def _fits(slug: str, short: str, chosen: PlanProduct) -> bool:
    if slug == "gi-users" and not chosen.product.gi_number:
        return False
    return slug != short


def _baseline_day(indicator: Indicator, parts: Parts, days: Days) -> dt.date:
    """Of amounts in a year, the end of the year before; else of the quarter before."""
    known = days.published or days.met or days.sent or days.first_sent or days.start
    year_before = last_day_of_year(
        financial_year_of(min(known, parts.plan.first_day)) - 1
    )
    if indicator.kind == Kind.YEARLY:
        return year_before
    return Quarter.of(known).first_day - ONE_DAY


def _period(day: dt.date) -> str:
    return financial_year_label(financial_year_of(day))


def _verification(indicator: Indicator) -> str:
    return (
        f"The District Industries Centre checks each figure: {indicator.usual_source}"
    )
