"""Where districts stand: counts, the lists behind them, and what undoes what."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans import stages
from actionplans.freshness import Freshness
from actionplans.models import Report
from actionplans.stages import Stage
from districts.models import District
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def standing(place):
    return stages.standings(District.objects.filter(pk=place.pk))[place.pk]


def filed(place, quarter, *, asked=0, given=0, on=None):
    post = make.holder_of(Role.RA_OFFICER, place).current_appointments[0]
    return Report.objects.create(
        district=place,
        quarter=quarter.code,
        asked=asked,
        given=given,
        filed_by=post,
        filed_on=on or TODAY(),
        filed_at=timezone.now(),
    )


@pytest.mark.parametrize(
    ("status", "stage", "holder"),
    [
        (Status.DRAFT, Stage.IDENTIFIED, Role.CONVENER),
        (Status.UNDER_ASSESSMENT, Stage.DRAFTED, Role.RA_OFFICER),
        (Status.ASSESSED, Stage.DRAFTED, Role.CHAIR),
        (Status.RECORDED, Stage.DRAFTED, Role.STATE_OFFICER),
        (Status.ADOPTED, Stage.ADOPTED, Role.RA_OFFICER),
        (Status.PUBLISHED, Stage.PUBLISHED, None),
        (Status.DISCARDED, Stage.IDENTIFIED, None),
    ],
)
def test_the_stage_follows_from_what_happened(status, stage, holder):
    place = make.plan(status).district

    now = standing(place)

    assert (now.stage, now.holder) == (stage, holder)
    assert set(now.reached) == {s for s in Stage if 0 < s <= stage}


def test_a_district_without_anything_has_reached_nothing():
    now = standing(make.district())

    assert now.stage == Stage.NONE
    assert now.reached == {}
    assert now.freshness == Freshness.NEVER
    assert now.committee_on is None


def test_a_return_undoes_nothing():
    plan = make.plan(Status.ASSESSED)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    make.workflow.take(
        plan, Action.RETURN, by=officer, details=make.details(plan, Action.RETURN)
    )

    now = standing(plan.district)

    assert now.stage == Stage.DRAFTED
    assert (now.status, now.holder) == (Status.DRAFT, Role.CONVENER)


def test_an_annulment_undoes_what_the_plan_had_reached():
    assert standing(make.plan(Status.ANNULLED).district).stage == Stage.IDENTIFIED


def test_a_superseding_plan_keeps_the_first_days():
    old = make.plan(Status.SUPERSEDED)

    now = standing(old.district)

    first = old.events.get(action=Action.PUBLISH).effective_on
    assert now.reached[Stage.PUBLISHED] == first


def test_a_later_stage_lends_its_day_to_an_earlier_one_without():
    place = make.plan(Status.PUBLISHED).district
    place.products.update(since=None)

    now = standing(place)

    assert now.reached[Stage.IDENTIFIED] == TODAY()


def test_reporting_means_that_the_last_due_quarter_is_filed():
    place = make.plan(Status.PUBLISHED).district
    due = make.last_due()

    filed(place, due.previous)
    assert standing(place).stage == Stage.PUBLISHED

    filed(place, due, asked=4, given=4)
    now = standing(place)
    assert now.stage == Stage.REPORTING
    assert now.freshness == Freshness.FRESH
    assert now.last_quarter == due


@pytest.mark.parametrize(
    ("behind", "given", "word"),
    [
        (0, 2, Freshness.FRESH),
        (0, 1, Freshness.AGEING),
        (1, 4, Freshness.AGEING),
        (2, 4, Freshness.STALE),
    ],
)
def test_freshness_is_about_the_newest_quarter_and_half_of_its_figures(
    behind, given, word
):
    place = make.district()
    filed(place, make.last_due() - behind, asked=4, given=given)

    assert standing(place).freshness == word


def test_the_funnel_counts_what_the_standings_say():
    make.district()
    make.plan(Status.UNDER_ASSESSMENT)
    make.plan(Status.PUBLISHED)
    make.committee(make.district())

    found = stages.standings()
    funnel = stages.counts(found.values())

    assert funnel.total == len(found) == 4
    assert funnel.reached[Stage.DRAFTED] == 2
    assert funnel.at[Stage.DRAFTED] == funnel.waiting == 1
    assert sum(funnel.at.values()) == sum(funnel.fresh.values()) == 4
    assert funnel.committees == 2
    assert funnel.median_wait == 0


def test_only_living_districts_are_counted():
    make.district(until=TODAY() - dt.timedelta(days=1))
    make.district(since=TODAY() + dt.timedelta(days=1))
    living = make.district()

    assert list(stages.standings()) == [living.pk]


@pytest.mark.parametrize("districts", [1, 6])
def test_standings_take_seven_queries_however_many_districts(districts):
    for _ in range(districts):
        filed(make.plan(Status.PUBLISHED).district, make.last_due())

    with CaptureQueriesContext(connection) as queries:
        stages.standings()

    assert len(queries) == 7
