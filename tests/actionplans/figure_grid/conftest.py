"""An office whose districts are all asked for one indicator."""

import pytest
from django.urls import reverse

from actionplans.progress import Kind
from portal.terms import Role
from tests import make
from tests.actionplans.figure_grid.rows import with_targets
from tests.actionplans.quarters import Q2


@pytest.fixture
def indicator(db):
    return make.indicator(Kind.TOTAL, name="People trained", usual_source="Register")


@pytest.fixture
def ra(db):
    return make.regional_authority()


@pytest.fixture
def new_place(on_day, ra, indicator):
    """Makes districts of the office whose plans have the indicator as a target."""
    return lambda name="": with_targets(on_day, make.district(name, ra=ra), indicator)


@pytest.fixture
def officer(client, ra):
    found = make.official(Role.RA_OFFICER, ra)
    client.force_login(found)
    return found


@pytest.fixture
def address(indicator):
    return reverse("desk:figure-grid", args=[Q2, indicator.slug])
