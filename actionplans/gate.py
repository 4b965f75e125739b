"""What a plan still lacks before it can be submitted.

The same sentences draw the page and guard the step. Each knows the section to which it
belongs and the field there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplans.models import (
    Bottleneck,
    Horizon,
    Intervention,
    Plan,
    PlanProduct,
    SectionCode,
    Target,
)
from actionplans.models.parts import SECTION_MIN_CHARS
from actionplans.questions import open_questions
from portal.naming import local_name
from portal.periods import (
    financial_year_label,
    financial_year_of,
    last_day_of_year,
    written,
)

USUAL_PRODUCTS = (2, 3)
DAYS_WITHOUT_MILESTONE = 366


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence that says what to do, and where.

    `part` names a kind of row, with the `row` and `field` that lack something, or the
    `product` of the plan under which a row is missing.
    """

    sentence: str
    section: int
    anchor: str = ""
    part: str = ""
    row: int | None = None
    product: int | None = None
    field: str = ""

    def __str__(self) -> str:
        return self.sentence


def gaps(plan: Plan) -> list[Gap]:
    """Everything the gate asks for.

    Three queries at most of a plan that was fetched `whole`, for what the questions are
    compared with; two more of an amendment, for the due dates that it moves.
    """
    return [
        *_sections(plan),
        *_products(plan),
        *_targets(plan),
        *_moved(plan),
    ]


def hints(plan: Plan) -> list[Gap]:
    """What would be better otherwise but keeps nobody from submitting; no query."""
    against = {row.bottleneck_id for row in plan.interventions.all()}
    return [
        Gap(
            _("Nothing is planned against “%(bottleneck)s”, which stops exports.")
            % {"bottleneck": row},
            SectionCode.BOTTLENECKS,
            f"bottleneck-{row.pk}",
            part="bottlenecks",
            row=row.pk,
        )
        for row in plan.bottlenecks.all()
        if row.severity == Bottleneck.Severity.HIGH and row.pk not in against
    ]


def _sections(plan: Plan) -> Iterator[Gap]:
    written_so_far = {s.code: s for s in plan.sections.all()}
    for code in SectionCode:
        section = written_so_far.get(code)
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
        yield Gap(sentence, code, "id_body", field="body")


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
        yield Gap(sentence, SectionCode.PRODUCTS, "products", part="products")
    for product in products:
        yield from _product_targets(plan, product)
        yield from _product_actions(plan, product)


def _product_targets(plan: Plan, product: PlanProduct) -> Iterator[Gap]:
    """Short and longer, as far as the plan's own length allows a longer one.

    An amendment needs what can still come: nothing short once the first year is over,
    nothing longer once the plan is.
    """
    own = [t for t in plan.targets.all() if t.plan_product_id == product.pk]
    horizons = {target.horizon for target in own}
    today = timezone.localdate() if plan.amends_id else plan.first_day
    may_be_short = today <= last_day_of_year(plan.year_from)
    may_be_longer = plan.year_to > plan.year_from and today < plan.last_day
    wanted = []
    if plan.amends_id and not any(target.due_on > today for target in own):
        wanted.append(_("Give %(product)s at least one target still to come."))
    elif may_be_short and Horizon.SHORT not in horizons:
        wanted.append(_("Give %(product)s a short-term target, due within a year."))
    if may_be_longer and not horizons - {Horizon.SHORT}:
        wanted.append(_("Give %(product)s a longer target, due after a year."))
    for sentence in wanted:
        yield Gap(
            sentence % {"product": local_name(product.product)},
            SectionCode.TARGETS,
            f"targets-{product.pk}",
            part="targets",
            product=product.pk,
        )


def _product_actions(plan: Plan, product: PlanProduct) -> Iterator[Gap]:
    own = [i for i in plan.interventions.all() if i.plan_product_id == product.pk]
    if not own:
        sentence = _("Give %(product)s an intervention with lead agency and due date.")
        yield Gap(
            sentence % {"product": local_name(product.product)},
            SectionCode.INTERVENTIONS,
            f"interventions-{product.pk}",
            part="interventions",
            product=product.pk,
        )
    for row in own:
        if not row.lead_id:
            yield _of_action(row, "lead", _("Name a lead agency for “%(action)s”."))
        if not row.due_on:
            yield _of_action(row, "due_on", _("Say by when “%(action)s” is due."))


def _of_action(row: Intervention, field: str, sentence: str, **words: Any) -> Gap:
    return Gap(
        sentence % {"action": row, **words},
        SectionCode.INTERVENTIONS,
        f"intervention-{row.pk}",
        part="interventions",
        row=row.pk,
        field=field,
    )


def _targets(plan: Plan) -> Iterator[Gap]:
    asked = open_questions(plan)
    for target in plan.targets.all():
        if not target.baseline_source:
            sentence = _("Say where the baseline of “%(target)s” comes from.")
            yield _of_target(target, "baseline_source", sentence)
        if not target.verification:
            sentence = _("Say by what one will see that “%(target)s” is reached.")
            yield _of_target(target, "verification", sentence)
        yield from _marks(target)
        for question in asked.get(target.pk, []):
            sentence = _("Say why, for “%(target)s”: %(question)s")
            yield _of_target(target, "explanation", sentence, question=question)


def _marks(target: Target) -> Iterator[Gap]:
    marked = {mark.due_on for mark in target.milestones.all()}
    for day in milestone_days(target):
        if day not in marked:
            year = financial_year_of(day)
            sentence = _("Give “%(target)s” a mark for %(year)s.")
            words = {"year": financial_year_label(year)}
            yield _of_target(target, f"mark_{year}", sentence, **words)


def _of_target(target: Target, field: str, sentence: str, **words: Any) -> Gap:
    return Gap(
        sentence % {"target": target_label(target), **words},
        SectionCode.TARGETS,
        f"target-{target.pk}",
        part="targets",
        row=target.pk,
        field=field,
    )


def target_label(target: Target) -> str:
    """Several products may have a target of the same indicator."""
    name = local_name(target.indicator)
    if target.plan_product is None:
        return name
    return _("%(indicator)s, %(product)s") % {
        "indicator": name,
        "product": local_name(target.plan_product.product),
    }


def _moved(plan: Plan) -> Iterator[Gap]:
    """Due dates that the amendment changes without a word."""
    if not plan.amends_id:
        return
    for action, old in _due_otherwise(plan, plan.interventions.all()):
        sentence = _("Say why “%(action)s” is no longer due on %(day)s.")
        yield _of_action(action, "due_moved", sentence, day=written(old))
    for target, old in _due_otherwise(plan, plan.targets.all()):
        sentence = _("Say why “%(target)s” is no longer due on %(day)s.")
        yield _of_target(target, "due_moved", sentence, day=written(old))


def _due_otherwise(plan: Plan, rows: QuerySet[Any]) -> Iterator[tuple[Any, dt.date]]:
    """The rows whose day is another than in the version before, and that day."""
    before = rows.model._default_manager.filter(plan=plan.amends_id).order_by()
    days = dict(before.values_list("line", "due_on"))
    for row in rows:
        old = days.get(row.line_id)
        if old and row.due_on and row.due_on != old and not row.due_moved:
            yield row, old


def milestone_days(target: Target) -> list[dt.date]:
    """The ends of financial years at which a target further off needs a milestone."""
    start = max(target.plan.first_day, target.baseline_on)
    if (target.due_on - start).days <= DAYS_WITHOUT_MILESTONE:
        return []
    years = range(target.plan.year_from, financial_year_of(target.due_on) + 1)
    days = (last_day_of_year(year) for year in years)
    return [day for day in days if start < day < target.due_on]
