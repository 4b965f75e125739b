"""The life of a quarterly report: asked, kept, filed once, frozen, corrected."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from actionplans import reporting
from actionplans.models import (
    ActionEntry,
    InterventionUpdate,
    Reading,
    Report,
    Verification,
)
from actionplans.progress import FigureState, Frequency, Kind
from actionplans.sheet import prepare
from portal.models import DataVersion
from portal.periods import Quarter
from portal.terms import Role, Status
from tests import make
from tests.actionplans.quarters import (
    Q1,
    Q2,
    Q3,
    entries,
    filed,
    given,
    in_force,
    typed,
)

pytestmark = pytest.mark.django_db
NOTHING = "Give at least a figure, a change of an intervention or a line."


def file(place, quarter=Q2, *, by=None, revision=None):
    officer = by or make.holder_of(Role.RA_OFFICER, place)
    stored = Report.objects.filter(district=place, quarter=quarter.code).first()
    if revision is None:
        revision = stored.revision if stored else 0
    return reporting.file_report(place, quarter, by=officer, revision=revision)


def asked(place, quarter):
    return [row.target.due_on.year for row in prepare(place, quarter).figures]


# What is asked


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


def test_filing_late_is_possible_and_shows(on_day):
    place = in_force(on_day).district

    assert filed(place, Q2, [20_00]).is_late


def test_filing_on_the_due_day_is_in_time(on_day):
    place = in_force(on_day).district
    on_day(2026, 10, 15)

    assert not filed(place, Q2, [20_00]).is_late


def test_a_quarter_that_is_not_over_cannot_be_filed(on_day):
    place = in_force(on_day).district

    with pytest.raises(reporting.ReportBlocked, match="opens on 1 Jan 2027"):
        file(place, Q3)


# Keeping


def test_saving_makes_an_entry_for_every_figure_asked(on_day):
    place = in_force(on_day).district
    sheet = typed(place, Q2, [given(20_00)])

    assert [entry.state for entry in entries(place)] == ["value", "", "", ""]
    assert (len(sheet.given), len(sheet.missing)) == (1, 3)
    assert sheet.report.revision == 1
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
    assert users == [convener, officer, convener, convener]
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


# Filing


def test_filing_makes_readings_of_the_entries_and_freezes_them(on_day):
    place = in_force(on_day).district
    version = DataVersion.current().number
    figures = [
        given(20_00, source="Register", note="Counted by hand"),
        given(state=FigureState.NIL),
        given(state=FigureState.NOT_AVAILABLE, reason="not_reported"),
    ]

    report = filed(place, Q2, figures)

    assert (report.asked, report.given) == (4, 2)
    assert (report.filed_on, report.is_filed) == (dt.date(2026, 11, 22), True)
    assert report.filed_by.role == Role.RA_OFFICER
    rows = Reading.objects.values_list("quarter", "state", "value", "reason", "source")
    assert list(rows) == [
        (20262, "value", 20_00, "", "Register"),
        (20262, "nil", None, "", ""),
        (20262, "not-available", None, "not_reported", ""),
    ]
    assert DataVersion.current().number > version
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.update(done="Something else")
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.update(value=1)


def test_filing_verifies_what_others_entered(on_day):
    place = in_force(on_day).district
    convener = make.holder_of(Role.CONVENER, place)
    officer = make.holder_of(Role.RA_OFFICER, place)
    typed(place, Q2, [given(20_00)], by=convener)
    line = prepare(place, Q2).figures[1].target.line_id
    with transaction.atomic():
        sheet = reporting.open_to_write(place, Q2)
        reporting.save(sheet, {line: given(22_00)}, {}, by=officer)

    file(place, Q2)

    first, second = Reading.objects.order_by("value")
    assert (first.entered_by.user, second.entered_by.user) == (convener, officer)
    assert Verification.objects.get().reading == first
    assert Verification.objects.get().appointment.user == officer


def test_filing_records_what_changed_in_interventions(on_day):
    plan = in_force(on_day)
    change = {
        "status": "in_progress",
        "percent": 35,
        "released": 40_00_000,
        "spent": 12_00_000,
        "due_on": dt.date(2027, 6, 1),
        "reason": "The site was flooded.",
    }
    typed(plan.district, Q2, [], changes=[change])

    file(plan.district)

    update = InterventionUpdate.objects.get()
    assert update.line_id == plan.interventions.first().line_id
    assert {name: getattr(update, name) for name in change} == change


def test_filing_takes_as_many_queries_for_one_figure_as_for_many(on_day):
    counts = []
    for figures in (1, 4):
        place = in_force(on_day).district
        officer = make.holder_of(Role.RA_OFFICER, place)
        typed(place, Q2, [given(20_00)] * figures)
        with CaptureQueriesContext(connection) as queries:
            file(place, by=officer)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_an_empty_report_is_not_filed(on_day):
    place = in_force(on_day).district

    with pytest.raises(reporting.ReportBlocked, match=NOTHING):
        file(place)
    assert not Report.objects.exists()


def test_without_a_plan_at_least_one_line_is_filed(on_day):
    place = make.district()

    with pytest.raises(reporting.ReportBlocked, match="at least one of the three"):
        file(place)

    report = filed(place, Q2, help_needed="A committee that meets.")
    assert (report.asked, report.given) == (0, 0)


@pytest.mark.parametrize(
    ("figure", "asks"),
    [
        (given(900_00), "It is 45 times the 20 of Q1 2026-27. Say why in the note"),
        (given(0), "It falls to nothing from 20 in Q1 2026-27. Say why in the note"),
        (
            given(state=FigureState.NOT_AVAILABLE),
            "Say why the figure is not available.",
        ),
        (
            given(state=FigureState.NOT_AVAILABLE, reason="other"),
            "Say in the note why the figure is not available.",
        ),
    ],
)
def test_an_odd_figure_needs_a_word_before_it_is_filed(on_day, figure, asks):
    place = in_force(on_day).district
    filed(place, Q1, [20_00])
    typed(place, Q2, [figure])

    with pytest.raises(reporting.ReportBlocked, match=asks):
        file(place)

    explained = {**figure, "note": "The unit closed."}
    if figure["state"] == FigureState.NOT_AVAILABLE:
        explained["reason"] = figure["reason"] or "not_collected"
    typed(place, Q2, [explained])
    assert file(place).is_filed


def test_a_report_is_filed_once(on_day):
    place = in_force(on_day).district
    filed(place, Q2, [20_00])

    with pytest.raises(reporting.FiledAlready):
        file(place)
    with pytest.raises(reporting.FiledAlready):
        typed(place, Q2, [given(21_00)])

    assert Reading.objects.count() == 1


def test_a_report_is_filed_as_it_was_read(on_day):
    place = in_force(on_day).district
    typed(place, Q2, [given(20_00)])
    typed(place, Q2, [given(2_00)])

    with pytest.raises(reporting.ReportBlocked, match="changed the report meanwhile"):
        file(place, revision=1)

    assert not Reading.objects.exists()


def test_headquarters_files_where_the_authority_has_nobody(on_day):
    plan = in_force(on_day)
    chief = make.official(Role.HQ_OFFICER)
    typed(plan.district, Q2, [given(20_00)])
    with pytest.raises(PermissionDenied):
        file(plan.district, by=chief)

    ra = plan.district.regional_authority()
    ra.appointments.update(until=dt.date(2026, 11, 22))
    report = file(plan.district, by=chief)

    assert report.filed_by.role == Role.HQ_OFFICER


# Correcting


def test_a_correction_is_a_new_reading_beside_the_old_one(on_day):
    place = in_force(on_day).district
    filed(place, Q2, [35_00])
    officer = make.holder_of(Role.RA_OFFICER, place)
    version = DataVersion.current().number
    old = Reading.objects.get()

    new = reporting.correct(
        old, given(53_00, source="Register"), by=officer, because="Digits swapped."
    )

    assert list(Reading.objects.current()) == [new]
    assert (new.supersedes, new.report, new.quarter) == (old, old.report, 20262)
    assert (new.value, new.note, new.source) == (53_00, "Digits swapped.", "Register")
    assert DataVersion.current().number > version


def test_a_reading_is_corrected_once(on_day):
    place = in_force(on_day).district
    filed(place, Q2, [35_00])
    officer = make.holder_of(Role.RA_OFFICER, place)
    old = Reading.objects.get()
    reporting.correct(old, given(53_00), by=officer, because="Digits swapped.")

    with pytest.raises(
        reporting.ReportBlocked, match="corrected this figure meanwhile"
    ):
        reporting.correct(old, given(54_00), by=officer, because="Again.")


def test_only_who_files_corrects(on_day):
    place = in_force(on_day).district
    filed(place, Q2, [35_00])
    convener = make.holder_of(Role.CONVENER, place)

    with pytest.raises(PermissionDenied):
        reporting.correct(
            Reading.objects.get(), given(53_00), by=convener, because="Mine."
        )


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_target_can_be_reported(on_day, kind):
    on_day(2026, 5, 10)
    plan = make.complete(make.draft())
    target = make.target(plan, plan.products.first(), indicator=make.indicator(kind))
    for action in ("submit", "assess", "adopt", "publish"):
        make.step(plan, action)
    on_day(2026, 11, 22)
    rate = {"state": "value", "numerator": 5_00, "denominator": 10_00}
    figure = given(**rate) if kind == Kind.RATE else given(12_00)
    with transaction.atomic():
        sheet = reporting.open_to_write(plan.district, Q2)
        officer = make.holder_of(Role.RA_OFFICER, plan.district)
        reporting.save(sheet, {target.line_id: figure}, {}, by=officer)

    report = file(plan.district)

    assert (report.given, report.asked) == (1, 5)
