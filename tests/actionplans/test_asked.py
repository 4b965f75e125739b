"""What a quarterly report asks for, and what stands beside it."""

import datetime as dt

import pytest

from actionplans.preparing import prepare
from actionplans.progress import Frequency
from portal.periods import Quarter
from portal.terms import Status
from tests import make
from tests.actionplans.quarters import (
    Q1,
    Q2,
    Q3,
    file,
    filed,
    given,
    in_force,
    typed,
)

pytestmark = pytest.mark.django_db


def asked(place, quarter):
    return [row.target.due_on.year for row in prepare(place, quarter).figures]


def test_a_report_asks_for_the_targets_of_the_plan_in_force(on_day):
    plan = in_force(on_day)
    make.draft(plan.district, like=plan)

    sheet = prepare(plan.district, Q2)

    assert [row.target for row in sheet.figures] == list(plan.targets.all())
    assert [row.intervention for row in sheet.actions] == list(plan.interventions.all())


@pytest.mark.parametrize(
    ("frequency", "quarters"),
    [
        (Frequency.QUARTER, [1, 2, 3, 4]),
        (Frequency.HALF_YEAR, [2, 4]),
        (Frequency.YEAR, [4]),
    ],
)
def test_an_indicator_is_asked_for_in_its_rhythm(on_day, frequency, quarters):
    on_day(2026, 5, 10)
    plan = make.complete(make.draft())
    measure = make.indicator(frequency=frequency)
    rare = make.target(plan, plan.products.first(), indicator=measure)
    for action in ("submit", "assess", "adopt", "publish"):
        make.step(plan, action)

    found = [
        number
        for number in (1, 2, 3, 4)
        if rare
        in [r.target for r in prepare(plan.district, Quarter(2026, number)).figures]
    ]

    assert found == quarters


def test_a_target_is_asked_from_its_start_until_it_is_reached(on_day):
    place = in_force(on_day).district
    before, last, after = Quarter(2025, 4), Quarter(2026, 4), Quarter(2027, 1)
    on_day(2027, 11, 22)

    assert asked(place, before) == []
    assert asked(place, last) == [2027, 2031, 2027, 2031]
    assert asked(place, after) == [2027, 2031, 2027, 2031]

    filed(place, last, [60_00])

    assert asked(place, after) == [2031, 2027, 2031]


def test_without_a_plan_in_force_nothing_but_lines_is_asked(on_day):
    place = make.plan(Status.ADOPTED).district

    sheet = prepare(place, Q2)

    assert (sheet.plan, sheet.figures, sheet.actions) == (None, [], [])


def test_earlier_values_and_the_last_source_stand_beside_the_field(on_day):
    place = in_force(on_day).district
    filed(place, Q1, [given(20_00, source="Register of exporters")])

    row = prepare(place, Q2).figures[0]

    shown = [(str(quarter), r and r.value) for quarter, r in row.before]
    assert shown == [
        ("Q2 2025-26", None),
        ("Q3 2025-26", None),
        ("Q4 2025-26", None),
        ("Q1 2026-27", 20_00),
    ]
    assert row.source == "Register of exporters"


def test_an_intervention_stands_where_the_last_report_left_it(on_day):
    place = in_force(on_day).district
    moved = {
        "status": "on_hold",
        "percent": 30,
        "released": 5,
        "spent": None,
        "due_on": dt.date(2027, 12, 1),
        "reason": "No bidder.",
    }
    typed(place, Q1, [given(20_00)], changes=[moved])
    file(place, Q1)
    typed(
        place, Q2, [], changes=[{**moved, "percent": 40, "due_on": None, "reason": ""}]
    )
    file(place, Q2)

    first, second = prepare(place, Q3).actions

    assert (first.now.status, first.now.percent) == ("on_hold", 40)
    assert first.now.due_on == dt.date(2027, 12, 1)
    assert (second.now.status, second.now.percent) == ("not_started", 0)
    assert second.now.due_on == second.intervention.due_on


@pytest.mark.parametrize("more", [0, 6])
def test_a_sheet_takes_eleven_queries_however_many_rows(
    on_day, more, django_assert_num_queries
):
    on_day(2026, 5, 10)
    plan = make.complete(make.draft())
    for _ in range(more):
        make.target(plan, plan.products.first())
        make.intervention(plan, plan.products.first())
    for action in ("submit", "assess", "adopt", "publish"):
        make.step(plan, action)
    on_day(2026, 11, 22)
    filed(plan.district, Q1, [20_00])
    typed(plan.district, Q2, [given(25_00)])

    with django_assert_num_queries(11):
        prepare(plan.district, Q2)
