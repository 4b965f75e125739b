"""The page of a plan, its versions, and how the district's page follows it."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actionplans import corrected_figures
from actionplans.models import Reading, SectionCode
from actionplans.progress import Kind
from districts.models import ProgrammeTag
from portal.models import DataVersion
from portal.qr import QR
from portal.terms import Action, Confirmation, Role, Status
from tests import make
from tests.actionplans.quarters import Q2, Q3, filed, given, in_force

pytestmark = pytest.mark.django_db


def page(client, place, name="district", *more):
    return client.get(reverse(name, args=[place.state.slug, place.slug, *more])).text


def test_the_plan_has_all_that_was_adopted(client):
    plan = make.plan(Status.PUBLISHED)

    text = page(client, plan.district, "plan")

    for code in SectionCode:
        assert f"<h3>{int(code)}. {code.label}</h3>" in text
    for chosen in plan.products.all():
        assert chosen.product.get_absolute_url() in text
    assert plan.interventions.first().action in text
    assert plan.targets.first().verification in text
    assert plan.seal.sha256 in text


def test_a_section_that_does_not_apply_says_why(client):
    plan = make.complete(make.draft())
    why = "The district has no port and no airport of its own."
    plan.sections.filter(code=6).update(body="", not_applicable=why)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(plan, action)

    assert f"Does not apply: {why}" in page(client, plan.district, "plan")


def test_the_way_back_leads_over_the_district(client):
    place = make.plan(Status.PUBLISHED).district

    text = page(client, place, "plan")

    crumbs = text.partition('aria-label="Breadcrumb"')[2].partition("</nav>")[0]
    assert f'href="{place.state.get_absolute_url()}"' in crumbs
    assert f'<a href="{place.get_absolute_url()}">{place.name}</a>' in crumbs


def test_what_an_annulled_plan_said_is_no_longer_public(client):
    place = make.plan(Status.ANNULLED).district

    address = reverse("plan", args=[place.state.slug, place.slug])
    assert client.get(address).status_code == 404
    text = client.get(f"{address}1/").text
    assert "Plain words." not in text
    assert "Headquarters annulled this version on" in text


def test_rows_taken_over_from_another_district_say_so(client):
    peer = make.plan(Status.PUBLISHED)
    plan = make.draft(like=peer)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(plan, action)

    text = page(client, plan.district, "plan")

    assert "Taken over from other districts" in text
    assert f'Copied from <a href="{peer.district.get_absolute_url()}">' in text
    assert "Copied from" not in page(client, peer.district, "plan")


def test_a_transcribed_plan_shows_its_old_adoption(client):
    plan = make.plan(Status.TRANSCRIBED)
    officer = make.official(Role.STATE_OFFICER, plan.district)
    make.workflow.take(plan, Action.TRANSCRIBE, by=officer)

    text = page(client, plan.district, "plan")

    assert "order 12/2025, as recorded from the document" in text
    assert plan.seal.sha256 in text


@pytest.mark.parametrize("status", [Status.UNSTRUCTURED, Status.TRANSCRIBED])
def test_what_is_typed_of_an_old_plan_is_not_public(client, status):
    plan = make.plan(status)

    for args in ([], [plan.number]):
        name = "plan-version" if args else "plan"
        text = page(client, plan.district, name, *args)
        assert "Not structured yet" in text
        assert "Plain words." not in text
        assert plan.document.sha256 in text


def test_an_amendment_in_the_making_changes_nothing_that_is_public(client):
    plan = make.plan(Status.PUBLISHED)
    following = make.draft(plan.district, like=plan)
    target = following.targets.first()
    target.goal, target.verification = 99_999_00, "A register nobody knows yet"
    target.save()

    for name in ("district", "plan"):
        text = page(client, plan.district, name)
        assert "99,999" not in text
        assert "nobody knows yet" not in text
    assert "in the hands of" in page(client, plan.district)


def test_a_version_has_an_address_that_stays(client):
    old = make.plan(Status.SUPERSEDED)

    text = page(client, old.district)

    for number in (1, 2):
        args = [old.district.state.slug, old.district.slug, number]
        assert reverse("plan-version", args=args) in text
        assert f"Version {number}" in page(client, old.district, "plan-version", number)


@pytest.mark.parametrize("more", [0, 6])
def test_the_plan_takes_a_fixed_number_of_queries(client, more):
    plan = make.complete(make.draft())
    for _ in range(more):
        make.target(plan, plan.products.first())
        make.intervention(plan, plan.products.first())
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(plan, action)

    with CaptureQueriesContext(connection) as queries:
        page(client, plan.district, "plan")

    assert len(queries) == 18


def test_a_target_shows_the_figures_behind_its_verdict(client, on_day):
    plan = in_force(on_day)
    filed(plan.district, Q2, [12_00, 13_00, 14_00, 15_00])

    text = page(client, plan.district)

    assert "How this figure is made" in text
    assert "<b>12</b>" in text
    assert plan.targets.first().baseline_source in text


def test_a_quarter_without_a_figure_is_no_zero(client, on_day):
    plan = in_force(on_day)
    missing = given(state="not-available", reason="not_collected")
    filed(plan.district, Q2, [missing] * 4)

    text = page(client, plan.district)

    assert "No data" in text
    assert "<b>0</b>" not in text


def test_a_correction_shows_the_figure_before_and_why(client, on_day):
    plan = in_force(on_day)
    filed(plan.district, Q2, [12_00, 13_00, 14_00, 15_00])
    reading = Reading.objects.filter(value=12_00).get()
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    corrected_figures.correct(
        reading, given(17_00), by=officer, because="The survey counted two units twice."
    )

    text = page(client, plan.district)

    assert "The survey counted two units twice." in text
    assert '<s class="muted">12</s> 17' in "".join(text.splitlines())
    assert "<b>17</b>" in text


def test_freshness_names_the_office_that_filed_not_the_one_in_charge_now(
    client, on_day
):
    place = make.district()
    before = place.regional_authority()
    filed(place, Q2)
    place.jurisdictions.update(until=dt.date(2026, 11, 1))
    after = make.regional_authority(state=place.state)
    place.jurisdictions.create(ra=after, since=dt.date(2026, 11, 1))
    DataVersion.rise()

    text = page(client, place)

    assert f"Updated today by {before}" in text
    assert f'href="{after.get_absolute_url()}"' in text


def test_what_falls_due_next_follows_a_report_that_came_early(client, on_day):
    place = make.district()
    assert _due("Q3 2026-27", "15 Jan 2027") in page(client, place)

    on_day(2027, 1, 3)
    filed(place, Q3)

    assert _due("Q4 2026-27", "15 Apr 2027") in page(client, place)


def _due(quarter, day):
    whole = '<span class="nw">{}</span>'.format
    return f"The report for {whole(quarter)} is due on {whole(day)}."


def test_a_late_report_says_that_it_was_late(client, on_day):
    place = make.district()
    on_day(2026, 10, 9)
    filed(place, Q2)
    assert "late</span>" not in page(client, place)

    on_day(2027, 2, 3)
    filed(place, Q3)

    assert page(client, place).count("late</span>") == 1


def test_a_district_names_those_that_it_was_formed_from(client):
    mother = make.district("Chittoor")
    child = make.district(
        "Annamayya", state=mother.state, since=dt.date(2022, 4, 4), since_stated=""
    )
    mother.successors.create(after=child, on=child.since)

    assert mother.get_absolute_url() in page(client, child)
    assert "Formed out of:" in page(client, child)
    assert "(4 Apr 2022)" in page(client, child)
    assert child.get_absolute_url() in page(client, mother)
    assert "Formed wholly or partly out of it:" in page(client, mother)


def test_a_day_of_which_only_the_year_is_known_shows_the_year_only(client):
    mother = make.district()
    child = make.district(since=dt.date(2013, 1, 1), since_stated="2013")
    mother.successors.create(after=child, on=child.since)

    text = page(client, child)

    assert "(2013)" in text
    assert "1 Jan 2013" not in text


def test_a_former_district_keeps_the_plan_and_the_reports_it_had(client, on_day):
    plan = in_force(on_day)
    filed(plan.district, Q2)
    make.district()
    type(plan.district).objects.update(until=dt.date(2026, 11, 20))
    DataVersion.rise()

    text = page(client, plan.district)

    assert "exists no more" in text
    assert "Q2 2026-27" in text
    assert plan.seal.sha256 in page(client, plan.district, "plan")


def test_a_programme_that_has_ended_is_no_longer_a_tag(client):
    place = make.district()
    tag = place.tags.create(tag=ProgrammeTag.Tag.FOCUS, source="X")
    assert "Focus district" in page(client, place)

    tag.until = dt.date(2025, 1, 1)
    tag.save()

    assert "Focus district" not in page(client, place)


def test_a_district_names_those_that_it_took_in_later(client):
    place = make.district("Jaipur")
    gone = make.district("Dudu", state=place.state, until=dt.date(2025, 1, 31))
    gone.successors.create(after=place, on=gone.until)

    text = page(client, place)

    assert "Took in, wholly or partly:" in text
    assert gone.get_absolute_url() in text
    assert "Formed out of:" not in text
    assert "exists no more: not since 31 Jan 2025" in page(client, gone)


def test_an_end_that_is_known_by_the_month_only_is_shown_as_it_was_stated(client):
    gone = make.district(until=dt.date(2025, 1, 31), until_stated="2024-12/2025-01")

    text = page(client, gone)

    assert "2024-12/2025-01" in text
    assert "31 Jan 2025" not in text


def test_the_bar_of_what_adds_up_begins_at_zero(client):
    plan = make.complete(make.draft())
    make.target(plan, indicator=make.indicator(Kind.TOTAL), baseline=7_00, goal=333_00)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(plan, action)

    text = page(client, plan.district)

    assert "<span>0</span><span>333</span>" in text
    assert "<span>10</span><span>50</span>" in text


def test_the_outline_leads_to_everything_on_the_page(client):
    plan = make.plan(Status.SUPERSEDED)

    text = page(client, plan.district, "plan")

    outline = text.partition('<nav class="outline')[2].partition("</nav>")[0]
    anchors = re.findall(r'href="#([\w-]+)"', outline)
    assert len(anchors) == len(set(anchors)) == 4 + 1 + len(SectionCode) + 2
    assert all(f'id="{anchor}"' in text for anchor in anchors)


def test_errata_stand_beside_the_section_they_are_about(client):
    plan = make.plan(Status.PUBLISHED)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    make.erratum(
        plan,
        section=2,
        status=Confirmation.CONFIRMED,
        decided_by=officer.current_appointments[0],
        decided_at=timezone.now(),
    )

    text = page(client, plan.district, "plan")

    beside = text.partition('id="section-2"')[2].partition("</article>")[0]
    assert "for “Plain words” read “Clear words”." in beside
    assert text.count("Clear words") == 1


def test_what_changed_since_the_version_before_is_counted_and_linked(client):
    old = make.plan(Status.PUBLISHED)
    plan = make.draft(old.district, like=old)
    plan.sections.filter(code=1).update(body="Other words. " * 10)
    plan.sections.filter(code=2).update(body="Other words. " * 10)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(plan, action)

    text = page(client, plan.district, "plan")

    address = f"{plan.district.get_absolute_url()}plan/2/changes/"
    assert f'<a href="{address}">2 changes since version 1</a>' in text
    assert "<b>2 changes</b>" in client.get(address).text
    assert "since version" not in page(client, plan.district, "plan-version", 1)


def test_a_version_that_changes_nothing_says_so(client):
    plan = make.plan(Status.SUPERSEDED)

    assert "It says the same as version 1." in page(client, plan.district, "plan")


def test_the_seal_comes_as_a_code_for_a_camera(client):
    plan = make.plan(Status.PUBLISHED)
    address = f"http://testserver/verify/{plan.seal.sha256}/"

    assert f'<path d="{QR.of(address).path}"/>' in page(client, plan.district, "plan")


def test_the_paper_says_its_language_and_once_it_is_printed_its_size(client):
    place = make.plan(Status.PUBLISHED).district
    assert "PDF to print, in English</a>" in page(client, place, "plan")

    file = client.get(reverse("plan-pdf", args=[place.state.slug, place.slug, 1]))
    size = filesizeformat(len(b"".join(file.streaming_content)))

    assert f"PDF to print, in English ({size})</a>" in page(client, place, "plan")


def test_a_text_says_in_which_language_it_is_written(client):
    plan = make.complete(make.draft())
    plan.sections.filter(code=1).update(body="ज़िला हल्दी उगाता है। " * 10)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(plan, action)

    text = page(client, plan.district, "plan")

    assert '<div class="lede-m" lang="hi"><p>ज़िला' in text
    assert '<div class="lede-m" lang="en"><p>Plain words.' in text


def test_no_other_state_has_the_plan(client):
    plan = make.plan(Status.PUBLISHED)
    other = make.district(plan.district.name)

    address = reverse("plan", args=[other.state.slug, plan.district.slug])
    assert client.get(address).status_code == 404
