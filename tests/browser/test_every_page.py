"""One page of each kind, in both languages: judged by axe, and on a narrow screen."""

from pathlib import Path

import axe_playwright_python
import pytest
from django.urls import get_resolver
from django.utils import timezone
from playwright.sync_api import expect

from portal.periods import Quarter
from portal.terms import IN_PREPARATION
from portal.terms import RECORDED_AS_DOCUMENT as AS_DOCUMENT
from tests.browser.server import serving
from tests.browser.walk import Walk
from tests.test_house import PUBLIC, named_patterns

AXE = Path(axe_playwright_python.__file__).parent.joinpath("axe.min.js").read_text()
# WCAG 2.2 AA; axe leaves the last out unless it is asked. The tiles of a map are
# smaller than a finger: its table is the way for whoever cannot hit them.
FINDINGS = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    const asked = {runOnly: tags, resultTypes: ["violations"], elementRef: true}
    const found = (await axe.run(document, asked)).violations
    const counts = rule => node =>
        rule !== "target-size" || !node.element.closest(".tilemap")
    return found.flatMap(({id, nodes}) => nodes.filter(counts(id)).map(
        node => `${id}: ${node.element.outerHTML.slice(0, 160)} ${node.failureSummary}`
    ))
}"""
# Each kind of page in both languages takes minutes, and no database changes its looks.
pytestmark = pytest.mark.looks
SIDEWAYS = "document.scrollingElement.scrollWidth - innerWidth"
WIDE, TALL = 1280, 900
PHONES = (360, 320)

A_WHOLE_DISTRICT, A_BARE_DISTRICT = "tamil-nadu/erode", "uttar-pradesh/moradabad"
PUBLIC_STARTS = [
    "/",
    f"/districts/{A_WHOLE_DISTRICT}/",
    "/search/?q=turmeric",
    "/products/turmeric/",
    f"/compare/?district={A_WHOLE_DISTRICT}&district=bihar/darbhanga&name=Hamirpur",
    "/accounts/login/",
    "/accounts/password/reset/",
]
DARK_PAGES = ["/", f"/districts/{A_WHOLE_DISTRICT}/", "/districts/", "/search/?q=honey"]
# The summary before filing comes after a form.
QUARTER = Quarter.last_closed(timezone.localdate()).code
DESK_STARTS = [
    "/desk/plans/?status=published",
    f"/desk/districts/{A_BARE_DISTRICT}/reports/{QUARTER}/file/",
    "/desk/",
    "/accounts/2fa/",
]
# Plans look different in each status, and reports once they are filed.
LISTS = [
    *[(f"/desk/plans/?status={status}", "desk:plan") for status in IN_PREPARATION],
    *[(f"/desk/plans/?status={status}", "desk:plan") for status in AS_DOCUMENT],
    ("/desk/districts/uttar-pradesh/mathura/committee/", "desk:meeting"),
    ("/desk/reports/?is=filed", "desk:report"),
    ("/desk/reports/?is=owed", "desk:report"),
]
# Who comes to which kinds of pages: each finds some that those before did not. In the
# demonstration Sribhumi waits for a correction, Darbhanga has errata, and Alirajpur
# consults on its draft.
OFFICIALS = {
    "ra.moradabad": LISTS,
    "convener.thoothukkudi.tn": [],
    "chair.thoothukkudi.tn": [],
    "ra.guwahati": [("/desk/reports/?is=begun", "desk:report")],
    "convener.darbhanga.br": [("/desk/plans/?status=published", "desk:plan")],
    "convener.alirajpur.mp": [],
    "hq.officer": [],
    "hq.admin": [],
}
# The walk of an official stays among these names of addresses.
DESK = ("desk:", "account_", "mfa_")
INTAKE_HEADER = "District,Adopted on,Order number,First year,Last year,File name"
PARTS = ["products", "bottlenecks", "interventions", "targets"]
# No page: a file to keep.
DOWNLOADS = {
    "datapackage",
    "desk:consultation-csv",
    "desk:document",
    "desk:evidence",
    "desk:intake-sheet",
    "desk:interventions-csv",
    "desk:plan-pdf",
    "desk:workbook",
    "desk:workbook-marked",
    "plan-pdf",
    "public-document",
    "seal-bytes",
}
# Answers for machines, a part of a page, and what comes by mail or after a form.
NO_LINK_LEADS_THERE = {
    "admin-login",
    "emblem",
    "health",
    "ready",
    "robots",
    "security",
    "sitemap-index",
    "sitemap-section",
    "suggestions",
}
# A part of a page that is fetched anew, and pages that come after an upload.
NO_LINK_AT_THE_DESK = {"desk:plan-state", "desk:intake", "desk:workbook-trial"}


# English as on a desk, Hindi as on a telephone.
READERS = pytest.mark.parametrize(
    ("language", "width"), [("en", WIDE), ("hi", PHONES[0])]
)


@pytest.fixture(scope="module")
def site(loaded, tmp_path_factory):
    """One for all: who only looks leaves nothing behind but a session."""
    folder = tmp_path_factory.mktemp("site")
    with loaded.copied(folder) as place, serving(place, folder / "log") as address:
        yield address


@READERS
def test_public_pages_suit_everybody(visit, language, width):
    """As a stranger finds them, with the page for what does not exist."""
    reader, walk = visit(), Walk(language)
    pages = walk.pages(reader, PUBLIC_STARTS)
    pages += [
        f"{walk.prefix}{more}"
        for more in (
            f"/districts/{A_BARE_DISTRICT}/",
            "/districts/bihar/darbhanga/plan/",
            "/compare/",
            "/compare/?product=turmeric&product=honey",
            f"/compare/?district={A_BARE_DISTRICT}",
            "/nowhere/",
        )
    ]

    assert findings(reader, pages, width) == []
    missed = PUBLIC - walk.names - NO_LINK_LEADS_THERE - DOWNLOADS
    assert {name for name in missed if not name.startswith("account_")} == set()


@READERS
def test_desk_pages_suit_everybody(official, language, width):
    """As officials of each kind find them: every page of the desk is linked."""
    found, walk = [], Walk(language, within=DESK)
    for name, lists in OFFICIALS.items():
        visitor = official(name)
        pages = walk.pages(visitor, DESK_STARTS, lists)
        found += findings(visitor, pages, width)

    assert found == []
    names = {name for name, _view in named_patterns(get_resolver())}
    desk = {name for name in names if name.startswith("desk:")}
    assert desk - walk.names - DOWNLOADS - NO_LINK_AT_THE_DESK == set()


def test_pages_suit_everybody_in_the_dark(visit, official):
    dark = {"color_scheme": "dark"}
    officer = official("ra.moradabad", **dark)
    pages = Walk(within=DESK).pages(officer, ["/desk/"], LISTS)

    found = findings(visit(**dark), DARK_PAGES)
    found += findings(officer, pages[: len(LISTS) + 1])

    assert found == []


def test_refused_forms_suit_everybody(official):
    """Sent empty, a form says what is wrong, and where."""
    convener = official("convener.kamrup-metropolitan.as")
    forms = [f"{convener.only_plan()}{part}/new/" for part in PARTS]
    forms.append("/desk/districts/assam/kamrup-metropolitan/meetings/new/")

    found = []
    for path in forms:
        convener.open(path)
        convener.press("Save")
        expect(convener.page.get_by_role("alert")).to_be_visible()
        found += judge(convener, PHONES[0])

    assert found == []


def findings(visitor, pages, width=WIDE):
    found = []
    for path in pages:
        visitor.open(path)
        found += judge(visitor, width)
    return found


def judge(visitor, width=WIDE):
    """What axe finds on the page shown, and what sticks out of it on a telephone."""
    page, path = visitor.page, visitor.path
    page.set_viewport_size({"width": width, "height": TALL})
    page.evaluate(AXE)
    found = [f"{path}: {finding}" for finding in page.evaluate(FINDINGS)]
    for phone in PHONES:
        page.set_viewport_size({"width": phone, "height": TALL})
        if (out := page.evaluate(SIDEWAYS)) > 0:
            found.append(f"{path}: {out} px stick out at {phone} px")
    return found
