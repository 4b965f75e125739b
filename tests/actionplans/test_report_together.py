"""Several people at the same report: rows are kept one by one, a conflict is asked."""

import pytest
from django.urls import reverse

from actionplans.models import ActionEntry, Report
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import (
    Q2,
    changed,
    entries,
    filed,
    given,
    in_force,
    posted,
    typed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(on_day):
    return in_force(on_day).district


@pytest.fixture
def officer(client, place):
    found = make.holder_of(Role.RA_OFFICER, place)
    client.force_login(found)
    return found


@pytest.fixture
def address(place, officer):
    return reverse("desk:report", args=[place.state.slug, place.slug, Q2])


def values(place):
    return [entry.value for entry in entries(place)]


def test_two_who_write_in_different_rows_both_keep_their_words(client, place, address):
    mine, theirs = posted(place, "35"), posted(place, "", "41")

    for data in (mine, theirs):
        assert client.post(address, data).status_code == 302

    assert sorted(values(place)) == [35_00, 41_00]


def test_two_who_write_in_the_same_row_are_asked(client, place, address):
    mine = posted(place, "35", "36")
    typed(place, Q2, [given(20_00)])

    page = client.post(address, mine)

    assert page.status_code == 409
    assert "Somebody else saved this meanwhile; yours is not saved." in page.text
    assert "<b>1 row is saved.</b>" in " ".join(page.text.split())
    clash = next(iter(page.context["kept"].problems.values())).clash
    assert (clash.mine, clash.theirs, clash.before) == ("35", "20", "nothing")
    assert 'value="35"' in page.text
    assert values(place) == [20_00, 36_00]


def test_sent_again_from_what_stands_now_mine_wins(client, place, address):
    stale = posted(place, "35")
    typed(place, Q2, [given(20_00)])
    page = client.post(address, stale)
    [form] = page.context["kept"].problems.values()

    again = {**stale, f"{form.anchor}-was": form.was}
    assert client.post(address, again).status_code == 302

    assert values(place) == [35_00]


def test_who_keeps_theirs_sends_the_row_no_longer(client, place, address):
    stale = posted(place, "35", "36")
    typed(place, Q2, [given(20_00)])
    [anchor] = client.post(address, stale).context["kept"].problems

    assert client.post(address, {**stale, "theirs": anchor}).status_code == 302

    assert values(place) == [20_00, 36_00]


def test_the_same_words_are_no_conflict(client, place, address):
    mine = posted(place, "20")
    typed(place, Q2, [given(20_00)])

    assert client.post(address, mine).status_code == 302

    assert Report.objects.get().revision == 1


def test_what_nobody_touched_is_not_put_back(client, place, address):
    page_of_yesterday = posted(place)
    typed(place, Q2, [given(20_00)], done="Their words.")

    assert client.post(address, page_of_yesterday).status_code == 302

    assert values(place) == [20_00]
    assert Report.objects.get().done == "Their words."


def test_a_line_of_text_is_asked_about_alone(client, place, address):
    mine = posted(place, done="My words.", next_steps="A fair in Dubai.")
    typed(place, Q2, [], done="Their words.")

    page = client.post(address, mine)

    report = Report.objects.get()
    assert page.status_code == 409
    assert (report.done, report.next_steps) == ("Their words.", "A fair in Dubai.")
    assert "My words." in page.text


def test_line_ends_of_a_browser_are_no_change(client, place, address):
    typed(place, Q2, [], done="One.\nTwo.")
    data = posted(place)
    data |= {"done-was": "One.\r\nTwo.", "done-text": "One.\r\nTwo."}

    client.post(address, data)

    assert Report.objects.get().revision == 1


def test_a_change_of_an_intervention_is_asked_about(client, place, address):
    mine = changed(place, status="completed", percent="100")
    theirs = changed(place, status="on_hold", percent="10")
    client.post(address, theirs)

    page = client.post(address, mine)

    assert page.status_code == 409
    [form] = page.context["kept"].problems.values()
    assert form.clash.mine == "Completed, 100 %"
    assert form.clash.theirs == "On hold, 10 %"
    assert ActionEntry.objects.get().status == "on_hold"


def test_what_was_typed_into_a_report_filed_meanwhile_can_be_copied(
    client, place, address
):
    data = posted(place, "35", "1 2", done="My words.")
    filed(place, Q2, [20_00])

    page = client.post(address, data)

    assert page.status_code == 409
    assert "what you typed is not saved" in page.text
    assert "My words." in page.text
    assert {"35", "1 2"} <= set(dict(page.context["typed"]).values())


def test_a_row_of_another_district_is_not_taken(client, place, address, on_day):
    other = in_force(on_day).district

    client.post(address, posted(other, "35"))

    assert entries(other) == []


@pytest.mark.parametrize(
    "stamp", ["x", "[]", "[1,2]", '["value",{},1,1,1,1,1]', "9" * 9]
)
def test_a_stamp_that_is_none_is_a_conflict_at_worst(client, place, address, stamp):
    [anchor] = [name[:-4] for name in posted(place, "35") if name.startswith("figure")][
        :1
    ]

    page = client.post(address, {f"{anchor}-was": stamp, f"{anchor}-value": "35"})

    assert page.status_code == 409


# By script


def test_a_script_gets_only_the_rows_it_sent(client, place, address):
    data = posted(place, "35")

    answer = client.post(address, data, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert answer.text.count("<tbody") == 1
    assert "<b>1 of 4</b> figures entered" in answer.text
    assert "Saved " in answer.text


def test_a_script_learns_of_a_conflict_in_its_row(client, place, address):
    mine = posted(place, "35")
    typed(place, Q2, [given(20_00)])

    answer = client.post(address, mine, headers={"HX-Request": "true"})

    assert "yours is not saved" in answer.text
    assert "Save mine" in answer.text
