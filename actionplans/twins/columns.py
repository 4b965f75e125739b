"""Columns that several twins share, of rows that are things."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from districts.columns import DISTRICTS
from portal.datasets import Column, follow, in_both
from portal.kinds import ADDRESS, CODE, Convert


def district_of(way: str) -> list[Column]:
    """The district at the end of a path, of rows that are things."""
    return [
        *in_both("state", _("State or Union Territory"), f"{way}.state.name"),
        *in_both("district", _("district"), f"{way}.name"),
        Column(
            "lgd_code",
            _("code of the Local Government Directory"),
            CODE,
            f"{way}.lgd_code",
        ),
        Column(
            "district_address",
            _("page of the district"),
            ADDRESS,
            _page_of_district(way),
        ),
    ]


def _page_of_district(way: str) -> Convert:
    """Joined, because reversing it takes as long as all other columns of a row."""
    end = follow(way)

    def read(row: Any) -> str | None:
        place = end(row)
        return place and f"{DISTRICTS}{place.state.slug}/{place.slug}/"

    return read


def address_of(way: str) -> Convert:
    """The page of the thing at the end of a path."""
    end = follow(way)

    def read(row: Any) -> str | None:
        thing = end(row)
        return thing and thing.get_absolute_url()

    return read
