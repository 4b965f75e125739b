"""The description of all tables in the words of Frictionless Data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page

from actionplans.twins.catalogue import LISTS, TABLES
from portal.datasets import Column, Dataset
from portal.models import DataVersion
from portal.twins import as_json, demonstration, for_everybody
from portal.views import read_sources

RECORDED = "Recorded here by the offices that answer for it"
FREE = "Free to use"


@for_everybody
@conditional_page
def datapackage(request: HttpRequest) -> HttpResponse:
    """Every table with its columns; made anew when it is asked for."""
    return as_json(
        {
            **demonstration(),
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "districts-as-export-hubs",
            "title": "Districts as Export Hubs",
            "homepage": request.build_absolute_uri(reverse("data")),
            "created": DataVersion.current().changed_at.isoformat(timespec="seconds"),
            "resources": [
                *[_resource(request, one, f"{one.name}-csv") for one in LISTS],
                *[_resource(request, one, f"data-{one.name}-csv") for one in TABLES],
            ],
        }
    )


def _resource(request: HttpRequest, dataset: Dataset, address: str) -> dict[str, Any]:
    return {
        "name": dataset.name,
        "type": "table",
        "title": str(dataset.title),
        "description": str(dataset.about),
        "path": request.build_absolute_uri(reverse(address)),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        # Of a demonstration the first line only says that it is one.
        "dialect": {"headerRows": [2 if settings.DEMO else 1]},
        "sources": [{"title": title} for title, _licence in origins(dataset.sources)],
        "licenses": [
            {"name": licence, "title": licence}
            for licence in dict.fromkeys(way for _, way in origins(dataset.sources))
        ],
        "schema": {"fields": [_field(column) for column in dataset.columns]},
    }


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": column.kind.type,
        "format": column.kind.format,
        "description": str(column.meaning),
    }
    if column.codes:
        described["categories"] = [
            {"value": code, "label": str(label)} for code, label in column.codes
        ]
    return described


def origins(codes: Iterable[str]) -> list[tuple[str, str]]:
    """What the sources are called, each with its licence; without any it is ours."""
    known = {row["code"]: row for row in read_sources()}
    found = [(known[code]["title"], known[code]["licence"]) for code in codes]
    return found or [(RECORDED, FREE)]
