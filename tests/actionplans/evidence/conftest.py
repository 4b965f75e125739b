"""A district whose report asks for figures, and its officer signed in."""

import pytest

from actionplans.preparing import prepare
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q2, in_force


@pytest.fixture
def plan(on_day):
    return in_force(on_day)


@pytest.fixture
def place(plan):
    return plan.district


@pytest.fixture
def line(place):
    """That of the first target which the report asks about."""
    return prepare(place, Q2).figures[0].target.line_id


@pytest.fixture
def officer(client, place):
    person = make.holder_of(Role.RA_OFFICER, place)
    client.force_login(person)
    return person
