"""A workbook handed in: shown first, then taken all or nothing."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from actionplans.models import ActionEntry, FilledWorkbook, ReadingEntry, Report
from actionplans.workbook import take as taking
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q2, given, in_force, typed
from tests.actionplans.workbooks import (
    FIGURES,
    address,
    changes,
    downloaded,
    entry,
    faults,
    report,
    sent,
    take,
    tried,
    value,
)

pytestmark = pytest.mark.django_db


# Looking


def test_every_change_is_shown_and_nothing_is_kept(client, made, book):
    book.figure(made.stock, 12, note="By the register.", source="Register")
    book.action(made.action, status="In progress", percent=40)
    book.words(made.place, done="The laboratory was opened.")

    page = tried(client, book)

    assert changes(page) == {
        made.stock.indicator.name: ("nothing", "12 (By the register.; Register)"),
        made.action.action: ("Not started, 0 %", "In progress, 40 %"),
        "What was done": ("nothing", "The laboratory was opened."),
    }
    place = book.cell(FIGURES, str(made.stock.line_id), "figure").coordinate
    assertContains(page, f"Figures!{place}")
    assertContains(page, "Take over 3 changes")
    assert not Report.objects.exists()


def test_a_workbook_in_which_nothing_was_filled_changes_nothing(client, made, book):
    page = tried(client, book)

    assertContains(page, "there is nothing to take over")
    assertNotContains(page, "Take over")


def test_what_others_entered_meanwhile_is_left_alone(client, made, book):
    typed(made.place, Q2, [given(12_00)], done="Theirs.")

    assert changes(tried(client, book)) == {}


# Taking


def test_everything_is_taken_at_once(client, made, book):
    book.figure(made.stock, 12)
    book.figure(made.rate, 30, whole=40)
    book.action(made.action, percent=40, released="85 lakh")
    book.words(made.place, help_needed="A generator.")

    response = take(client, tried(client, book))

    assertContains(response, "4 entries are taken over. Nothing is filed yet.")
    assert value(made.place, made.stock) == 12_00
    assert entry(made.place, made.rate).denominator == 40_00
    action = ActionEntry.objects.get()
    assert (action.percent, action.released) == (40, 85_00_000)
    stored = report(made.place)
    assert stored.help_needed == "A generator."
    assert not stored.is_filed
    assert entry(made.place, made.stock).entered_by.user == made.officer
    assert FilledWorkbook.objects.get().done_at


def test_clicked_twice_it_is_taken_once(client, made, book):
    book.figure(made.stock, 12)
    page = tried(client, book)

    take(client, page)
    typed(made.place, Q2, [given(13_00)])
    take(client, page)

    assert value(made.place, made.stock) == 13_00


@pytest.mark.usefixtures("book")
def test_with_one_fault_nothing_is_taken(client, made, book):
    book.figure(made.stock, 12)
    book.figure(made.other, "1 2")
    page = tried(client, book)
    assertContains(page, "1 cell cannot be taken over")
    assertNotContains(page, "Take over")

    response = take(client, page)

    assert response.status_code == 409
    assert not ReadingEntry.objects.exists()
    assert not Report.objects.exists()


def test_if_one_fails_at_the_last_moment_nothing_is_taken(
    client, made, book, monkeypatch
):
    def fails(*_args, **_kwargs):
        raise RuntimeError

    book.figure(made.stock, 12)
    page = tried(client, book)
    monkeypatch.setattr(taking, "save_all", fails)

    with pytest.raises(RuntimeError):
        take(client, page)

    assert not Report.objects.exists()
    assert FilledWorkbook.objects.get().done_at is None


# Who


@pytest.mark.parametrize("name", ["", "marked.xlsx"])
def test_a_workbook_is_its_senders_alone(client, made, book, name):
    book.figure(made.stock, 12)
    page = tried(client, book)
    client.force_login(make.official(Role.RA_OFFICER, made.place))

    assert client.get(f"{address(page)}{name}").status_code == 404
    assert client.post(address(page), {"undo": "yes"}).status_code == 404


def test_a_colleague_may_fill_what_another_downloaded(client, made, book):
    book.figure(made.stock, 12)
    client.force_login(make.official(Role.RA_OFFICER, made.place))

    take(client, tried(client, book))

    assert value(made.place, made.stock) == 12_00


def test_who_prepares_no_report_hands_nothing_in(client, made, book):
    client.force_login(make.official(Role.AUDITOR))

    assertContains(client.get(reverse("desk:workbooks", args=[Q2])), "No report")
    assert sent(client, book).status_code == 403


def test_who_has_lost_the_district_meanwhile_takes_nothing(client, made, book):
    book.figure(made.stock, 12)
    page = tried(client, book)
    made.officer.appointments.update(until="2026-11-20")

    response = take(client, page)

    assert response.status_code == 409
    assert "not in your charge" in faults(response)[0]


# Queries


@pytest.mark.parametrize("more", [0, 3])
def test_looking_takes_as_many_queries_however_long_the_workbook(
    client, made, on_day, more, django_assert_num_queries
):
    ra = made.place.regional_authority()
    others = [in_force(on_day, make.district(ra=ra)) for _ in range(more)]
    client.force_login(make.official(Role.RA_OFFICER, made.place))
    book = downloaded(client)
    for plan in [made.plan, *others]:
        book.words(plan.district, done="x")
        for target in plan.targets.filter(kind="stock"):
            book.figure(target, 12)
    page = tried(client, book)
    assert len(changes(page)) == 5 + 4 * more

    # Session, user, appointments, jurisdiction, the workbook, districts, and nine for
    # the sheets of reports that nobody has begun.
    with django_assert_num_queries(15):
        client.get(address(page))


@pytest.mark.parametrize("more", [0, 3])
def test_taking_takes_as_many_queries_however_long_the_workbook(
    client, made, on_day, more, django_assert_max_num_queries
):
    ra = made.place.regional_authority()
    others = [in_force(on_day, make.district(ra=ra)) for _ in range(more)]
    client.force_login(make.official(Role.RA_OFFICER, made.place))
    book = downloaded(client)
    for plan in [made.plan, *others]:
        book.words(plan.district, done="x")
        book.action(plan.interventions.first(), percent=12)
        for target in plan.targets.filter(kind="stock"):
            book.figure(target, 12)
    page = tried(client, book)

    with django_assert_max_num_queries(45):
        response = client.post(address(page))

    assert response.status_code == 302
