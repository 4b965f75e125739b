"""The catalogue: every product and service, who names it and in which words.

Districts that have ended may be among them: who counts asks which are living. Each
process keeps the catalogue in memory and renews it when the data version has risen;
asking for that is one query.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from districts.models import DistrictProduct, Naming, Product
from portal.models import DataVersion


class Making(NamedTuple):
    """A product of a district. `wordings` has the schemes that use each wording."""

    district: int
    product: Product
    exported: str
    wordings: dict[str, list[str]]

    @property
    def schemes(self) -> list[str]:
        every = (scheme for schemes in self.wordings.values() for scheme in schemes)
        return sorted(set(every))


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Every product by its address; by its key what is known of each.

    That is the districts that name it, its varieties, and its HS codes.
    """

    products: dict[str, Product]
    makings: dict[int, list[Making]]
    varieties: dict[int, list[Product]]
    codes: dict[int, list[str]]

    _lock: ClassVar = threading.Lock()
    _kept: ClassVar[tuple[object, Catalogue] | None] = None

    @classmethod
    def current(cls) -> Catalogue:
        data = DataVersion.current()
        # The moment tells apart two transactions of which one was rolled back.
        version = (data.pk, data.number, data.changed_at)
        with cls._lock:
            if not data.pk or cls._kept is None or cls._kept[0] != version:
                cls._kept = (version, cls._gathered())
            return cls._kept[1]

    @classmethod
    def _gathered(cls) -> Catalogue:
        rows = Product.objects.select_related("service_category").order_by("name")
        products = {product.pk: product for product in rows}
        varieties: dict[int, list[Product]] = {}
        for product in products.values():
            if product.variety_of_id:
                varieties.setdefault(product.variety_of_id, []).append(product)
        return cls(
            {product.slug: product for product in products.values()},
            _makings(products),
            varieties,
            _codes(),
        )

    def family(self, product: Product) -> list[Product]:
        """The product, its varieties, and theirs."""
        found = [product]
        for member in found:
            found += (v for v in self.varieties.get(member.pk, ()) if v not in found)
        return found


def _makings(products: dict[int, Product]) -> dict[int, list[Making]]:
    wordings: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)
    namings = Naming.objects.filter(place__until=None)
    for place, wording, scheme in namings.values_list("place", "wording", "scheme"):
        schemes = wordings[place].setdefault(wording, [])
        if scheme not in schemes:
            schemes.append(scheme)
    places = DistrictProduct.objects.filter(until=None).order_by("pk")
    found: dict[int, list[Making]] = {}
    for place, district, product, exported in places.values_list(
        "pk", "district", "product", "exported"
    ):
        row = Making(district, products[product], exported, wordings.get(place, {}))
        found.setdefault(product, []).append(row)
    return found


def _codes() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    links = Product.hs_codes.through._default_manager.order_by("hscode__code")
    for product, code in links.values_list("product_id", "hscode__code"):
        found.setdefault(product, []).append(code)
    return found
