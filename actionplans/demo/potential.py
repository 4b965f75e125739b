"""What is known of the export potential of products, marked as a demonstration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from actionplans.demo.fates import Fate, Story
from actionplans.demo.ground import Ground, Place
from actionplans.demo.material import Material, Trade
from actionplans.demo.speech import Speech, joined, trade_of
from actionplans.demo.store import Store
from districts.models import DistrictProduct, PotentialFact
from portal.numbers import CRORE
from portal.periods import financial_year_of, last_day_of_year

KNOWN = 7 / 10
HUNDREDTHS = 100
RATED = ["exported", "potential", "potential_reason", "is_thrust"]
PRODUCTION = ("production-tonnes", "production-pieces", "production-metres")


def record_potential(
    ground: Ground, material: Material, found: Sequence[Story], store: Store
) -> None:
    """For the products of the plans in force, some facts of each."""
    recorder = _Recorder(ground, material)
    rated: list[DistrictProduct] = []
    for story in found:
        if story.is_in_force or (story.is_named and story.fate != Fate.NONE):
            speech = Speech(story.place, material)
            for row in story.place.products[:2]:
                recorder.rate(story.place, row, speech)
                rated.append(row)
                store.add(*recorder.facts(story.place, row, speech))
    DistrictProduct.objects.bulk_update(rated, RATED, batch_size=200)
    store.save(PotentialFact)


class _Recorder:
    def __init__(self, ground: Ground, material: Material) -> None:
        self.ground = ground
        self.material = material
        self.words = material.words["potential"]
        self.year = financial_year_of(ground.today) - 1

    def rate(self, place: Place, row: DistrictProduct, speech: Speech) -> None:
        rng, ratings = place.rng, DistrictProduct.Rating
        rating = rng.choice([ratings.HIGH, ratings.MEDIUM, ratings.MEDIUM, ratings.LOW])
        said = speech.say(self.words[rating], product=row.product.name)
        row.potential, row.potential_reason = rating, said
        row.is_thrust = row is place.products[0]
        kinds = DistrictProduct.Exported
        row.exported = rng.choice([kinds.EXPORTED, kinds.EXPORTED, kinds.POTENTIAL])

    def facts(
        self, place: Place, row: DistrictProduct, speech: Speech
    ) -> Iterator[PotentialFact]:
        """What is not known stays out."""
        trade = trade_of(self.material, row.product)
        as_on: dt.date = min(last_day_of_year(self.year), self.ground.today)
        values = {**self._numbers(place, row, trade), **self._words(speech, trade)}
        for kind, said in values.items():
            if place.rng.random() < KNOWN:
                yield PotentialFact(
                    place=row,
                    kind=kind,
                    as_on=as_on,
                    source=self.words["source"],
                    **said,
                )

    def _numbers(
        self, place: Place, row: DistrictProduct, trade: Trade
    ) -> dict[str, dict[str, Any]]:
        rng, kinds = place.rng, PotentialFact.Kind
        units = rng.randrange(15, 600, 5)
        crore = rng.randint(2, 260)
        numbers: dict[str, dict[str, Any]] = {
            kinds.UNITS: {"amount": units * HUNDREDTHS},
            kinds.WORKERS: {"amount": units * rng.randint(4, 25) * HUNDREDTHS},
        }
        measures = [slug for slug in trade.short + trade.long if slug in PRODUCTION]
        if measures:
            amount = rng.randint(*trade.amount) * HUNDREDTHS
            unit = self.ground.indicators[measures[0]].unit
            said = {"amount": amount, "unit": unit, "year": self.year}
            numbers[kinds.PRODUCTION] = said
        if row.exported == DistrictProduct.Exported.EXPORTED:
            amount = crore * CRORE * HUNDREDTHS
            numbers[kinds.EXPORTS] = {"amount": amount, "unit": "₹", "year": self.year}
        return numbers

    def _words(self, speech: Speech, trade: Trade) -> dict[str, dict[str, Any]]:
        rng, kinds = speech.place.rng, PotentialFact.Kind
        markets = joined(rng.sample(trade.markets, 2))
        return {
            kinds.MARKETS: {"text": markets[:1].upper() + markets[1:]},
            kinds.CERTIFICATIONS: {"text": rng.choice(trade.certificates)},
            kinds.CLUSTERS: {"text": speech.say(self.words["clusters"])},
        }
