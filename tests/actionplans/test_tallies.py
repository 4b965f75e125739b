"""How far reports are, counted without their sheets: as the sheets would say it."""

import pytest

from actionplans.entered import counts
from actionplans.preparing import prepare_all
from actionplans.tallies import tallies_of
from portal.terms import Status
from tests import make
from tests.actionplans.quarters import Q1, Q2, filed, given, in_force, typed

pytestmark = pytest.mark.django_db


def tally(place, quarter=Q2):
    return tallies_of([place], quarter).rows[0]


def begun(on_day):
    """Districts whose reports are in every state that a sheet tells apart."""
    unasked = make.district()
    typed(unasked, Q2, [])
    worded = make.district()
    typed(worded, Q2, [], done="The laboratory was opened.")
    drafted = make.plan(Status.DRAFT).district
    plans = [in_force(on_day) for _ in range(6)]
    untouched, empty, whole, odd, unsaid, explained = (p.district for p in plans)
    filed(odd, Q1, [20_00])
    filed(explained, Q1, [20_00])
    typed(empty, Q2, [given()])
    typed(whole, Q2, [given(20_00)] * 4)
    typed(odd, Q2, [given(400_00)])
    typed(unsaid, Q2, [given(state="not-available")])
    typed(explained, Q2, [given(400_00, note="Two factories opened.")])
    return [unasked, worded, drafted, untouched, empty, whole, odd, unsaid, explained]


def said(row):
    return [str(issue) for issue in row.issues], [issue.anchor for issue in row.issues]


def test_it_says_what_the_sheets_say(on_day):
    places = begun(on_day)

    sheets = prepare_all(places, Q2)

    for sheet, row in zip(sheets, tallies_of(places, Q2).rows, strict=True):
        assert row.district == sheet.district
        assert (row.asked, row.given) == (len(sheet.figures), len(sheet.given))
        assert sorted(map(str, row.missing)) == sorted(
            str(figure.target.indicator) for figure in sheet.missing
        )
        assert sorted(said(row)[0]) == sorted(map(str, sheet.issues))
        assert sorted(said(row)[1]) == sorted(i.anchor for i in sheet.issues)


def test_a_report_is_complete_once_nothing_is_left_to_say(on_day):
    places = begun(on_day)

    complete = [row.is_complete for row in tallies_of(places, Q2).rows]

    assert complete == [False, True, False, False, False, True, False, False, True]


def test_a_target_past_its_due_date_is_asked_until_it_is_reached(on_day):
    plan = in_force(on_day)
    on_day(2027, 10, 20)
    later = Q2 + 4
    filed(plan.district, Q2, [20_00, None, 60_00])

    sheet = prepare_all([plan.district], later)[0]

    assert tally(plan.district, later).asked == len(sheet.figures) < 4


def test_what_is_kept_in_memory_goes_with_the_next_filing(on_day):
    plan = in_force(on_day)
    on_day(2027, 10, 20)
    before = tally(plan.district, Q2 + 4).asked

    filed(plan.district, Q2, [60_00])

    assert tally(plan.district, Q2 + 4).asked == before - 1


def test_a_change_alone_makes_a_report(on_day):
    plan = in_force(on_day)
    change = {"status": "completed", "percent": 100, "released": None, "spent": None}
    typed(plan.district, Q2, [], changes=[{**change, "due_on": None, "reason": ""}])

    assert tally(plan.district).is_complete


def test_a_filed_report_is_as_it_was_filed(on_day):
    plan = in_force(on_day)
    filed(plan.district, Q2, [20_00, 30_00])

    row = tally(plan.district)

    assert (row.asked, row.given, row.missing, row.issues) == (4, 2, [], [])
    assert not row.is_complete


def test_the_counts_by_indicator_are_those_of_the_grids(on_day):
    places = begun(on_day)

    rows = tallies_of(places, Q2).indicators

    assert rows == counts(places, Q2)
    assert (sum(row.asked for row in rows), sum(row.entered for row in rows)) == (24, 7)


@pytest.mark.parametrize("size", [1, 4])
def test_the_number_of_queries_is_fixed(on_day, size, django_assert_num_queries):
    places = [district for _ in range(size) for district in begun(on_day)]

    with django_assert_num_queries(8):
        tallies_of(places, Q2)
