"""The districts at a glance say what the public pages say."""

import pytest
from django.urls import reverse

from actionplans import stages
from actionplans.glance import glances
from districts.models import District
from portal.terms import Role, Status
from tests import make
from tests.actionplans.quarters import Q1, Q2, filed, in_force

pytestmark = pytest.mark.django_db


def test_stage_and_freshness_are_those_of_the_public_pages(on_day):
    for status in Status:
        make.plan(status)
    bare = make.district()
    make.district_product(make.district())
    full, thin, behind = (in_force(on_day).district for _ in range(3))
    filed(full, Q2, [20_00] * 4)
    filed(thin, Q2)
    filed(behind, Q1, [20_00] * 4)
    known = stages.standings(District.objects.all())

    seen = {row.district.pk: row for row in glances(make.official(Role.AUDITOR))}

    assert seen.keys() == known.keys()
    for key, row in seen.items():
        expected = known[key]
        assert (row.stage, row.freshness, row.filed_on) == (
            expected.stage,
            expected.freshness,
            expected.filed_on,
        )
        assert len(row.owes) == expected.quarters[1]
        assert len(row.filed) == expected.quarters[0]
    assert seen[bare.pk].stage == stages.Stage.NONE


def test_the_newest_quarter_counts_who_owes_and_who_filed(client, on_day):
    ra = make.regional_authority()
    done = in_force(on_day, make.district(ra=ra)).district
    in_force(on_day, make.district(ra=ra))
    make.plan(Status.ADOPTED, make.district(ra=ra))
    filed(done, Q2)
    client.force_login(make.official(Role.RA_OFFICER, ra))

    response = client.get(reverse("desk:worklist"))

    progress = response.context["progress"]
    assert (progress.filed, progress.owed, progress.quarter) == (1, 2, Q2)
