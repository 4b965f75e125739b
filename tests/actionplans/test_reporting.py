"""When a quarterly report opens, what of it is kept, and by whom."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionplans import reporting
from actionplans.models import (
    ActionEntry,
    Reading,
)
from actionplans.preparing import prepare
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import (
    Q1,
    Q2,
    entries,
    file,
    given,
    in_force,
    typed,
)

pytestmark = pytest.mark.django_db


# When


def test_a_report_opens_the_day_after_its_quarter(on_day):
    place = make.district()

    on_day(2026, 9, 30)
    assert reporting.not_open(place, Q2) == (
        "The report of Q2 2026-27 opens on 1 Oct 2026, after the quarter."
    )

    on_day(2026, 10, 1)
    assert reporting.not_open(place, Q2) == ""


def test_a_district_has_no_report_from_before_or_after_its_time(on_day):
    young = make.district("Newpur", since=dt.date(2026, 7, 1))
    gone = make.district("Oldpur", until=dt.date(2026, 4, 1))

    assert reporting.not_open(young, Q2) == ""
    assert reporting.not_open(young, Q1) == (
        "Newpur exists since 1 Jul 2026, so it has no report of Q1 2026-27."
    )
    assert reporting.not_open(gone, Q1) == (
        "Oldpur ended on 1 Apr 2026, so it has no report of Q1 2026-27."
    )
    assert reporting.not_open(gone, Q1.previous) == ""


# Keeping


def test_saving_makes_an_entry_for_every_figure_typed(on_day):
    place = in_force(on_day).district
    sheet = typed(place, Q2, [given(20_00)])

    assert [entry.state for entry in entries(place)] == ["value"]
    assert (len(sheet.given), len(sheet.missing)) == (1, 3)
    assert (sheet.report.revision, sheet.report.asked) == (1, 4)
    assert not Reading.objects.exists()


def test_an_entry_stays_with_whoever_entered_it(on_day):
    place = in_force(on_day).district
    convener = make.holder_of(Role.CONVENER, place)
    officer = make.holder_of(Role.RA_OFFICER, place)

    typed(place, Q2, [given(20_00), given(21_00)], by=convener)
    line = prepare(place, Q2).figures[1].target.line_id
    with transaction.atomic():
        sheet = reporting.open_to_write(place, Q2)
        reporting.save(sheet, {line: given(22_00)}, {}, by=officer)

    users = [entry.entered_by.user for entry in entries(place)]
    assert users == [convener, officer]
    assert sheet.report.prepared_by.user == convener


def test_a_change_taken_back_is_not_kept(on_day):
    place = in_force(on_day).district
    done = {"status": "completed", "percent": 100, "released": None, "spent": None}
    change = {**done, "due_on": None, "reason": ""}

    typed(place, Q2, [], changes=[change])
    assert ActionEntry.objects.count() == 1
    typed(place, Q2, [], changes=[None])

    assert not ActionEntry.objects.exists()


def test_staff_prepare_but_never_file(on_day):
    place = in_force(on_day).district
    staff = make.official(Role.STAFF, place)

    typed(place, Q2, [given(20_00)], by=staff)

    with pytest.raises(PermissionDenied):
        file(place, Q2, by=staff)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.STATE_OFFICER])
def test_others_do_not_prepare(on_day, role):
    place = in_force(on_day).district

    with pytest.raises(PermissionDenied):
        typed(place, Q2, [given(20_00)], by=make.official(role, place))
