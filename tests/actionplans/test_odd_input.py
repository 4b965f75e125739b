"""What no page of ours sends is answered in words or not found; nothing breaks."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django.asserts import assertContains

from actionplans.escalations import ask
from actionplans.models import ReadingEntry, Report
from actionplans.reporting import open_all_to_write
from portal.terms import Role, Rung
from tests import make
from tests.actionplans.quarters import Q2, given, in_force, posted, typed
from tests.actionplans.workbooks import FIGURES, downloaded, faults, ground, tried

pytestmark = pytest.mark.django_db
# Python reads no number of so many digits, and no database keeps the next one.
LONG, BIG = "1" * 5000, "9" * 30
ODD = [LONG, BIG, "²", "-1", "a\0b"]
HALF = '["nil", null, null, null, "", "\\ud800", "\\ud800"]'


@pytest.fixture
def place(on_day):
    return in_force(on_day).district


@pytest.fixture
def officer(client, place):
    person = make.holder_of(Role.RA_OFFICER, place)
    client.force_login(person)
    return person


def address(name, place, *args):
    return reverse(f"desk:{name}", args=[place.state.slug, place.slug, *args])


@pytest.mark.usefixtures("officer")
def test_a_report_ticked_by_no_key_is_not_found(client, place):
    typed(place, Q2, [given(20_00)])
    url = reverse("desk:file-many", args=[Q2])

    for odd in ODD:
        for value in (f"{odd}:0", f"{place.pk}:{odd}"):
            assert client.post(url, {"report": value}).status_code in (302, 404)
    assert not Report.objects.get().is_filed


@pytest.mark.usefixtures("officer")
def test_a_report_that_nobody_began_is_not_filed_by_a_forged_tick(client, place):
    client.post(reverse("desk:file-many", args=[Q2]), {"report": f"{place.pk}:0"})

    assert not Report.objects.exists()


@pytest.mark.usefixtures("officer")
def test_a_report_read_in_no_revision_is_not_filed(client, place):
    typed(place, Q2, [given(20_00)])

    for odd in ODD:
        page = client.post(address("report-file", place, Q2), {"revision": odd})
        assert page.status_code == 409
    assert not Report.objects.get().is_filed


@pytest.mark.usefixtures("officer")
def test_the_workbook_of_no_district_is_not_found(client):
    for odd in ODD:
        url = reverse("desk:workbook", args=[Q2], query={"district": odd})
        assert client.get(url).status_code == 404


@pytest.mark.usefixtures("officer")
def test_a_move_after_no_move_is_refused(client, place):
    url = address("bottleneck", place, make.escalation(place.plans.get()).line.pk)

    for odd in ODD:
        for kind in ("ask", "answer", "settle"):
            page = client.post(url, {"move": kind, f"{kind}-seen": odd})
            assert page.status_code in (200, 403)


@pytest.mark.usefixtures("officer")
def test_half_a_character_in_a_stamp_says_nothing(client, place):
    typed(place, Q2, [given(20_00)])
    data = posted(place, "33")
    data |= {name: HALF for name in data if name.endswith("-was")}

    page = client.post(address("report", place, Q2), data)

    assertContains(page, "33", status_code=409)
    assert ReadingEntry.objects.get().value == 20_00


def test_an_answer_asked_for_on_the_last_of_all_days_stops_no_worklist(
    client, place, officer
):
    ask(
        place.plans.get().bottlenecks.first().line,
        by=officer,
        seen=0,
        rung=Rung.DEPC,
        text="Please find a laboratory.",
        answer_by=dt.date.max,
    )
    client.force_login(make.holder_of(Role.CONVENER, place))

    page = client.get(reverse("desk:worklist"))

    assertContains(page, "Answer a bottleneck for the district committee")


def test_a_number_too_large_for_any_key_is_a_fault_of_its_row(client, on_day):
    made = ground(on_day)
    client.force_login(made.officer)
    book = downloaded(client)
    book.cell(FIGURES, str(made.stock.line_id), "district-key").value = int(BIG)

    [fault] = faults(tried(client, book))

    assert "hidden columns of this row were changed" in fault


def test_a_day_of_very_many_digits_is_a_fault_of_its_cell(client, on_day):
    made = ground(on_day)
    client.force_login(made.officer)
    book = downloaded(client)
    book.action(made.action, due_on=LONG)

    [fault] = faults(tried(client, book))

    assert "Interventions!" in fault


@pytest.mark.usefixtures("officer")
def test_reports_are_begun_in_one_order_whoever_begins_them(on_day, place):
    other = in_force(on_day).district

    with transaction.atomic():
        open_all_to_write([other, place], Q2)

    begun = Report.objects.order_by("pk").values_list("district", flat=True)
    assert list(begun) == [place.pk, other.pk]


def test_a_version_of_very_many_digits_is_none(client, place):
    url = reverse("plan-changes", args=[place.state.slug, place.slug, 1])

    assert client.get(url, {"to": LONG}).status_code == 200
    assert client.get(url, {"from": LONG}).status_code == 404


def test_odd_keys_in_the_editor_of_a_plan_are_no_rows(client):
    plan = make.plan()
    client.force_login(make.holder_of(Role.CONVENER, plan.district))
    section = reverse("desk:plan-section", args=[plan.pk, 7])
    copied = reverse("desk:part-copy", args=[plan.pk, "targets"])
    pasted = reverse("desk:part-paste", args=[plan.pk, "targets"])

    for odd in ODD:
        assert client.post(section, {"up": odd}).status_code == 404
        assert client.post(copied, {"row": odd}).status_code == 404
        assert client.post(pasted, {"rows": odd}).status_code < 500
        assert client.get(section, {"revision": odd}).status_code == 200
