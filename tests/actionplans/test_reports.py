"""The pages of the quarterly report: who may do what, and nothing typed is lost."""

import datetime as dt

import pytest
from django.urls import reverse

from actionplans.models import (
    ActionEntry,
    InterventionUpdate,
    Reading,
    ReadingEntry,
    Report,
)
from actionplans.progress import FigureState, Kind
from actionplans.sheet import prepare
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


def url(place, quarter=Q2, name="report"):
    return reverse(f"desk:{name}", args=[place.state.slug, place.slug, quarter])


@pytest.fixture
def place(on_day):
    return in_force(on_day).district


@pytest.fixture
def officer(place):
    return make.holder_of(Role.RA_OFFICER, place)


def posted(place, *figures, quarter=Q2, **fields):
    """What a browser sends: the page's fields, with these figures typed in."""
    data = {"revision": "0", "done": "", "next_steps": "", "help_needed": ""}
    for row, figure in zip(prepare(place, quarter).figures, figures, strict=False):
        said = figure if isinstance(figure, dict) else {"value": figure}
        data |= {f"{row.anchor}-{name}": value for name, value in said.items()}
    return data | fields


def change(place, **values):
    row = prepare(place, Q2).actions[0]
    return {f"{row.anchor}-{name}": value for name, value in values.items()}


# Who


def test_a_stranger_is_asked_to_sign_in(client):
    for name in ("report", "report-file"):
        response = client.get(url(make.district(), name=name))
        assert (response.status_code, "login" in response.url) == (302, True)


def test_outside_the_place_there_is_nothing(client):
    place = make.district()
    client.force_login(make.official(Role.RA_OFFICER, make.district()))

    for name in ("report", "report-file"):
        assert client.get(url(place, name=name)).status_code == 404
        assert client.post(url(place, name=name)).status_code == 404


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MEMBER, Role.AUDITOR])
def test_others_read_what_is_prepared_and_write_nothing(client, place, role):
    typed(place, Q2, [given(20_00)], done="The laboratory was opened.")
    client.force_login(make.official(role, place))

    page = client.get(url(place))

    assert "The laboratory was opened." in page.text
    assert 'name="revision"' not in page.text
    assert client.post(url(place), posted(place, "35")).status_code == 403


def test_nobody_began_a_report_that_is_not_there(client, place):
    client.force_login(make.official(Role.AUDITOR))

    assert "Nobody has begun this report." in client.get(url(place)).text


@pytest.mark.parametrize("role", [Role.CONVENER, Role.STAFF, Role.AUDITOR])
def test_only_who_files_comes_to_the_page_that_files(client, role):
    place = make.district()
    client.force_login(make.official(role, place))

    assert client.get(url(place, name="report-file")).status_code == 403
    assert client.post(url(place, name="report-file")).status_code == 403


def test_what_is_no_quarter_is_not_found(client):
    place = make.district()
    client.force_login(make.official(Role.RA_OFFICER, place))

    for quarter in ("20265", "20260", "2026", "q2"):
        address = url(place).replace("20262", quarter)
        assert client.get(address).status_code == 404


# When


def test_a_quarter_not_yet_over_says_when_it_opens(client, place, officer):
    client.force_login(officer)
    sentence = "The report of Q3 2026-27 opens on 1 Jan 2027, after the quarter."

    for response in (
        client.get(url(place, Q3)),
        client.post(url(place, Q3), posted(place)),
        client.get(url(place, Q3, "report-file")),
        client.post(url(place, Q3, "report-file"), {"revision": "0"}),
    ):
        assert sentence in response.text
    assert not Report.objects.exists()


def test_a_quarter_before_the_district_says_so(client, on_day):
    young = make.district("Newpur", since=dt.date(2026, 7, 1))
    client.force_login(make.official(Role.RA_OFFICER, young))

    page = client.get(url(young, Q1))

    assert "Newpur exists since 1 Jul 2026" in page.text


# The page


def test_the_page_asks_for_what_is_due_beside_earlier_values(client, place, officer):
    filed(place, Q1, [given(20_00, source="Register of exporters")])
    client.force_login(officer)

    page = client.get(url(place))

    assert len(page.context["form"].figures) == 4
    assert 'value="Register of exporters"' in page.text
    assert "<b>0 of 4</b> figures saved" in page.text
    assert "Save and check" in page.text


def test_who_only_prepares_is_not_offered_to_file(client, place):
    client.force_login(make.holder_of(Role.CONVENER, place))

    assert "Save and check" not in client.get(url(place)).text


def test_without_a_plan_in_force_only_the_lines_are_asked(client, on_day):
    place = make.district()
    client.force_login(make.official(Role.RA_OFFICER, place))

    page = client.get(url(place))

    assert "no plan in force" in page.text
    assert page.context["form"].figures == []


@pytest.mark.parametrize("more", [0, 6])
def test_the_page_takes_as_many_queries_however_long(
    client, on_day, more, django_assert_num_queries
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
    client.force_login(make.holder_of(Role.RA_OFFICER, plan.district))

    with django_assert_num_queries(4 + 1 + 9):  # who asks, the district, the sheet
        client.get(url(plan.district))


def test_the_page_speaks_hindi(client, place, officer):
    client.force_login(officer)

    assert client.get(f"/hi{url(place)}").status_code == 200


# Saving


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
        ("", None),
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
        assert "Nothing is saved yet" in page.text
        assert f'value="{text}"' in page.text
        assert 'value="41"' in page.text
        assert "Fair held." in page.text
        assert 'aria-invalid="true"' in page.text
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
    devanagari = "".join(chr(ord("०") + int(digit)) for digit in "120000")  # noqa: RUF001

    client.post(url(place), posted(place, "1,20,000.5", devanagari))

    assert [entry.value for entry in entries(place)[:2]] == [1_20_000_50, 1_20_000_00]


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
    fields = {f"figure-{target.pk}-{name}": value for name, value in values.items()}
    return {"revision": "0", **fields}


def test_a_rate_is_given_as_a_part_of_a_whole(client, on_day):
    place, target = with_target(on_day, Kind.RATE)
    client.force_login(make.holder_of(Role.RA_OFFICER, place))

    half = client.post(url(place), said(target, numerator="5"))
    assert half.status_code == 302
    entry = ReadingEntry.objects.get(line=target.line_id)
    assert (entry.state, entry.numerator) == ("", 5_00)

    none = client.post(
        url(place), said(target, revision="1", numerator="5", denominator="0")
    )
    assert "The whole must be above zero." in none.text

    client.post(
        url(place), {**said(target, numerator="5", denominator="20"), "revision": "1"}
    )
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

    client.post(url(place), posted(place, **change(place, **values)))

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
        page = client.post(url(place), posted(place, "35", **change(place, **values)))
        assert sentence in page.text
        assert 'value="35"' in page.text
    assert not Report.objects.exists()


# Two browsers


def test_what_somebody_else_saved_meanwhile_is_shown_and_mine_is_kept(
    client, place, officer
):
    typed(place, Q2, [given(20_00)], done="Their words.")
    client.force_login(officer)
    stale = posted(place, "35", done="My words.")

    page = client.post(url(place), stale)

    assert page.status_code == 409
    assert "Somebody else saved this meanwhile" in page.text
    assert "Their words." in page.text
    assert "My words." in page.text
    assert 'value="35"' in page.text
    assert (": Figure", "20") in [(a[-8:], b) for a, b in page.context["form"].theirs]
    assert entries(place)[0].value == 20_00
    assert 'name="revision" value="1"' in page.text

    again = client.post(url(place), {**stale, "revision": "1"})

    assert again.status_code == 302
    assert entries(place)[0].value == 35_00


def test_a_first_save_does_not_overwrite_another_first_save(client, place, officer):
    client.force_login(officer)
    first, second = posted(place, "20"), posted(place, "35")

    assert client.post(url(place), first).status_code == 302
    assert client.post(url(place), second).status_code == 409

    assert entries(place)[0].value == 20_00


def test_what_was_typed_into_a_report_filed_meanwhile_can_be_copied(
    client, place, officer
):
    data = posted(place, "35", done="My words.")
    filed(place, Q2, [20_00])
    client.force_login(officer)

    page = client.post(url(place), data)

    assert page.status_code == 409
    assert "what you typed is not saved" in page.text
    assert "My words." in page.text
    assert "35" in dict(page.context["typed"]).values()


# Filing


def test_the_summary_says_what_is_given_missing_and_changed(client, place, officer):
    typed(
        place,
        Q2,
        [given(20_00), given(state=FigureState.NIL)],
        next_steps="A fair in Dubai.",
    )
    client.force_login(officer)

    page = client.get(url(place, name="report-file"))

    assert "2 of 4 figures are given" in page.text
    assert "2 figures are missing" in page.text
    assert "A fair in Dubai." in page.text
    assert "will be marked as filed late" in page.text
    assert "cannot be changed and is public" in page.text


def test_filing_files_once_however_often_it_is_clicked(client, place, officer):
    typed(place, Q2, [given(20_00)])
    client.force_login(officer)
    address = url(place, name="report-file")

    first = client.post(address, {"revision": "1"}, follow=True)
    second = client.post(address, {"revision": "1"}, follow=True)

    assert "The report is filed and public from now on." in first.text
    assert "The report was filed already." in second.text
    assert Reading.objects.count() == 1
    assert client.get(address).url == url(place)


def test_a_report_changed_since_it_was_read_is_not_filed(client, place, officer):
    typed(place, Q2, [given(20_00)])
    client.force_login(officer)

    for revision in ("0", "", "x", "-1"):
        data = {"revision": revision}
        page = client.post(url(place, name="report-file"), data)
        assert page.status_code == 409
        assert "Somebody changed the report meanwhile" in page.text
    assert not Reading.objects.exists()


def test_an_odd_figure_stops_the_filing_with_a_link_to_it(client, place, officer):
    filed(place, Q1, [20_00])
    typed(place, Q2, [given(900_00)])
    client.force_login(officer)
    address = url(place, name="report-file")

    page = client.get(address)

    row = prepare(place, Q2).figures[0]
    assert f"{url(place)}#{row.anchor}" in page.text
    assert "File the report</button>" not in page.text
    assert client.post(address, {"revision": "1"}).status_code == 409


def test_a_filed_report_is_read_and_no_longer_written(client, place, officer):
    filed(place, Q2, [20_00], done="Fair held.")
    client.force_login(officer)

    page = client.get(url(place))

    assert "filed 22 Nov 2026" in page.text
    assert "late" in page.text
    assert "Fair held." in page.text
    assert "1 of 4 figures given" in page.text
    assert 'name="revision"' not in page.text


@pytest.mark.parametrize("figures", [1, 4])
def test_a_filed_report_takes_as_many_queries_however_long(
    client, place, officer, figures, django_assert_num_queries
):
    done = {"status": "completed", "percent": 100, "released": None, "spent": None}
    change = {**done, "due_on": None, "reason": ""}
    typed(place, Q2, [given(20_00)] * figures, changes=[change] * figures)
    client.force_login(officer)
    client.post(url(place, name="report-file"), {"revision": "1"}, follow=True)
    assert InterventionUpdate.objects.exists()

    # Who asks; district, report, figures, targets, updates, interventions.
    with django_assert_num_queries(4 + 6):
        client.get(url(place))


# Correcting


@pytest.fixture
def reading(place):
    filed(place, Q2, [given(35_00, source="Register")])
    return Reading.objects.get()


def correction(place, reading):
    address = [place.state.slug, place.slug, reading.pk]
    return reverse("desk:reading-correct", args=address)


def test_a_correction_stands_beside_the_first_figure(client, place, officer, reading):
    client.force_login(officer)
    address = correction(place, reading)
    assert 'value="35"' in client.get(address).text

    data = {"value": "53", "source": "Register", "because": "Digits swapped."}
    page = client.post(address, data, follow=True)

    assert "The figure is corrected" in page.text
    assert "corrected,first<del>35</del>" in "".join(page.text.split())
    assert "Digits swapped." in page.text
    assert Reading.objects.current().get().value == 53_00


def test_a_correction_needs_a_figure_and_a_reason(client, place, officer, reading):
    client.force_login(officer)
    refused = [
        ({"value": "53", "because": " "}, "Say why the figure is corrected."),
        ({"value": "35", "source": "Register"}, "This is what stands there already"),
        ({"value": ""}, "Give the figure as it should be"),
        ({"value": "", "not_available": "on"}, "Say why the figure is not available."),
        ({"value": "1 2"}, "is not a number"),
        ({"value": "53", "nil": "on"}, "not both"),
    ]

    for values, sentence in refused:
        data = {"because": "Digits swapped.", **values}
        page = client.post(correction(place, reading), data)
        assert sentence in page.text
    assert Reading.objects.count() == 1


def test_what_was_corrected_meanwhile_keeps_what_is_typed(
    client, place, officer, reading
):
    client.force_login(officer)
    address = correction(place, reading)
    client.post(address, {"value": "53", "because": "Digits swapped."})

    page = client.post(address, {"value": "54", "because": "I was later."})

    assert "Somebody corrected this figure meanwhile" in page.text
    assert "I was later." in page.text
    assert "Stands there now:" in page.text
    assert Reading.objects.count() == 2


def test_a_correction_is_for_who_files(client, place, reading):
    address = correction(place, reading)
    assert client.get(address).status_code == 302
    client.force_login(make.holder_of(Role.CONVENER, place))
    assert client.get(address).status_code == 403
    client.force_login(make.official(Role.RA_OFFICER, make.district()))
    assert client.get(address).status_code == 404


def test_a_reading_of_another_district_is_not_found(client, place, officer, reading):
    other = make.district(ra=place.regional_authority())
    client.force_login(officer)

    assert client.get(correction(other, reading)).status_code == 404


# The list


def listed(client, **query):
    return client.get(reverse("desk:reports"), query)


def test_the_list_says_what_is_filed_begun_and_owed(client, on_day):
    ra = make.regional_authority()
    done, begun, owing = (
        in_force(on_day, make.district(ra=ra)).district for _ in range(3)
    )
    make.plan(Status.ADOPTED, make.district(ra=ra))
    filed(done)
    typed(begun, Q2, [given(20_00)])
    client.force_login(make.official(Role.RA_OFFICER, ra))

    def districts(**query):
        return [place for place, _cells in listed(client, **query).context["rows"]]

    assert len(districts()) == 4
    assert districts(**{"is": "filed", "quarter": Q2.code}) == [done]
    assert districts(**{"is": "begun"}) == [begun]
    assert set(districts(**{"is": "owed"})) == {begun, owing}
    assert len(districts(**{"is": "owed", "quarter": Q1.code})) == 3
    assert districts(q=owing.name) == [owing]
    assert len(districts(**{"is": "nonsense", "quarter": "x"})) == 4
    assert "No district matches." in listed(client, q="nowhere").text


def test_the_list_counts_what_the_worklist_counts(client, on_day):
    ra = make.regional_authority()
    done = in_force(on_day, make.district(ra=ra)).district
    in_force(on_day, make.district(ra=ra))
    filed(done)
    client.force_login(make.official(Role.RA_OFFICER, ra))

    progress = client.get(reverse("desk:worklist")).context["progress"]
    filed_page = listed(client, **{"is": "filed", "quarter": progress.quarter.code})
    owed_page = listed(client, **{"is": "owed", "quarter": progress.quarter.code})

    assert len(filed_page.context["rows"]) == progress.filed == 1
    assert len(owed_page.context["rows"]) == progress.owed - progress.filed == 1


@pytest.mark.parametrize("districts", [1, 4])
def test_the_list_takes_seven_queries_however_long(
    client, on_day, districts, django_assert_num_queries
):
    ra = make.regional_authority()
    for _ in range(districts):
        filed(in_force(on_day, make.district(ra=ra)).district)
    client.force_login(make.official(Role.RA_OFFICER, ra))

    with django_assert_num_queries(4 + 3):  # who asks; count, districts, reports
        listed(client)


def test_the_list_is_closed_to_strangers_and_takes_only_get(client):
    assert listed(client).status_code == 302
    client.force_login(make.official(Role.AUDITOR))
    assert client.post(reverse("desk:reports")).status_code == 405
