"""A quarterly report filed: once, by whom, as it was read, and frozen from then on."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from actionplans import reporting
from actionplans.models import InterventionUpdate, Reading, Report, Verification
from actionplans.preparing import prepare
from actionplans.progress import FigureState, Kind
from portal.models import DataVersion
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q1, Q2, Q3, file, filed, given, in_force, typed

pytestmark = pytest.mark.django_db
NOTHING = "Give at least a figure, a change of an intervention or a line."


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
