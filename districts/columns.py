"""Columns that many tables of open data share: which district, which product."""

from __future__ import annotations

from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from portal.datasets import Column
from portal.kinds import ADDRESS, CODE, TEXT

# The address of a district is that of their list, its State and itself.
DISTRICTS = "/districts/"
_FIELDS = {
    "state": ("state__name", TEXT, _("State or Union Territory")),
    "state_hi": ("state__name_hi", TEXT, _("the same in Hindi")),
    "district": ("name", TEXT, _("district")),
    "district_hi": ("name_hi", TEXT, _("the same in Hindi")),
    "lgd_code": ("lgd_code", CODE, _("code of the Local Government Directory")),
}


def of_district(at: str = "", prefix: str = "") -> list[Column]:
    """The district at the end of a path, in a `Table`; its address tells it apart."""
    way = f"{at}__" if at else ""
    columns = [
        Column(f"{prefix}{name}", meaning, kind, f"{way}{field}")
        for name, (field, kind, meaning) in _FIELDS.items()
    ]
    return [*columns, district_address(way, f"{prefix}district_address")]


def district_address(way: str, name: str = "district_address") -> Column:
    address = Concat(
        *(Value(DISTRICTS), f"{way}state__slug", Value("/")),
        *(f"{way}slug", Value("/")),
        output_field=TextField(),
    )
    return Column(name, _("page of the district"), ADDRESS, address)


def of_product(at: str) -> list[Column]:
    """The product at the end of a path, in a `Table`."""
    return [
        Column("product", _("product"), TEXT, f"{at}__name"),
        Column("product_hi", _("the same in Hindi"), TEXT, f"{at}__name_hi"),
        Column("product_slug", _("its key in addresses"), CODE, f"{at}__slug"),
    ]
