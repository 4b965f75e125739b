"""What stands at the head of the search page about the one product that is meant."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from actionplans.atlas import Atlas, Place
from actionplans.finding.results import Results
from actionplans.models import Plan, Target
from actionplans.stages import Stage
from actionplans.views.dots import DotMap, dot_map
from districts.models import HSCode
from portal.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Hero:
    """The product with its varieties: who names them, how far their plans have come.

    `own` are the places that name the product itself, in these `states`; `whole` also
    those that name a variety, of which all counts are. The map marks those on the list.
    """

    product: Entry
    own: list[Place]
    whole: list[Place]
    states: set[int]
    adopted: int
    reporting: int
    plans: int
    registrations: int
    codes: list[HSCode]
    map: DotMap

    @property
    def other_name(self) -> str:
        """Its name in the other language, if it has names in both."""
        entry = self.product
        if not entry.title_hi:
            return ""
        return entry.title if get_language() == "hi" else entry.title_hi


def hero_of(results: Results) -> Hero | None:
    """One query, for its codes."""
    if not results.product:
        return None
    family, plans = results.family, targeted(results.atlas)
    whole = [maker.place for maker in results.all_makers]
    own = [maker.place for maker in results.all_makers if family[0] in maker.things]
    reached = [place.standing.reached for place in whole]
    return Hero(
        product=results.product,
        own=own,
        whole=whole,
        states={place.state.pk for place in own},
        adopted=sum(Stage.ADOPTED in stages for stages in reached),
        reporting=sum(Stage.REPORTING in stages for stages in reached),
        plans=len(set().union(*(plans.get(thing.pk, ()) for thing in family))),
        registrations=len({t.gi_number for t in family if t.gi_number}),
        codes=list(HSCode.objects.filter(products=family[0].pk)),
        map=dot_map(results.atlas, [maker.place for maker in results.makers]),
    )


def targeted(atlas: Atlas) -> dict[int, set[int]]:
    """The plans in force with a target on each product, by their keys."""
    return atlas.once("targeted", _targeted)


def _targeted() -> dict[int, set[int]]:
    rows = Target.objects.filter(plan__in=Plan.objects.followed().order_by())
    found: dict[int, set[int]] = {}
    for product, plan in rows.order_by().values_list("plan_product__product", "plan"):
        found.setdefault(product, set()).add(plan)
    return found
