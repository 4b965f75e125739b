"""Sentences about one district, from the templates of the demonstration."""

from __future__ import annotations

from actionplans.demo.ground import Place
from actionplans.demo.material import Material, Trade
from districts.models import Product
from portal.numbers import grouped
from portal.periods import financial_year_label


class Speech:
    """Fills the braces of the templates with what is true of the district.

    `trade` is that of the district's first product.
    """

    def __init__(
        self, place: Place, material: Material, products: list[Product] | None = None
    ) -> None:
        self.place = place
        self.words = material.words
        chosen = products or [row.product for row in place.products[:2]]
        self.trade = trade_of(material, chosen[0] if chosen else None)
        self._filling = self._fill(chosen)

    def _fill(self, products: list[Product]) -> dict[str, str]:
        place, rng, trade = self.place, self.place.rng, self.trade
        first = products[0] if products else None
        council = f"the {trade.council_of(first.sector if first else '')}"
        department = f"the {trade.department}"
        units = rng.randrange(40, 900, 10)
        town = place.town
        if town == place.name:
            town = f"the town of {town}"
        return {
            "district": place.name,
            "state": place.state.name,
            "town": town,
            "Town": _capital(town),
            "ra": f"RA {place.ra.name}",
            "products": joined([p.name for p in products] or ["local goods"]),
            "first": first.name if first else "the first product",
            "makers": trade.makers,
            "council": council,
            "Council": _capital(council),
            "department": department,
            "Department": _capital(department),
            "standards": trade.standards,
            "markets": joined(rng.sample(trade.markets, 2)),
            "certificates": joined(rng.sample(trade.certificates, 2)),
            "council_name": council.removeprefix("the "),
            "department_name": trade.department,
            "units": grouped(units),
            "workers": grouped(units * rng.randint(6, 30)),
        }

    def fill(self, template: str, **more: object) -> str:
        return template.format_map({**self._filling, **more})

    def say(self, templates: str | list[str], **more: object) -> str:
        """One of the templates, filled."""
        if isinstance(templates, list):
            templates = self.place.rng.choice(templates)
        return self.fill(templates, **more)


def trade_of(material: Material, product: Product | None) -> Trade:
    if product is None:
        return material.general
    return material.by_sector.get(product.sector, material.general)


def joined(names: list[str]) -> str:
    """A, B and C."""
    *most, last = names or [""]
    return f"{', '.join(most)} and {last}" if most else last


def span(years: tuple[int, int]) -> str:
    first, last = map(financial_year_label, years)
    return first if first == last else f"{first} to {last}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
