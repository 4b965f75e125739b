"""What is given out as data, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans.twins.catalogue import LISTS, RECORDS, TABLES
from actionplans.twins.package import origins
from portal.datasets import Column, Dataset, Record


@dataclass(frozen=True, slots=True)
class Shown:
    """A dataset with where it lies, and where its facts come from."""

    dataset: Dataset
    csv: str
    json: str
    origins: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a record; its columns are told at the anchor `told`, under a title."""

    name: str
    anchor: str
    columns: Sequence[Column]
    told: tuple[str, Any]


@login_not_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Open data"),
        "lists": [_shown(one, one.name) for one in LISTS],
        "tables": [_shown(one, f"data-{one.name}") for one in TABLES],
        "records": list(_records()),
    }
    return render(request, "actionplans/data.html", context)


def _records() -> Iterator[tuple[Record, list[Part]]]:
    """Columns that were told before are not told again."""
    told = {id(one.columns): (one.name, one.title) for one in (*LISTS, *TABLES)}
    for record in RECORDS:
        parts = []
        for name, columns in record.parts.items():
            anchor = f"{record.name}-{name}"
            before = told.setdefault(id(columns), (anchor, f"{record.title}, {name}"))
            parts.append(Part(name, anchor, columns, before))
        yield record, parts


def _shown(dataset: Dataset, name: str) -> Shown:
    return Shown(
        dataset,
        reverse(f"{name}-csv"),
        reverse(f"{name}-json"),
        origins(dataset.sources),
    )
