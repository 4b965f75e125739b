"""Targets as they stand by what was filed, in as few queries however many."""

import pytest

from actionplans import corrected_figures
from actionplans.measures import targets_of
from actionplans.models import Plan, Reading
from actionplans.progress import Verdict
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q1, Q2, filed, given, in_force

pytestmark = pytest.mark.django_db


def test_a_target_stands_by_the_readings_of_its_line(on_day):
    plan = in_force(on_day)
    filed(plan.district, Q1, [20_00])
    filed(plan.district, Q2, [35_00])

    first, *others = targets_of(plan)

    assert [reading.value for reading in first.readings.values()] == [20_00, 35_00]
    assert list(first.readings) == [Q1, Q2]
    assert first.result.actual == 35_00
    assert first.result.verdict == Verdict.ON_TRACK
    assert {standing.result.actual for standing in others} == {None}


def test_a_correction_counts_instead_of_what_it_corrects(on_day):
    plan = in_force(on_day)
    filed(plan.district, Q2, [35_00])
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    reading = Reading.objects.get()
    corrected_figures.correct(
        reading, given(53_00), by=officer, because="Digits swapped."
    )

    first = targets_of(plan)[0]

    assert first.result.actual == 53_00
    assert [row.supersedes.value for row in first.corrections] == [35_00]


def test_an_amended_plan_keeps_the_readings_of_its_lines(on_day):
    plan = in_force(on_day)
    filed(plan.district, Q2, [35_00])
    amendment = make.draft(plan.district, like=plan)

    assert targets_of(amendment)[0].result.actual == 35_00


def test_a_plan_without_targets_has_no_standing(on_day):
    assert targets_of(make.draft()) == []


@pytest.mark.parametrize("more", [0, 8])
def test_the_readings_of_a_whole_plan_take_one_query(
    on_day, more, django_assert_num_queries
):
    plan = make.draft()
    for _ in range(more):
        make.target(plan)
    whole = Plan.objects.whole().get(pk=plan.pk)

    with django_assert_num_queries(1 if more else 0):
        targets_of(whole)


@pytest.mark.parametrize("more", [1, 8])
def test_those_of_any_other_plan_take_three(on_day, more, django_assert_num_queries):
    plan = in_force(on_day)
    filed(plan.district, Q1, [20_00])
    for _ in range(more):
        filed(in_force(on_day).district, Q1, [20_00])

    plain = Plan.objects.get(pk=plan.pk)

    with django_assert_num_queries(3):  # targets, milestones, readings
        targets_of(plain)
