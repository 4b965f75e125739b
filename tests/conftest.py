"""What every test starts with. PORTAL_DATABASE_URL decides on which database."""

import pytest
from django.conf import settings
from django.utils import translation

from tests.rising import watching


def pytest_configure() -> None:
    """Static files by their own names: tests run without collecting them first.

    Pages are not kept, because tests change things behind the portal's back; what
    keeps them has tests of its own.
    """
    settings.PAGE_CACHE_MB = 0
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture(autouse=True)
def _starts_in_english():
    """A request in Hindi leaves its language behind, as in a server's thread."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _keeps_files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _raises_the_version_of_what_it_changes(monkeypatch):
    watch, watched = watching(monkeypatch)
    with watched:
        yield
    assert watch.silent == []
