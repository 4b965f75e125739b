"""What a plan still lacks before it can be submitted.

The same sentences draw the page and guard the step. Each knows the section to which it
belongs and the anchor of its field there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplans.models import Horizon, Plan, PlanProduct, SectionCode, Target
from actionplans.models.parts import SECTION_MIN_CHARS
from portal.periods import last_day_of_year

USUAL_PRODUCTS = (2, 3)
DAYS_WITHOUT_MILESTONE = 366


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence that says what to do, and where."""

    sentence: str
    section: int
    anchor: str = ""

    def __str__(self) -> str:
        return self.sentence


def gaps(plan: Plan) -> list[Gap]:
    """Everything the gate asks for; no query if the plan was fetched `whole`."""
    return [*_sections(plan), *_products(plan), *_targets(plan)]


def _sections(plan: Plan) -> Iterator[Gap]:
    written = {s.code: s for s in plan.sections.all()}
    for code in SectionCode:
        section = written.get(code)
        if section and section.is_complete:
            continue
        sentence = _(
            "Write section %(number)d, %(title)s: at least %(chars)d characters, or why"
            " it does not apply."
        ) % {
            "number": code,
            "title": code.label,
            "chars": SECTION_MIN_CHARS,
        }
        yield Gap(sentence, code, "id_body")


def _products(plan: Plan) -> Iterator[Gap]:
    products = list(plan.products.all())
    if len(products) not in USUAL_PRODUCTS and not plan.products_reason:
        sentence = ngettext(
            "The plan names %(count)d product: name two or three, or say why another"
            " number.",
            "The plan names %(count)d products: name two or three, or say why another"
            " number.",
            len(products),
        ) % {"count": len(products)}
        yield Gap(sentence, SectionCode.PRODUCTS, "products")
    for product in products:
        yield from _product_targets(plan, product)
        yield from _product_actions(plan, product)


def _product_targets(plan: Plan, product: PlanProduct) -> Iterator[Gap]:
    """Short and longer, as far as the plan's own length allows a longer one."""
    anchor = f"targets-{product.pk}"
    own = [t for t in plan.targets.all() if t.plan_product_id == product.pk]
    horizons = {target.horizon for target in own}
    name = {"product": product.product.name}
    if plan.amends_id:
        today = timezone.localdate()
        if not any(target.due_on > today for target in own):
            sentence = _("Give %(product)s at least one target still to come.") % name
            yield Gap(sentence, SectionCode.TARGETS, anchor)
        return
    if Horizon.SHORT not in horizons:
        sentence = _("Give %(product)s a short-term target, due within a year.") % name
        yield Gap(sentence, SectionCode.TARGETS, anchor)
    if plan.year_to > plan.year_from and not horizons - {Horizon.SHORT}:
        sentence = _("Give %(product)s a longer target, due after a year.") % name
        yield Gap(sentence, SectionCode.TARGETS, anchor)


def _product_actions(plan: Plan, product: PlanProduct) -> Iterator[Gap]:
    name = {"product": product.product.name}
    own = [i for i in plan.interventions.all() if i.plan_product_id == product.pk]
    if not own:
        sentence = _("Give %(product)s an intervention with lead agency and due date.")
        yield Gap(
            sentence % name, SectionCode.INTERVENTIONS, f"interventions-{product.pk}"
        )
    for row in own:
        anchor = f"intervention-{row.pk}"
        if not row.lead_id:
            sentence = _("Name a lead agency for “%(action)s”.") % {"action": row}
            yield Gap(sentence, SectionCode.INTERVENTIONS, anchor)
        if not row.due_on:
            sentence = _("Say by when “%(action)s” is due.") % {"action": row}
            yield Gap(sentence, SectionCode.INTERVENTIONS, anchor)


def _targets(plan: Plan) -> Iterator[Gap]:
    for target in plan.targets.all():
        marked = {m.due_on for m in target.milestones.all()}
        for day in milestone_days(target):
            if day not in marked:
                sentence = _(
                    "Say what “%(target)s” should have reached by March %(year)d."
                ) % {"target": target, "year": day.year}
                yield Gap(sentence, SectionCode.TARGETS, f"target-{target.pk}")


def milestone_days(target: Target) -> list[dt.date]:
    """The ends of financial years at which a target further off needs a milestone."""
    start = max(target.plan.first_day, target.baseline_on)
    if (target.due_on - start).days <= DAYS_WITHOUT_MILESTONE:
        return []
    years = range(target.plan.year_from, target.plan.year_to + 1)
    days = (last_day_of_year(year) for year in years)
    return [day for day in days if start < day < target.due_on]
