"""The public navigation: its items, and which pages belong under each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Item(NamedTuple):
    """A list by the name of its address; `also` are others whose pages belong to it."""

    name: str
    label: str | Promise
    also: tuple[str, ...] = ()


class Link(NamedTuple):
    """An item as a page shows it; `current` says whether it is the page or above it."""

    href: str
    label: str | Promise
    current: str


ITEMS = [
    Item("states", _("States")),
    Item("districts", _("Districts")),
    Item("products", _("Products"), also=("hs", "sectors", "services")),
    Item("monitor", _("Monitor"), also=("plans", "compare", "consultations")),
    Item("regional-authorities", _("Offices")),
    Item("data", _("Data")),
]


def links(path: str) -> Iterator[Link]:
    """The navigation of the page at this address."""
    for item in ITEMS:
        href = reverse(item.name)
        above = (href, *map(reverse, item.also))
        current = "page" if path == href else "true" if path.startswith(above) else ""
        yield Link(href, item.label, current)


def way_to(name: str) -> list[tuple[str, str]]:
    """The breadcrumbs of what belongs under an item: home, and its list."""
    (label,) = (str(item.label) for item in ITEMS if item.name == name)
    return [(reverse("home"), gettext("Home")), (reverse(name), label)]
