"""A plan that all twins have something of."""

import pytest

from tests.actionplans.quarters import Q2, filed, given, in_force


@pytest.fixture
def plan(on_day):
    """In force since May, with a report that gives the first figure of two asked."""
    made = in_force(on_day)
    filed(made.district, Q2, [given(35_00, source="Register")], done="A lab opened.")
    return made
