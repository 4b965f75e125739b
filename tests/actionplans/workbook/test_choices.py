"""What a filled workbook leaves open: odd figures, and what others entered."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from actionplans.models import FilledWorkbook
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q2, filed, given, in_force, typed
from tests.actionplans.workbooks import (
    changes,
    downloaded,
    entry,
    faults,
    report,
    take,
    tried,
    value,
)

pytestmark = pytest.mark.django_db


def key(page, made, name="stock"):
    line = str(getattr(made, name).line_id)
    return next(i.key for i in page.context["trial"].items if i.line == line)


def choose(page, **choices):
    """What a browser sends with a choice in each clash."""
    data = {}
    for item in page.context["trial"].clashes:
        data[f"seen-{item.key}"] = item.seen
        data |= {f"choice-{item.key}": choices["all"]}
    return data


# Questions


def test_an_odd_figure_is_asked_about(client, made, book, on_day):
    filed(made.place, Q2.previous, [given(20_00)])
    book = downloaded(client)
    book.figure(made.stock, 0)
    page = tried(client, book)
    assertContains(page, "It falls to nothing from 20 in Q1 2026-27.")

    response = take(client, page)

    assert response.status_code == 409
    assertContains(response, "This is still open:", status_code=409)
    assert value(made.place, made.stock) is None


@pytest.mark.parametrize("answer", ["note", "tick"])
def test_a_note_or_a_tick_answers_it(client, made, book, answer):
    filed(made.place, Q2.previous, [given(20_00)])
    book = downloaded(client)
    book.figure(made.stock, 0)
    page = tried(client, book)
    name = key(page, made)

    said = {f"note-{name}": "It burnt down."} if answer == "note" else {"right": name}
    take(client, page, **said)

    found = entry(made.place, made.stock)
    assert found.value == 0
    assert found.note == ("It burnt down." if answer == "note" else "")


def test_a_note_that_no_database_keeps_answers_nothing(client, made, book):
    filed(made.place, Q2.previous, [given(20_00)])
    book = downloaded(client)
    book.figure(made.stock, 0)
    page = tried(client, book)

    response = take(client, page, **{f"note-{key(page, made)}": "It burnt\0 down."})

    assert response.status_code == 409
    assert value(made.place, made.stock) is None


def test_one_tick_answers_all_questions(client, made, book):
    filed(made.place, Q2.previous, [given(20_00), given(20_00)])
    book = downloaded(client)
    book.figure(made.stock, 0)
    book.figure(made.other, 0)
    page = tried(client, book)
    assertContains(page, "2 questions")

    take(client, page, right="all")

    assert value(made.place, made.stock) == value(made.place, made.other) == 0


def test_with_a_fault_nothing_is_asked_in_vain(client, made, book):
    filed(made.place, Q2.previous, [given(20_00)])
    book = downloaded(client)
    book.figure(made.stock, 0)
    book.figure(made.other, "1 2")

    page = tried(client, book)

    assertContains(page, "It falls to nothing from 20 in Q1 2026-27.")
    assertNotContains(page, 'name="note-')


def test_a_note_that_is_too_long_is_refused(client, made, book):
    filed(made.place, Q2.previous, [given(20_00)])
    book = downloaded(client)
    book.figure(made.stock, 0)
    page = tried(client, book)

    response = take(client, page, **{f"note-{key(page, made)}": "x" * 301})

    assert response.status_code == 409
    assert value(made.place, made.stock) is None


# Clashes


@pytest.fixture
def clash(client, made, book):
    """Somebody entered 15 while 12 was filled in."""
    book.figure(made.stock, 12)
    typed(made.place, Q2, [given(15_00)])
    return tried(client, book)


def test_what_somebody_else_changed_meanwhile_is_a_choice(client, made, clash):
    assertContains(clash, "Somebody else changed it since you downloaded the workbook")

    response = take(client, clash)

    assert response.status_code == 409
    assert value(made.place, made.stock) == 15_00


@pytest.mark.parametrize(("chosen", "kept"), [("mine", 12_00), ("theirs", 15_00)])
def test_the_choice_decides(client, made, clash, chosen, kept):
    take(client, clash, **choose(clash, all=chosen))

    assert value(made.place, made.stock) == kept
    assert FilledWorkbook.objects.get().done_at


def test_a_choice_against_other_words_does_not_count(client, made, clash):
    data = choose(clash, all="mine")
    typed(made.place, Q2, [given(16_00)])

    response = take(client, clash, **data)

    assert response.status_code == 409
    assertContains(response, "16", status_code=409)
    assert value(made.place, made.stock) == 16_00


def test_somebody_who_enters_the_same_is_no_clash(client, made, book):
    book.figure(made.stock, 12, source=made.stock.indicator.usual_source)
    typed(made.place, Q2, [given(12_00)])

    page = tried(client, book)

    assert (changes(page), faults(page)) == ({}, [])


def test_what_changes_after_the_page_was_shown_becomes_a_choice(client, made, book):
    book.figure(made.stock, 12)
    page = tried(client, book)
    typed(made.place, Q2, [given(15_00)])

    response = take(client, page)

    assert response.status_code == 409
    assert response.context["trial"].clashes
    assert value(made.place, made.stock) == 15_00


def test_a_report_filed_meanwhile_is_named(client, made, book):
    book.figure(made.stock, 12)
    page = tried(client, book)
    filed(made.place, Q2)

    response = take(client, page)

    assert response.status_code == 409
    (fault,) = faults(response)
    assert "was filed on 22 Nov 2026. Correct the figure there" in fault


def test_a_filed_report_that_was_not_touched_does_no_harm(client, made, book, on_day):
    ra = made.place.regional_authority()
    other = in_force(on_day, make.district("Dhubri", ra=ra)).district
    client.force_login(make.official(Role.RA_OFFICER, other))
    book = downloaded(client)
    book.words(other, done="x")
    filed(made.place, Q2)

    page = tried(client, book)
    take(client, page)

    assert faults(page) == []
    assert report(other).done == "x"
