"""Which districts name a product, and what is on record of it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from actionplans.atlas import Atlas, Place
from districts.models import DistrictProduct, PotentialFact, Product

Exported, Rating = DistrictProduct.Exported, DistrictProduct.Rating
# What a buyer asks first: who exports already, then who could.
EXPORTED_FIRST = [Exported.EXPORTED, Exported.POTENTIAL, Exported.UNKNOWN]
HIGHEST_FIRST = [Rating.HIGH, Rating.MEDIUM, Rating.LOW, Rating.UNKNOWN]


@dataclass(frozen=True)
class Maker:
    """A district that names the product: its words, its rating, what is known there."""

    place: Place
    row: DistrictProduct

    @cached_property
    def wordings(self) -> dict[str, list[str]]:
        """The words of the sources, each with the schemes that use it."""
        found: dict[str, list[str]] = {}
        for naming in self.row.namings.all():
            schemes = found.setdefault(naming.wording, [])
            if naming.scheme not in schemes:
                schemes.append(naming.scheme)
        return found

    @cached_property
    def facts(self) -> dict[str, list[PotentialFact]]:
        """All that is known by kind, the newest first."""
        found: dict[str, list[PotentialFact]]
        found = {kind.value: [] for kind in PotentialFact.Kind}
        for fact in self.row.facts.all():
            found[fact.kind].append(fact)
        return found

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """Lower is sooner of interest to a buyer."""
        return (
            EXPORTED_FIRST.index(Exported(self.row.exported)),
            not self.row.is_thrust,
            HIGHEST_FIRST.index(Rating(self.row.potential)),
            -self.place.standing.stage,
        )


def makers_of(product: Product, atlas: Atlas) -> list[Maker]:
    """The living districts that name it, those that export it first; one query."""
    rows = DistrictProduct.objects.filter(product=product, until=None)
    named = {row.district_id: row for row in rows.order_by()}
    makers = [
        Maker(place, named[place.key]) for place in atlas.places if place.key in named
    ]
    return sorted(makers, key=lambda maker: maker.rank)


def known_at(makers: Sequence[Maker]) -> list[Maker]:
    """Those of them of which something is on record; one query."""
    facts = PotentialFact.objects.filter(place__in=[maker.row.pk for maker in makers])
    known = set(facts.order_by().values_list("place", flat=True))
    return [maker for maker in makers if maker.row.pk in known]


def with_wordings(makers: Sequence[Maker]) -> list[Maker]:
    """The same, with the words of the sources at hand; one query."""
    prefetch_related_objects([maker.row for maker in makers], "namings")
    return list(makers)


def with_facts(makers: Sequence[Maker]) -> list[Maker]:
    """The same, with their facts at hand; one query."""
    prefetch_related_objects([maker.row for maker in makers], "facts")
    return list(makers)
