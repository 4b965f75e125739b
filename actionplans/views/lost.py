"""The page for what does not exist: it offers what the address may have meant."""

from __future__ import annotations

import logging
from http import HTTPStatus
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse

from actionplans.contents import Entry, entries
from districts.search import Kind, search
from portal.entries import Hit
from portal.errors import error_page
from portal.search import BEGINNING, EXACT
from portal.spelling import closest

logger = logging.getLogger(__name__)

MOST = 5
# Of the names in an address so many are looked for, the last one first.
NAMES_TRIED = 2
# What only begins so may be anything if it is shorter than this.
SHORTEST_BEGINNING = 4
# Three letters of four must agree for a word of an address to be meant.
CLOSE = 0.75
# What a list in an address says of the names after it.
LISTS = {
    "districts": Kind.DISTRICT,
    "states": Kind.STATE,
    "products": Kind.PRODUCT,
    "hs": Kind.HS_CODE,
    "hs-code": Kind.HS_CODE,
    "sectors": Kind.SECTOR,
    "services": Kind.SERVICE,
    "regional-authorities": Kind.RA,
}
# Words of addresses that name nothing.
NO_NAMES = {"hi", "plan", "changes", "print", "consultation", "comment"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Whatever fails while guessing leaves the page without a guess."""
    words = [word.partition(".")[0] for word in request.path.split("/")]
    context: dict[str, Any] = {}
    try:
        context = {"page": meant_page(words), "hits": meant_records(words)}
    except Exception:
        logger.exception("no guess for a missing page")
    return error_page(request, "404.html", HTTPStatus.NOT_FOUND, **context)


def meant_page(words: list[str]) -> Entry | None:
    """The page that stands for itself and is spelt nearly so."""
    pages = {entry.url.strip("/").rpartition("/")[2]: entry for entry in entries()}
    asked = [word for word in words if word not in {"", "hi"}]
    found = closest(asked[0], [*pages], CLOSE) if len(asked) == 1 else None
    return pages[found] if found else None


def meant_records(words: list[str]) -> list[Hit]:
    """What bears a name in the address, of the list and the State in it if any does."""
    lists = [closest(word, [*LISTS], CLOSE) for word in words]
    kind = next((LISTS[found] for found in lists if found), None)
    names = [
        word
        for word, found in zip(words, lists, strict=True)
        if word and not found and word not in NO_NAMES and _may_name(word, kind)
    ]
    for name in islice(reversed(names), NAMES_TRIED):
        if hits := _bearing(name):
            own = [hit for hit in hits if hit.entry.kind == kind] or hits
            near = [h for h in own if h.entry.key.partition("/")[0] in names[:-1]]
            return near or own[:MOST]
    return []


def _may_name(word: str, kind: Kind | None) -> bool:
    """A number is a code among codes; elsewhere it counts versions or pages."""
    return kind == Kind.HS_CODE or not word.isdecimal()


def _bearing(name: str) -> list[Hit]:
    """What has such a name, or such a place in its own address."""
    least = BEGINNING if len(name) >= SHORTEST_BEGINNING else EXACT
    return [
        hit
        for hit in search(name.replace("-", " "), MOST).hits
        if hit.entry.url
        and (hit.score >= least or closest(name, [hit.entry.key], CLOSE))
    ]
