"""The accounts of the demonstration: their addresses and their one password."""

from __future__ import annotations

from actionplans.demo.ground import Place

PASSWORD = "export-hub-demonstration"
DOMAIN = "portal.example"
HQ_OFFICER, HQ_ADMIN, AUDITOR = "hq.officer", "hq.admin", "auditor"
# The accounts that a visitor is shown first.
SHOWN = [
    "ra.moradabad",
    "ra.moradabad.2",
    "ra.guwahati",
    "convener.moradabad.up",
    "chair.moradabad.up",
    "member.moradabad.up",
    "state.uttar-pradesh",
    HQ_OFFICER,
    HQ_ADMIN,
    AUDITOR,
]


def email(local: str) -> str:
    return f"{local}@{DOMAIN}"


def in_district(post: str, place: Place) -> str:
    """The address of a post in a district; names of districts occur in two States."""
    state = place.state.iso_code.removeprefix("IN-").lower()
    return f"{post}.{place.district.slug}.{state}"
