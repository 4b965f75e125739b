"""What the page of a district says of its past and its next days."""

import datetime as dt

import pytest
from django.utils import timezone

from actionplans import corrections, workflow
from actionplans.workflow import Details
from districts.models import ProgrammeTag, Succession
from portal.models import DataVersion
from portal.periods import written
from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.quarters import Q2, filed, in_force

pytestmark = pytest.mark.django_db


def text_of(client, place):
    return client.get(place.get_absolute_url()).text


def part(client, place, name):
    return (
        text_of(client, place).partition(f'id="{name}"')[2].partition("</section>")[0]
    )


def test_public_steps_and_reports_come_newest_first_with_their_office(client, on_day):
    plan = in_force(on_day)
    filed(plan.district, Q2)

    lately = part(client, plan.district, "lately")

    told = [
        *(f"Report for {Q2} filed", "Plan published", "Plan adopted by the DEPC"),
        *("Draft assessed, for the DEPC to decide", "Draft submitted for assessment"),
    ]
    places = [lately.index(sentence) for sentence in told]
    assert places == sorted(places)
    assert written(dt.date(2026, 11, 22)) in lately
    assert str(plan.district.regional_authority()) in lately
    for event in plan.events.select_related("appointment__user"):
        assert event.appointment.user.name not in lately


def test_what_stays_between_the_offices_is_not_told(client):
    plan = make.plan(Status.UNDER_ASSESSMENT)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    said = make.details(plan, Action.RETURN)
    workflow.take(plan, Action.RETURN, by=officer, details=said)

    lately = part(client, plan.district, "lately")

    assert "Draft submitted for assessment" in lately
    assert "eturn" not in lately
    assert said.note not in lately


def test_a_step_put_right_is_told_beside_it(client, on_day):
    on_day(2026, 5, 10)
    plan = make.plan(Status.UNDER_ASSESSMENT)
    on_day(2026, 5, 20)
    event = plan.events.standing().get(action=Action.SUBMIT)
    officer = make.holder_of(event.appointment.role, plan.district)
    asked = corrections.ask(
        event,
        by=officer,
        on=dt.date(2026, 5, 12),
        order_number=event.order_number,
        reason="The register of letters says so.",
    )
    assert "put right" not in part(client, plan.district, "lately")
    corrections.decide(asked, by=make.official(Role.HQ_OFFICER), confirm=True)

    lately = part(client, plan.district, "lately")

    assert "What was recorded of “Draft submitted for assessment” put right" in lately
    assert lately.count("Draft submitted for assessment") == 2
    assert "The register of letters says so." not in lately


def test_an_erratum_is_told_once_another_office_confirmed_it(client):
    plan = make.plan(Status.PUBLISHED)
    erratum = make.erratum(plan)
    assert "Erratum" not in part(client, plan.district, "lately")

    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    corrections.decide(erratum, by=officer, confirm=True)

    assert "Erratum to the section" in part(client, plan.district, "lately")


def test_an_annulled_plan_is_told_as_annulled_and_by_none_of_its_steps(client):
    place = make.plan(Status.ANNULLED).district

    lately = part(client, place, "lately")

    assert "Version 1 annulled" in lately
    assert "Plan published" not in lately


def test_a_consultation_is_told_and_its_last_day_comes_next(client):
    consultation = make.consultation(make.plan())
    place = consultation.plan.district

    assert "Draft opened to comment" in part(client, place, "lately")
    coming = part(client, place, "next")
    assert "Last day to comment on the draft plan." in coming
    assert written(consultation.closes_on) in coming


def test_what_comes_next_is_in_order_and_always_has_the_next_report(client, on_day):
    plan = in_force(on_day)
    place = plan.district
    place.committee.months_between = 3
    place.committee.save()
    DataVersion.rise()

    coming = part(client, place, "next")

    # The committee met when it adopted the plan, on 10 May 2026.
    days = [dt.date(2026, 8, 10), dt.date(2027, 1, 15)]
    days.append(min(target.due_on for target in plan.targets.all()))
    places = [coming.index(written(day)) for day in sorted(days)]
    assert places == sorted(places)
    assert "Overdue since this day: the committee was to meet again." in coming
    assert "By this day" not in coming


def test_a_committee_that_is_not_late_meets_again_by_its_rule(client, on_day):
    place = in_force(on_day).district
    place.committee.months_between = 12
    place.committee.save()

    coming = part(client, place, "next")

    assert written(dt.date(2027, 5, 10)) in coming
    assert "its rule is every 12 months." in coming
    assert "Overdue" not in coming


def test_a_committee_without_a_rule_has_no_next_day(client):
    place = make.plan(Status.ASSESSED).district
    make.meeting(place)

    coming = part(client, place, "next")

    assert "No rule says when the committee meets next." in coming
    assert "By this day" not in coming


@pytest.mark.parametrize("held", [False, True])
def test_the_day_of_publication_comes_next_held_or_not(client, held):
    plan = make.plan(Status.ADOPTED)
    if held:
        officer = make.holder_of(Role.RA_OFFICER, plan.district)
        said = Details(note="The gazette is late.")
        workflow.take(plan, Action.HOLD, by=officer, details=said)

    coming = part(client, plan.district, "next")

    days = 30 if held else 15
    assert written(timezone.localdate() + dt.timedelta(days=days)) in coming
    assert ("held until then" in coming) == held


def test_the_history_of_plans_has_their_days(client):
    old = make.plan(Status.SUPERSEDED)

    history = part(client, old.district, "versions")

    assert history.count(written(timezone.localdate())) == 4
    assert "Superseded" in history
    assert "what version 2 changed" in history
    since = f'<span class="nw">{written(timezone.localdate())}</span>'
    assert f"version 2 is in force since {since}." in text_of(client, old.district)


def test_programmes_stand_with_their_day_and_source(client):
    place = make.district()
    ProgrammeTag.objects.create(
        district=place, tag="tee", since=dt.date(2023, 4, 1), source="A daily, 7 April"
    )

    text = text_of(client, place)

    assert "Town of Export Excellence" in text
    since = f'since <span class="nw">{written(dt.date(2023, 4, 1))}</span>, '
    assert f'{since}<span lang="en">A daily, 7 April</span>' in text


def test_the_address_of_a_source_shows_as_its_site(client):
    place = make.district()
    address = "https://daily.example/news/a-long-address-of-the-day.html"
    ProgrammeTag.objects.create(district=place, tag="tee", source=f"A daily; {address}")

    text = text_of(client, place)

    link = f'<a href="{address}" rel="external noopener">daily.example</a>'
    assert f'<span lang="en">A daily</span> {link}' in text


def test_what_the_registers_say_is_renewed_with_the_data(client):
    place, other = make.district(), make.district("Rampur")
    DataVersion.rise()
    assert "Rampur" not in text_of(client, place)

    Succession.objects.create(before=other, after=place, on=None)
    DataVersion.rise()

    assert "Formed out of:" in text_of(client, place)


def test_products_of_which_nothing_is_known_stand_in_one_list(client):
    place = make.district()
    make.district_product(place, make.product("Honey"))

    products = part(client, place, "products")

    listed = products.partition("Identified, with nothing more recorded yet:")[2]
    assert "Honey" in listed
    assert "Not recorded yet" not in products


def test_a_district_without_a_code_says_so(client):
    assert "no LGD code yet" in text_of(client, make.district(lgd_code=None))


def test_offices_and_products_of_a_state_stand_on_its_page(client):
    bihar = make.state("Bihar")
    patna = make.regional_authority("Patna")
    honey = make.product("Honey", sector="food-processing")
    for name in ("Gaya", "Saran"):
        make.district_product(make.district(name, state=bihar, ra=patna), honey)
    make.district_product(make.district("Kota"), make.product("Stone"))

    text = client.get("/states/bihar/").text

    offices = text.partition('id="h-offices"')[2].partition("</ul>")[0]
    assert "RA Patna</a>" in offices
    assert "2 districts" in offices
    made = text.partition('id="h-made"')[2].partition("</section>")[0]
    assert "Honey</a>" in made
    assert "Stone" not in made
    assert 'href="/products/?state=bihar&amp;sector=food-processing"' in made
