"""The catalogue of products as it was asked for: its rows, and what narrows it."""

from __future__ import annotations

from itertools import chain

from django.db.models import Count, Q, QuerySet, TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _

from districts.catalogue import Catalogue
from districts.filters import ProductFilter
from districts.models import District, Naming, Product, Sector, State
from portal.facets import Facet, Values
from portal.naming import local_name


def listed(filterset: ProductFilter) -> QuerySet[Product]:
    """Each product with how many districts name it, those most named first.

    Where the list is narrowed to a State, its districts are counted.
    """
    counted = filterset.qs.annotate(
        district_count=naming_districts(filterset.chosen_state)
    )
    return counted.prefetch_related("hs_codes").order_by("-district_count", "name")


def naming_districts(state: State | None = None) -> Count:
    """How many living districts name a product today: all of them, or of one State."""
    districts = District.objects.living()
    if state:
        districts = districts.filter(state=state)
    current = Q(places__until=None, places__district__in=districts.order_by())
    return Count("places", filter=current, distinct=True)


def facets(filterset: ProductFilter, asked: QueryDict) -> list[Facet]:
    """What the list can be narrowed by, with how many products that would leave.

    Three queries beside those of the filters that were asked for.
    """
    catalogue = Catalogue.current()
    living = dict(District.objects.living().order_by().values_list("pk", "state"))
    states = State.objects.in_bulk()
    products = catalogue.products.values()
    named = [
        making
        for making in chain.from_iterable(catalogue.makings.values())
        if making.district in living
    ]
    offered = {
        "sector": Values(((p.pk, p.sector) for p in products), _labels(Sector)),
        "kind": Values(((p.pk, p.kind) for p in products), _labels(Product.Kind)),
        "scheme": Values(
            {(m.product.pk, scheme) for m in named for scheme in m.schemes},
            _labels(Naming.Scheme),
        ),
        "gi": Values(
            ((p.pk, "true") for p in products if p.gi_number is not None),
            {"true": _("Registered")},
        ),
        "state": Values(
            {(m.product.pk, states[living[m.district]].slug) for m in named},
            {state.slug: local_name(state) for state in states.values()},
        ),
    }
    return filterset.facets(offered, asked)


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return {one.value: str(one.label) for one in choices}
