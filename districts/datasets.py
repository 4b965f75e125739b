"""The registers as open data: products, who makes what, codes, figures, offices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from districts.columns import of_district, of_product
from districts.filters import ProductFilter
from districts.listing import listed
from districts.models import (
    DistrictProduct,
    ExportFigure,
    HSCode,
    Jurisdiction,
    Naming,
    PotentialFact,
    Product,
    ProgrammeCount,
    Sector,
    ServiceCategory,
    Succession,
)
from districts.models.office import JurisdictionQuerySet
from portal.datasets import Column, Dataset, Table, checked, in_both
from portal.kinds import ADDRESS, CODE, DAY, LIST, MEASURE, NUMBER, TEXT, YES_NO

PREFETCHED_AT_A_TIME = 200
OFFICIAL = ("LGD", "LGD_2026")


def _products(query: QueryDict | None = None) -> Iterable[Product]:
    filterset = ProductFilter(query or QueryDict(), queryset=Product.objects.all())
    rows = listed(checked(filterset))
    rows = rows.select_related("service_category", "variety_of")
    return rows.iterator(chunk_size=PREFETCHED_AT_A_TIME)


def hs_codes_of(product: Product) -> list[str]:
    return [code.code for code in product.hs_codes.all()]


PRODUCT_COLUMNS = [
    Column("slug", _("key in addresses"), CODE, "slug"),
    Column("name", _("name"), TEXT, "name"),
    Column("name_hi", _("the same in Hindi"), TEXT, "name_hi"),
    Column("other_names", _("vernacular names and synonyms"), LIST, "other_name_list"),
    Column("kind", _("goods or service"), CODE, "kind", choices=Product.Kind),
    Column("sector", _("sector"), CODE, "sector", choices=Sector),
    Column(
        "hs_codes",
        _("codes of the Harmonized System 2022, our reading of the name"),
        LIST,
        hs_codes_of,
    ),
    Column(
        "service_category",
        _("class of services"),
        CODE,
        lambda row: row.service_category and row.service_category.code,
    ),
    Column(
        "variety_of",
        _("key of the general product"),
        CODE,
        lambda row: row.variety_of and row.variety_of.slug,
    ),
    Column(
        "gi_number",
        _("number of the geographical indication"),
        CODE,
        "gi_number",
    ),
    Column("is_general", _("a vague trade word"), YES_NO, "is_general"),
    Column(
        "address", _("page of the product"), ADDRESS, lambda row: row.get_absolute_url()
    ),
]
PRODUCTS = Dataset(
    name="products",
    title=_("Products and services"),
    about=_(
        "The catalogue, with how many districts name each product today: of India, or"
        " of the State to which the list is narrowed."
    ),
    sources=("OURS", "HS_2022", "GI_VROBBIN"),
    columns=[
        *PRODUCT_COLUMNS,
        Column("districts", _("districts that name it"), NUMBER, "district_count"),
    ],
    rows=_products,
)

_PLACE = of_district("district")
DISTRICT_PRODUCTS = Table(
    name="district-products",
    title=_("Products of districts"),
    about=_(
        "Each product that a district has identified, in the words of each source."
        " A row for each naming; products entered here without a source have one row."
    ),
    sources=("ODOP_V31", "PMFME_2024", "PMFME_2022", "MORUNG_2021"),
    columns=[
        *_PLACE,
        *of_product("product"),
        Column("since", _("day on which it was identified"), DAY, "since"),
        Column("until", _("first day on which it no longer was"), DAY, "until"),
        Column("is_thrust", _("thrust product of the district"), YES_NO, "is_thrust"),
        Column(
            "exported",
            _("export status"),
            CODE,
            "exported",
            choices=DistrictProduct.Exported,
        ),
        Column(
            "potential",
            _("export potential"),
            CODE,
            "potential",
            choices=DistrictProduct.Rating,
        ),
        Column(
            "potential_reason", _("reason for the rating"), TEXT, "potential_reason"
        ),
        Column(
            "scheme",
            _("scheme of the source"),
            CODE,
            "namings__scheme",
            choices=Naming.Scheme,
        ),
        Column("wording", _("wording of the source"), TEXT, "namings__wording"),
        Column("rank", _("rank in the source"), TEXT, "namings__rank"),
        Column("ministry", _("ministry"), TEXT, "namings__ministry"),
        Column(
            "confidence",
            _("confidence of our reading"),
            CODE,
            "namings__confidence",
            choices=Naming.Confidence,
        ),
        Column("source", _("code of the source"), CODE, "namings__source"),
    ],
    rows=lambda *_asked: DistrictProduct.objects.order_by(
        "district__state__name", "district__name", "product__name", "namings__pk"
    ),
)
FACTS = Table(
    name="potential-facts",
    title=_("Facts of export potential"),
    about=_(
        "What is known of a product of a district: production, exports, units, workers,"
        " markets, certifications, clusters. Newer facts stand beside older ones."
    ),
    columns=[
        *of_district("place__district"),
        *of_product("place__product"),
        Column("fact", _("fact"), CODE, "kind", choices=PotentialFact.Kind),
        Column("amount", _("number in the unit beside it"), MEASURE, "amount"),
        Column("unit", _("unit"), TEXT, "unit"),
        Column("text", _("what is no number"), TEXT, "text"),
        Column("financial_year", _("first calendar year of it"), NUMBER, "year"),
        Column("as_on", _("as on"), DAY, "as_on"),
        Column("source", _("source"), TEXT, "source"),
    ],
    rows=lambda *_asked: PotentialFact.objects.order_by("place__district", "pk"),
)
FIGURES = Table(
    name="export-figures",
    title=_("Export figures reported by others"),
    about=_(
        "Export values of States and districts as others reported them: their digits"
        " and unit are kept. Never add rows of different units, periods or sources."
    ),
    sources=("EXPORT_FIGURES",),
    columns=[
        *in_both("state", _("State or Union Territory"), "state__name"),
        *in_both("district", _("district, if it is of one"), "district__name"),
        Column("period", _("period"), TEXT, "financial_year"),
        Column("value", _("value as reported"), TEXT, "value"),
        Column("unit", _("unit"), TEXT, "unit"),
        Column("source", _("code of the report"), CODE, "source"),
        Column("note", _("note"), TEXT, "note"),
    ],
    rows=lambda *_asked: ExportFigure.objects.order_by("pk"),
)
COUNTS = Table(
    name="programme-counts",
    title=_("Counts stated by Government"),
    about=_(
        "Counts of the programme that Government stated, each with its day and source."
        " They are never mixed with what is recorded here."
    ),
    sources=("PROGRAMME_COUNTS",),
    columns=[
        Column("as_on", _("as on"), DAY, "on"),
        Column(
            "measure",
            _("what was counted"),
            CODE,
            "measure",
            choices=ProgrammeCount.Measure,
        ),
        Column("value", _("count"), NUMBER, "value"),
        Column("source", _("source"), TEXT, "source"),
    ],
    rows=lambda *_asked: ProgrammeCount.objects.order_by("on", "measure", "pk"),
)


def _jurisdictions(*_asked: Any) -> JurisdictionQuerySet:
    return Jurisdiction.objects.order_by(
        "district__state__name", "district__name", "since", "pk"
    )


JURISDICTIONS = Table(
    name="jurisdictions",
    title=_("Jurisdictions"),
    about=_(
        "Which Regional Authority answers for which district, from when until when."
        " What is provisional is a guess until the official list replaces it."
    ),
    sources=("DGFT_OFFICES", "OURS"),
    columns=[
        *_PLACE,
        *in_both("regional_authority", _("Regional Authority"), "ra__name"),
        Column("regional_authority_slug", _("its key in addresses"), CODE, "ra__slug"),
        Column("since", _("first day; empty: as far back as known"), DAY, "since"),
        Column("until", _("first day after"), DAY, "until"),
        Column("order_number", _("order number"), TEXT, "order_number"),
        Column("is_provisional", _("a guess"), YES_NO, "is_provisional"),
        Column("basis", _("how it was guessed"), TEXT, "basis"),
    ],
    rows=_jurisdictions,
)
SUCCESSIONS = Table(
    name="successions",
    title=_("Succession of districts"),
    about=_("Which district went, wholly or in part, into which other, and when."),
    sources=OFFICIAL,
    columns=[
        *of_district("before", "before_"),
        *of_district("after", "after_"),
        Column("on", _("day"), DAY, "on"),
        Column("order_number", _("order number"), TEXT, "order_number"),
    ],
    rows=lambda *_asked: Succession.objects.order_by("on", "pk"),
)
HS_CODES = Table(
    name="hs-codes",
    title=_("HS codes"),
    about=_(
        "The Harmonized System 2022: sections, chapters, headings and subheadings."
        " Codes are text: a zero in front belongs to them."
    ),
    sources=("HS_2022",),
    columns=[
        Column("code", _("roman numeral, or two, four or six digits"), CODE, "code"),
        Column("parent", _("code above it"), CODE, "parent__code"),
        Column("description", _("description, in English"), TEXT, "description"),
    ],
    rows=lambda *_asked: HSCode.objects.order_by("code"),
)
SERVICE_CLASSES = Table(
    name="service-classes",
    title=_("Classes of services"),
    about=_("The classes of services by the public classifications."),
    columns=[
        Column("code", _("code"), CODE, "code"),
        Column("parent", _("code above it"), CODE, "parent__code"),
        Column("name", _("name"), TEXT, "name"),
        Column("classification", _("classification"), TEXT, "scheme"),
        Column("source", _("code of the source"), CODE, "source"),
    ],
    rows=lambda *_asked: ServiceCategory.objects.order_by("code"),
)
