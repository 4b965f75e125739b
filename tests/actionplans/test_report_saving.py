"""What is kept of a quarterly report that is typed, and what is refused."""

import datetime as dt

import pytest
from django.urls import reverse

from actionplans.merging import figure_stamp
from actionplans.models import ActionEntry, Reading, ReadingEntry, Report
from actionplans.progress import Kind
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import (
    Q1,
    Q2,
    changed,
    entries,
    filed,
    in_force,
    posted,
    sent,
)

pytestmark = pytest.mark.django_db


def url(place, quarter=Q2, name="report"):
    return reverse(f"desk:{name}", args=[place.state.slug, place.slug, quarter])


@pytest.fixture
def place(on_day):
    return in_force(on_day).district


@pytest.fixture
def officer(place):
    return make.holder_of(Role.RA_OFFICER, place)


def test_saving_keeps_a_draft_that_may_be_incomplete(client, place, officer):
    client.force_login(officer)
    figures = ["35", {"nil": "on"}, {"not_available": "on"}]

    response = client.post(url(place), posted(place, *figures, done="Fair held."))

    assert response.status_code == 302
    assert response.url == url(place)
    states = [(entry.state, entry.value) for entry in entries(place)]
    assert states == [
        ("value", 35_00),
        ("nil", None),
        ("not-available", None),
    ]
    assert Report.objects.get().done == "Fair held."
    assert not Reading.objects.exists()
    page = client.get(url(place))
    assert "Say why the figure is not available." in page.text
    assert 'value="35"' in page.text


def test_save_and_check_leads_to_the_summary(client, place, officer):
    client.force_login(officer)

    response = client.post(url(place), posted(place, "35", check="1"))

    assert response.url == url(place, name="report-file")


def test_an_unreadable_figure_is_refused_and_nothing_typed_is_lost(
    client, place, officer
):
    client.force_login(officer)

    for text in ("1 2", "abc", "12,34", "1.234", "9" * 40):
        page = client.post(url(place), posted(place, text, "41", done="Fair held."))
        assert "These are not saved yet" in page.text
        assert f'value="{text}"' in page.text
        assert 'value="41"' in page.text
        assert "Fair held." in page.text
        assert 'aria-invalid="true"' in page.text
    assert [entry.value for entry in entries(place)] == [41_00]
    assert Report.objects.get().done == "Fair held."


def test_a_report_whose_first_words_cannot_be_read_is_not_begun(client, place, officer):
    client.force_login(officer)

    client.post(url(place), posted(place, "1 2"))
    client.post(url(place), posted(place))

    assert not Report.objects.exists()


def test_a_figure_and_its_absence_exclude_each_other(client, place, officer):
    client.force_login(officer)

    for said in (
        {"value": "5", "nil": "on"},
        {"value": "5", "not_available": "on"},
        {"nil": "on", "not_available": "on"},
    ):
        page = client.post(url(place), posted(place, said))
        assert "Give the figure, or tick one of the boxes: not both." in page.text


def test_figures_are_read_as_people_write_them(client, place, officer):
    client.force_login(officer)
    one, two = "\N{DEVANAGARI DIGIT ONE}", "\N{DEVANAGARI DIGIT TWO}"
    devanagari = one + two + "\N{DEVANAGARI DIGIT ZERO}" * 4

    client.post(url(place), posted(place, "1,20,000.5", devanagari))

    assert [entry.value for entry in entries(place)[:2]] == [1_20_000_50, 1_20_000_00]


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("nil", "nil"),
        (" Nil ", "nil"),
        ("शून्य", "nil"),
        ("na", "not-available"),
        ("N/A", "not-available"),
        ("उपलब्ध नहीं", "not-available"),
    ],
)
def test_a_word_in_place_of_a_number_ticks_its_box(client, place, officer, word, state):
    client.force_login(officer)

    client.post(url(place), posted(place, word))

    [entry] = entries(place)
    assert (entry.state, entry.value) == (state, None)


def test_an_odd_figure_is_kept_and_asked_about(client, place, officer):
    filed(place, Q1, [20_00])
    client.force_login(officer)

    client.post(url(place), posted(place, "900"))

    page = client.get(url(place))
    assert "It is 45 times the 20 of Q1 2026-27. Say why in the note" in page.text
    assert "1 to look at" in page.text


def with_target(on_day, kind, **values):
    on_day(2026, 5, 10)
    plan = make.complete(make.draft())
    target = make.target(
        plan, plan.products.first(), indicator=make.indicator(kind), **values
    )
    for action in ("submit", "assess", "adopt", "publish"):
        make.step(plan, action)
    on_day(2026, 11, 22)
    return plan.district, target


def said(target, **values):
    entry = ReadingEntry.objects.filter(line=target.line_id).first()
    return sent(f"figure-{target.pk}", figure_stamp(entry), **values)


def test_a_rate_is_given_as_a_part_of_a_whole(client, on_day):
    place, target = with_target(on_day, Kind.RATE)
    client.force_login(make.holder_of(Role.RA_OFFICER, place))

    half = client.post(url(place), said(target, numerator="5"))
    assert half.status_code == 302
    entry = ReadingEntry.objects.get(line=target.line_id)
    assert (entry.state, entry.numerator) == ("", 5_00)

    none = client.post(url(place), said(target, numerator="5", denominator="0"))
    assert "The whole must be above zero." in none.text

    client.post(url(place), said(target, numerator="5", denominator="20"))
    entry.refresh_from_db()
    assert (entry.state, entry.numerator, entry.denominator) == ("value", 5_00, 20_00)


@pytest.mark.parametrize(("answer", "value"), [("yes", 1_00), ("no", 0)])
def test_a_thing_is_done_or_not(client, on_day, answer, value):
    place, target = with_target(on_day, Kind.DONE, baseline=0, goal=1_00)
    client.force_login(make.holder_of(Role.RA_OFFICER, place))

    client.post(url(place), said(target, answer=answer))

    entry = ReadingEntry.objects.get(line=target.line_id)
    assert (entry.state, entry.value) == ("value", value)
    page = client.get(url(place))
    assert f'value="{answer}"' in page.text
    assert "checked" in page.text


# Interventions


def test_interventions_default_to_no_change(client, place, officer):
    client.force_login(officer)

    client.post(url(place), posted(place, "35"))

    assert not ActionEntry.objects.exists()


def test_a_change_of_an_intervention_is_kept(client, place, officer):
    client.force_login(officer)
    values = {
        "status": "in_progress",
        "percent": "35",
        "released": "40 lakh",
        "spent": "12,00,000",
        "due_on": "2027-06-01",
        "reason": "The site was flooded.",
    }

    client.post(url(place), posted(place, **changed(place, **values)))

    entry = ActionEntry.objects.get()
    assert (entry.status, entry.percent) == ("in_progress", 35)
    assert (entry.released, entry.spent) == (40_00_000, 12_00_000)
    assert (entry.due_on, entry.reason) == (
        dt.date(2027, 6, 1),
        "The site was flooded.",
    )


def test_a_change_that_cannot_be_is_refused(client, place, officer):
    client.force_login(officer)
    refused = [
        ({"due_on": "2027-06-01"}, "Say why the due date moved."),
        ({"percent": "101"}, "less than or equal to 100"),
        ({"released": "forty"}, "is not an amount of money"),
        ({"spent": "-5"}, "greater than or equal to 0"),
        ({"due_on": "soon"}, "Enter a valid date."),
    ]

    for values, sentence in refused:
        data = posted(place, "35", **changed(place, **values))
        page = client.post(url(place), data)
        assert sentence in page.text
        assert 'value="35"' in page.text
    assert not ActionEntry.objects.exists()
