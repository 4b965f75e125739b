"""Products: codes, the catalogue, who makes what, geographical indications."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from districts.models import (
    District,
    DistrictProduct,
    GIRegistration,
    HSCode,
    Naming,
    Product,
    ServiceCategory,
    State,
)
from districts.register.base import FactForm, InDistrictForm, Register, Row
from districts.register.fields import SeveralField, YesNoField

if TYPE_CHECKING:
    from districts.register.book import Book


class HSCodeForm(FactForm):
    code = forms.RegexField(r"[IVX]+|\d{2}|\d{4}|\d{6}")
    parent_code = forms.CharField(required=False)
    parent = "parent_code"

    class Meta:
        model = HSCode
        fields: ClassVar = ["code", "description"]


class HSCodes(Register):
    model = HSCode
    files: ClassVar = {
        "hs_sections.csv": HSCodeForm,
        "hs_chapters.csv": HSCodeForm,
        "hs_headings.csv": HSCodeForm,
        "hs_subheadings.csv": HSCodeForm,
    }
    parent = "parent"

    def keys(self, thing: HSCode) -> Iterator[Hashable]:
        yield thing.code


class ServiceCategoryForm(FactForm):
    parent_code = forms.CharField(required=False)
    parent = "parent_code"

    class Meta:
        model = ServiceCategory
        fields: ClassVar = ["code", "name", "scheme", "source"]


class ServiceCategories(Register):
    model = ServiceCategory
    files: ClassVar = {"service_categories.csv": ServiceCategoryForm}
    parent = "parent"

    def keys(self, thing: ServiceCategory) -> Iterator[Hashable]:
        yield thing.code


class ProductForm(FactForm):
    hs_codes = SeveralField(required=False)
    service_category = forms.CharField(required=False)
    variety_of = forms.CharField(required=False)
    is_general = YesNoField()
    parent = "variety_of"
    many = ("hs_codes",)

    class Meta:
        model = Product
        fields: ClassVar = [
            "slug",
            "name",
            "name_hi",
            "other_names",
            "kind",
            "sector",
            "service_category",
            "gi_number",
            "is_general",
            "notes",
        ]

    def clean_hs_codes(self) -> list[HSCode]:
        return [self.book.hs_code(code) for code in self.cleaned_data["hs_codes"]]

    def clean_service_category(self) -> ServiceCategory | None:
        code = self.cleaned_data["service_category"]
        return self.book.service_category(code) if code else None


class Products(Register):
    model = Product
    files: ClassVar = {"products.csv": ProductForm}
    parent = "variety_of"

    def keys(self, thing: Product) -> Iterator[Hashable]:
        yield thing.slug


class NamingForm(InDistrictForm):
    product = forms.CharField()
    is_gi_tagged = YesNoField(required=False)

    class Meta:
        model = Naming
        fields: ClassVar = [
            "scheme",
            "wording",
            "rank",
            "is_gi_tagged",
            "ministry",
            "source",
            "confidence",
        ]

    def clean_product(self) -> Product:
        return self.book.product(self.cleaned_data["product"])

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        if self.book.dated(source) is None:
            raise ValidationError(f"The source “{source}” bears no date.")
        return source

    @property
    def identified(self) -> DistrictProduct:
        """The product of the district, since the day of the list or of the district."""
        district = self.cleaned_data["district"]
        listed = self.book.dated(self.cleaned_data["source"])
        assert listed is not None
        return DistrictProduct(
            district=district,
            product=self.cleaned_data["product"],
            since=max(listed.on, district.since or listed.on),
        )


class DistrictProducts(Register):
    """One for each district and product, since the earliest list that names it.

    Only that day is taken from the files: thrust, potential and the end are recorded
    in the portal.
    """

    model = DistrictProduct

    def rows(self, book: Book) -> list[Row]:
        earliest: dict[tuple[Hashable, ...], Row] = {}
        for read in book.rows("district_products.csv", NamingForm):
            row = Row(read.place, read.form.identified, ["since"])
            key = tuple(self.keys(row.thing))
            if key not in earliest or row.thing.since < earliest[key].thing.since:
                earliest[key] = row
        return list(earliest.values())

    def keys(self, thing: DistrictProduct) -> Iterator[Hashable]:
        yield thing.district_id, thing.product_id


class Namings(Register):
    model = Naming
    files: ClassVar = {"district_products.csv": NamingForm}

    def rows(self, book: Book) -> list[Row]:
        reads = book.rows("district_products.csv", NamingForm)
        for read in reads:
            cleaned = read.form.cleaned_data
            place = book.place(cleaned["district"], cleaned["product"])
            read.form.instance.place = place
        return [Row.of(read) for read in reads]

    def keys(self, thing: Naming) -> Iterator[Hashable]:
        yield thing.place_id, thing.scheme, thing.wording, thing.rank, thing.source


class GIRegistrationForm(FactForm):
    states = SeveralField(required=False)
    districts = SeveralField(required=False)
    many = ("states", "districts")

    class Meta:
        model = GIRegistration
        fields: ClassVar = ["number", "name", "goods_type", "district_basis", "source"]

    def clean_states(self) -> list[State]:
        return [self.book.state(name) for name in self.cleaned_data["states"]]

    def clean_districts(self) -> list[District]:
        """Each is written with its State: "Sikkim/Namchi"."""
        places = [name.partition("/") for name in self.cleaned_data["districts"]]
        return [self.book.district(self.book.state(s), d) for s, _, d in places]


class GIRegistrations(Register):
    model = GIRegistration
    files: ClassVar = {"gi_tags.csv": GIRegistrationForm}

    def keys(self, thing: GIRegistration) -> Iterator[Hashable]:
        yield thing.number, thing.name
