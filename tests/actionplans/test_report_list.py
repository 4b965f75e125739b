"""The list of quarterly reports: filed, begun, owed."""

import pytest
from django.urls import reverse

from portal.terms import Role, Status
from tests import make
from tests.actionplans.quarters import Q1, Q2, filed, given, in_force, typed

pytestmark = pytest.mark.django_db


def listed(client, **query):
    return client.get(reverse("desk:reports"), query)


def test_the_list_says_what_is_filed_begun_and_owed(client, on_day):
    ra = make.regional_authority()
    done, begun, owing = (
        in_force(on_day, make.district(ra=ra)).district for _ in range(3)
    )
    make.plan(Status.ADOPTED, make.district(ra=ra))
    filed(done)
    typed(begun, Q2, [given(20_00)])
    client.force_login(make.official(Role.RA_OFFICER, ra))

    def districts(**query):
        return [place for place, _cells in listed(client, **query).context["rows"]]

    assert len(districts()) == 4
    assert districts(**{"is": "filed", "quarter": Q2.code}) == [done]
    assert districts(**{"is": "begun"}) == [begun]
    assert set(districts(**{"is": "owed"})) == {begun, owing}
    assert len(districts(**{"is": "owed", "quarter": Q1.code})) == 3
    assert districts(q=owing.name) == [owing]
    assert len(districts(**{"is": "nonsense", "quarter": "x"})) == 4
    assert "No district matches." in listed(client, q="nowhere").text


def test_the_list_counts_what_the_worklist_counts(client, on_day):
    ra = make.regional_authority()
    done = in_force(on_day, make.district(ra=ra)).district
    in_force(on_day, make.district(ra=ra))
    filed(done)
    client.force_login(make.official(Role.RA_OFFICER, ra))

    progress = client.get(reverse("desk:worklist")).context["progress"]
    filed_page = listed(client, **{"is": "filed", "quarter": progress.quarter.code})
    owed_page = listed(client, **{"is": "owed", "quarter": progress.quarter.code})

    assert len(filed_page.context["rows"]) == progress.filed == 1
    assert len(owed_page.context["rows"]) == progress.owed - progress.filed == 1


@pytest.mark.parametrize("districts", [1, 4])
def test_the_list_takes_seven_queries_however_long(
    client, on_day, districts, django_assert_num_queries
):
    ra = make.regional_authority()
    for _ in range(districts):
        filed(in_force(on_day, make.district(ra=ra)).district)
    client.force_login(make.official(Role.RA_OFFICER, ra))

    with django_assert_num_queries(4 + 3):  # who asks; count, districts, reports
        listed(client)


def test_the_list_is_closed_to_strangers_and_takes_only_get(client):
    assert listed(client).status_code == 302
    client.force_login(make.official(Role.AUDITOR))
    assert client.post(reverse("desk:reports")).status_code == 405
