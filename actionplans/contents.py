"""The table of contents of the public site: pages that stand for themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Entry(NamedTuple):
    """A page by the name of its address. Search engines are told of it, or not."""

    name: str
    label: str | Promise
    is_listed: bool = True

    @property
    def url(self) -> str:
        return reverse(self.name)


CONTENTS: list[tuple[str | Promise, list[Entry]]] = [
    (
        _("Find"),
        [
            Entry("home", _("Home")),
            Entry("search", _("Search"), is_listed=False),
            Entry("products", _("Products and services")),
            Entry("sectors", _("Sectors")),
            Entry("hs", _("HS codes")),
            Entry("services", _("Services")),
            Entry("districts", _("Districts")),
            Entry("states", _("States and Union Territories")),
            Entry("regional-authorities", _("Regional Authorities")),
            Entry("compare", _("Compare districts or products")),
        ],
    ),
    (
        _("Follow and check"),
        [
            Entry("monitor", _("Where the plans stand")),
            Entry("plans", _("Adopted plans")),
            Entry("consultations", _("Consultations on draft plans")),
            Entry("method", _("How figures are made")),
            Entry("verify", _("Verify a seal")),
            Entry("sources", _("Sources and licences")),
            Entry("data", _("Open data")),
        ],
    ),
    (
        _("About the portal"),
        [
            Entry("about", _("About this portal")),
            Entry("help", _("Help")),
            Entry("contact", _("Contact")),
            Entry("accessibility", _("Accessibility")),
            Entry("privacy", _("Privacy")),
            Entry("copyright", _("Copyright and terms")),
        ],
    ),
    (
        _("For officials"),
        [
            Entry("account_login", _("Sign in"), is_listed=False),
            Entry("account_reset_password", _("Set the password"), is_listed=False),
        ],
    ),
]


def entries() -> Iterator[Entry]:
    for _heading, found in CONTENTS:
        yield from found
