"""Journeys in Debian's Chromium, against the real server on a copied database.

They never touch the database of the other tests.
"""

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.databases import demonstration
from tests.browser.server import serving
from tests.browser.visitor import Visitor

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# On a busy machine; nothing waits longer than it must.
PATIENCE = 10_000


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """All tests beside this file are journeys: `pytest -m browser`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory, worker_id):
    """The demonstration, once for all processes of a test run."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder if worker_id == "master" else folder.parent
    with demonstration(shared) as found:
        yield found


# Not for the whole session: Playwright's event loop would keep Django from the
# database in the tests that come after.
@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM.exists():
        pytest.fail(
            f"Journeys need Chromium at {CHROMIUM}: apt-get install chromium",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def site(loaded, tmp_path):
    """The address of a site whose data nobody has touched."""
    with loaded.copied(tmp_path) as place, serving(place, tmp_path / "log") as address:
        yield address


@pytest.fixture
def visit(chromium, site):
    """Makes visitors, and fails if one of their browsers had to complain."""
    visitors = []

    def new(**options):
        visitor = Visitor(chromium, site, **options)
        visitor.context.set_default_timeout(PATIENCE)
        visitors.append(visitor)
        return visitor

    yield new
    complaints = [complaint for one in visitors for complaint in one.complaints]
    for visitor in visitors:
        visitor.close()
    assert complaints == []


@pytest.fixture
def official(visit):
    """Makes visitors who have signed in."""

    def new(name, **options):
        return visit(**options).sign_in(name)

    return new
