"""The real register for tests: read from `fixtures/` once, then copied into modules.

A `conftest.py` or test module that wants it imports both fixtures. Every test of a
module that uses `register` sees it, and each still undoes what it does itself.
"""

import pytest
from django.conf import settings
from django.db import transaction

from districts.register.load import REGISTERS, load

FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture(scope="session")
def register_rows(django_db_setup, django_db_blocker):
    """Every row that a load makes, by model; the database is left as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(FIXTURES)
        rows = {model: list(model._default_manager.all()) for model in _models()}
        transaction.set_rollback(True)
    return rows


@pytest.fixture(scope="module")
def register(register_rows, django_db_blocker):
    """The rows, in the database until the last test of the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        for model, rows in register_rows.items():
            model._default_manager.bulk_create(rows)
        yield
        transaction.set_rollback(True)


def _models():
    for register in REGISTERS:
        yield register.model
        for links in register.model._meta.many_to_many:
            yield links.remote_field.through
