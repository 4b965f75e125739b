"""The home page: freshness first, then how far the plans of the land are."""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans import workflow
from actionplans.models import Report
from districts.models import ProgrammeCount
from portal.models import DataVersion
from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.pages import assert_every_count_opens_its_list

pytestmark = pytest.mark.django_db
HOME = "/"


def filed(place, **values):
    post = make.holder_of(Role.RA_OFFICER, place).current_appointments[0]
    return Report.objects.create(
        district=place,
        quarter=make.last_due().code,
        filed_by=post,
        filed_on=timezone.localdate(),
        filed_at=timezone.now(),
        **values,
    )


def stated(measure, value, year=2025):
    return ProgrammeCount.objects.create(
        on=dt.date(year, 7, 21), measure=measure, value=value, source="A reply"
    )


def test_a_stranger_reads_it(client):
    assert client.get(HOME).status_code == 200


def test_it_answers_get_only(client):
    assert client.post(HOME).status_code == 405


def test_an_empty_land_has_a_page_too(client):
    page = client.get(HOME)

    assert "Nothing has been recorded yet." in page.content.decode()


def test_freshness_comes_first(client):
    filed(make.district())
    make.district()

    page = client.get(HOME)

    assert '<span class="fig">1 of 2</span>' in page.content.decode()


def test_every_count_opens_exactly_its_districts(client):
    filed(make.plan(Status.PUBLISHED).district)
    make.plan(Status.ADOPTED)
    make.plan(Status.UNDER_ASSESSMENT)
    make.district()

    assert_every_count_opens_its_list(client, HOME)


def test_a_stage_that_nobody_recorded_is_not_nought(client):
    make.district()

    page = client.get(HOME)

    words = page.content.decode()
    assert "not recorded" in words
    assert "at=adopted" in words
    assert "<b>0</b>" not in words


def test_drafts_that_wait_are_the_one_thing_to_notice(client):
    make.plan(Status.ASSESSED)

    page = client.get(HOME)

    assert "1 draft waits for adoption" in page.content.decode()


def test_each_district_has_one_tile_that_leads_to_it(client):
    place = make.district("Darbhanga", state=make.state("Bihar"))

    page = client.get(HOME)

    tile = (
        f'<a href="{place.get_absolute_url()}" tabindex="-1">'
        "<title>Darbhanga, Bihar: Products not identified</title>"
    )
    assert page.content.decode().count(tile) == 1


def test_figures_of_government_stand_beside_ours_as_such(client):
    stated(ProgrammeCount.Measure.DRAFTS, 557, 2022)
    stated(ProgrammeCount.Measure.DRAFTS, 590)
    make.plan(Status.UNDER_ASSESSMENT)

    page = client.get(HOME)

    [(newest, ours)] = page.context["stated"]
    assert (newest.value, ours.number) == (590, 1)
    assert "Stated by Government" in page.content.decode()


def test_the_latest_changes_are_public_steps_and_filed_reports(client):
    plan = make.plan(Status.PUBLISHED)
    filed(plan.district)

    page = client.get(HOME)

    sentences = {change.sentence for change in changes(page)}
    assert sentences == {
        "Draft submitted for assessment",
        "Draft assessed, for the DEPC to decide",
        "Plan adopted by the DEPC",
        "Plan published",
        f"Report for {make.last_due()} filed",
    }


def changes(page):
    return [change for alike in page.context["changes"] for change in alike.changes]


def test_at_most_eight_changes_are_shown(client):
    for _ in range(3):
        make.plan(Status.PUBLISHED)

    assert len(changes(client.get(HOME))) == 8


def test_of_the_same_step_on_one_day_three_are_named_and_the_rest_counted(client):
    for _ in range(5):
        filed(make.plan(Status.PUBLISHED).district)

    page = client.get(HOME)

    found = {alike.changes[0].sentence: alike for alike in page.context["changes"]}
    named = found["Plan adopted by the DEPC"]
    assert (len(named.changes), named.more) == (3, 2)
    assert "and 2 more districts on that day: Plan adopted by the DEPC" in page.text


def test_notifications_are_counted_beside_those_that_government_stated(client):
    stated(ProgrammeCount.Measure.NOTIFIED, 115)
    told = make.plan(Status.PUBLISHED)
    make.step(told, Action.NOTIFY, by=make.holder_of(Role.CONVENER, told.district))
    undone = make.plan(Status.ADOPTED)
    make.step(undone, Action.NOTIFY, by=make.holder_of(Role.CONVENER, undone.district))
    make.step(undone, Action.ANNUL)
    make.plan(Status.PUBLISHED)

    [(_figure, ours)] = client.get(HOME).context["stated"]

    assert (ours.number, ours.href) == (1, "/plans/?notified=yes")
    [row] = client.get(ours.href).context["rows"]
    assert row.plan == told


def test_what_an_annulled_plan_went_through_is_not_among_them(client):
    make.plan(Status.ANNULLED)

    assert client.get(HOME).context["changes"] == []


def test_nothing_private_is_on_it(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    note = "The baseline of the target is a guess."
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    said = make.details(plan, Action.RETURN)
    object.__setattr__(said, "note", note)
    workflow.take(plan, Action.RETURN, by=officer, details=said)

    words = client.get(HOME).content.decode()

    assert note not in words
    assert "Return" not in words
    assert officer.name not in words
    assert officer.email not in words


def test_former_districts_are_not_counted(client):
    make.district(until=timezone.localdate())
    make.district()

    page = client.get(HOME)

    assert page.context["overview"].total.number == 1


def test_it_speaks_hindi(client):
    place = make.district(name_hi="दरभंगा", state=make.state(name_hi="बिहार"))

    page = client.get("/hi/")

    words = page.content.decode()
    assert "दरभंगा, बिहार" in words
    assert f'href="/hi/districts/{place.state.slug}/{place.slug}/"' in words


def test_a_change_shows_at_once(client):
    place = make.district()
    DataVersion.rise()
    client.get(HOME)

    make.plan(Status.ADOPTED, place)

    assert client.get(HOME).context["overview"].adopted.number == 1


def test_languages_do_not_mix(client):
    make.district("Darbhanga", name_hi="दरभंगा")
    DataVersion.rise()

    client.get("/hi/")

    assert "<title>Darbhanga" in client.get(HOME).content.decode()


@pytest.mark.parametrize("size", [1, 4])
def test_the_number_of_queries_is_fixed(client, size, django_assert_num_queries):
    for _ in range(size):
        filed(make.plan(Status.PUBLISHED).district)
    DataVersion.rise()
    with django_assert_num_queries(18):
        client.get(HOME)

    # The atlas is kept until something changes.
    with django_assert_num_queries(3):
        client.get(HOME)


def test_it_says_how_many_adopted_plans_are_structured(client):
    bihar = make.state("Bihar")
    make.plan(Status.PUBLISHED, make.district(state=bihar))
    make.plan(Status.UNSTRUCTURED, make.district(state=bihar))
    make.plan(Status.TRANSCRIBED)

    for page, structured, documents in (
        (HOME, 1, 2),
        ("/monitor/", 1, 2),
        ("/states/bihar/", 1, 1),
    ):
        for kind, said in (
            ("structured", f"{structured} structured"),
            ("document", f"{documents} as document"),
        ):
            words = client.get(page).text
            found = re.search(rf'href="([^"]*adopted={kind})">{said}</a>', words)
            assert found, page
            opened = client.get(unescape(found[1]))
            assert str(opened.context["page"].paginator.count) == said.split()[0]


def test_it_leads_to_pages_that_exist(client):
    page = client.get(HOME).content.decode()

    for name in ("products", "districts", "regional-authorities", "method", "sources"):
        assert f'href="{reverse(name)}"' in page
