"""What the list of districts can be narrowed by, with how many that would leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import QueryDict
from django.utils.translation import gettext

from actionplans.atlas import Atlas, Place, kept
from actionplans.filters import NO_OFFICE, YES, DistrictFilter
from actionplans.freshness import Freshness
from actionplans.stages import Stage
from districts.models import ProgrammeTag
from portal.facets import Facet, Values
from portal.naming import local_name

# The values of a place.
Of = Callable[[Place], Iterable[str]]
Labels = Iterable[tuple[str, object]]


def facets(filterset: DistrictFilter, asked: QueryDict) -> list[Facet]:
    """No query beside those of the filters that were asked for."""
    return filterset.facets(_offered(filterset.atlas), asked)


@kept
def _offered(atlas: Atlas) -> dict[str, Values]:
    """Gathered once for each atlas, that is for each language, data version and day."""
    stages = [(stage.slug, stage.label) for stage in reversed(Stage)]
    tagged: dict[int, list[str]] = {}
    tags = ProgrammeTag.objects.current().order_by()
    for key, tag in tags.values_list("district", "tag"):
        tagged.setdefault(key, []).append(tag)

    def values(of: Of, labels: Labels, *, in_order: bool = True) -> Values:
        rows = [(place.key, value) for place in atlas.places for value in of(place)]
        return Values(rows, {value: str(label) for value, label in labels}, in_order)

    return {
        "stage": values(lambda p: [stage.slug for stage in p.standing.reached], stages),
        "freshness": values(lambda p: [p.standing.freshness], Freshness.choices),
        "waiting": values(lambda p: ["yes"] * p.standing.waits_for_adoption, YES),
        "committee": values(lambda p: ["yes"] * bool(p.standing.committee_on), YES),
        "state": values(lambda p: [p.state.slug], _states(atlas), in_order=False),
        "ra": values(lambda p: [_office(p)], _offices(atlas), in_order=False),
        "tag": values(lambda p: tagged.get(p.key, []), ProgrammeTag.Tag.choices),
        "at": values(lambda p: [p.standing.stage.slug], stages),
    }


def _states(atlas: Atlas) -> Labels:
    return ((place.state.slug, local_name(place.state)) for place in atlas.places)


def _office(place: Place) -> str:
    return place.jurisdiction.ra.slug if place.jurisdiction else NO_OFFICE


def _offices(atlas: Atlas) -> Labels:
    yield NO_OFFICE, gettext("None recorded")
    for place in atlas.places:
        if place.jurisdiction:
            yield place.jurisdiction.ra.slug, local_name(place.jurisdiction.ra)
