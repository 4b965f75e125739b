"""What rows refer to: the registers loaded before theirs, by the names in the files."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError

from districts.models import (
    District,
    DistrictProduct,
    HSCode,
    Product,
    RegionalAuthority,
    ServiceCategory,
    State,
)
from districts.naming import DistrictNames, Match, Names
from districts.register.fields import Stated
from districts.register.figures import SourceForm
from districts.register.files import F, Read, read

T = TypeVar("T")


class Book:
    """One load: its folder, the files read so far, and the rows to refer to.

    A register is first asked for when it has been loaded itself.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, list] = {}

    def rows(self, file: str, form_class: type[F]) -> list[Read[F]]:
        """The rows of a file, which two registers may share."""
        if file not in self._read:
            self._read[file] = read(self.folder / file, form_class, self)
        return self._read[file]

    def state(self, name: str) -> State:
        return _the(self._states.match(name), "State", name)

    def district(self, state: State, name: str) -> District:
        match = self.districts.match(state, name)
        return _the(match, f"district of {state}", name)

    def ra(self, name: str) -> RegionalAuthority:
        return _the(self._ras.match(name), "Regional Authority", name)

    def product(self, slug: str) -> Product:
        return _keyed(self._products, "product", slug)

    def hs_code(self, code: str) -> HSCode:
        return _keyed(self._hs_codes, "HS code", code)

    def service_category(self, code: str) -> ServiceCategory:
        return _keyed(self._service_categories, "service category", code)

    def place(self, district: District, product: Product) -> DistrictProduct:
        return self._places[district.pk, product.pk]

    def dated(self, source: str) -> Stated | None:
        """When the source of that code was published, as far as it says."""
        return _keyed(self._sources, "source", source)

    @cached_property
    def _states(self) -> Names[State]:
        names: Names[State] = Names()
        for state in State.objects.all():
            names.add(state, [state.name])
        return names

    @cached_property
    def districts(self) -> DistrictNames:
        return DistrictNames(District.objects.with_place())

    @cached_property
    def _ras(self) -> Names[RegionalAuthority]:
        names: Names[RegionalAuthority] = Names()
        for ra in RegionalAuthority.objects.all():
            names.add(ra, [ra.name])
        return names

    @cached_property
    def _products(self) -> dict[str, Product]:
        return {product.slug: product for product in Product.objects.all()}

    @cached_property
    def _hs_codes(self) -> dict[str, HSCode]:
        return {code.code: code for code in HSCode.objects.all()}

    @cached_property
    def _service_categories(self) -> dict[str, ServiceCategory]:
        return {category.code: category for category in ServiceCategory.objects.all()}

    @cached_property
    def _places(self) -> dict[tuple[int, int], DistrictProduct]:
        return {(p.district_id, p.product_id): p for p in DistrictProduct.objects.all()}

    @cached_property
    def _sources(self) -> dict[str, Stated | None]:
        rows = self.rows("sources.csv", SourceForm)
        cleaned = [row.form.cleaned_data for row in rows]
        return {source["code"]: source["dated"] for source in cleaned}


def _the(match: Match[T], what: str, name: str) -> T:
    if match.found is not None:
        return match.found
    message = f"No {what} is called “{name}”."
    if match.guess is not None:
        message += f" Is {match.guess} meant?"
    raise ValidationError(message)


def _keyed(things: dict[str, T], what: str, key: str) -> T:
    if key not in things:
        raise ValidationError(f"There is no {what} “{key}”.")
    return things[key]
