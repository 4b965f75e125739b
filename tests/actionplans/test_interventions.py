"""The interventions of an official's districts: list, sums, by agency, as CSV."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans.interventions import (
    has_slipped,
    in_charge,
    is_overdue,
    lines_of,
)
from actionplans.models import InterventionUpdate, Report
from portal.numbers import LAKH
from portal.periods import written
from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.quarters import Q1, Q2

pytestmark = pytest.mark.django_db
STEPS = [Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH]


@pytest.fixture
def plan():
    return make.plan(Status.PUBLISHED)


def in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


def reported(plan, quarter=Q2, at=0, **values):
    """What a report says of one of its interventions."""
    post = make.holder_of(Role.RA_OFFICER, plan.district).current_appointments[0]
    report, _new = Report.objects.get_or_create(
        district=plan.district, quarter=quarter.code
    )
    return InterventionUpdate.objects.create(
        line=plan.interventions.all()[at].line,
        report=report,
        quarter=quarter.code,
        entered_by=post,
        **{"status": "in_progress", "percent": 40, **values},
    )


def amended(plan, **changes):
    """The next version in force, with the first intervention changed."""
    following = make.draft(plan.district, like=plan)
    following.interventions.filter(pk=following.interventions.first().pk).update(
        **changes
    )
    for step in STEPS:
        make.step(following, step)
    return following


def listed(client, query=""):
    answer = client.get(reverse("desk:interventions") + query)
    return answer, [line.intervention for line in answer.context["lines"]]


def officer(client, plan, role=Role.RA_OFFICER):
    person = make.holder_of(role, plan.district)
    client.force_login(person)
    return person


def test_the_list_says_how_each_stands_and_sums_up_the_money(client, plan):
    rows = list(plan.interventions.all())
    reported(plan, Q1, percent=10, released=5 * LAKH, spent=LAKH)
    reported(plan, Q2, percent=60, released=90 * LAKH, spent=45 * LAKH)
    officer(client, plan)

    answer, shown = listed(client)

    assert shown == rows
    total = answer.context["total"]
    assert total.count == len(rows)
    assert total.budget == sum(row.budget or 0 for row in rows)
    assert (total.released, total.spent) == (90 * LAKH, 45 * LAKH)
    assert "60 % done, Q2 2026-27" in answer.text
    assert "₹ 90 lakh" in answer.text
    assert "never reported" in answer.text or len(rows) == 1
    assert plan.district.name in answer.text


def test_only_plans_in_force_of_ones_own_districts_are_there(client, plan):
    make.plan(Status.ADOPTED, make.district(ra=plan.district.regional_authority()))
    make.plan(Status.PUBLISHED)
    amended(plan)
    officer(client, plan)

    _answer, shown = listed(client)

    assert {row.plan.status for row in shown} == {Status.PUBLISHED}
    assert {row.plan.district for row in shown} == {plan.district}


def test_counts_by_status_equal_the_lists_they_open(client, plan):
    reported(plan, status="completed", percent=100)
    officer(client, plan)

    answer, shown = listed(client)

    chips = {chip.value: chip.count for chip in answer.context["chips"]}
    assert chips["completed"] == 1
    assert sum(chips.values()) == answer.context["all"] == len(shown)
    for status, count in chips.items():
        one, rows = listed(client, f"?status={status}")
        assert len(rows) == count == one.context["total"].count
        assert {c.value: c.count for c in one.context["chips"]} == chips


def test_a_slip_shows_the_day_before_and_why(client, plan):
    row = plan.interventions.first()
    reported(plan, due_on=row.due_on + dt.timedelta(days=40), reason="The rains.")
    officer(client, plan)

    answer, shown = listed(client, "?slipped=yes")

    assert shown == [row]
    assert "The rains." in answer.text
    assert f'<s class="muted nw">{written(row.due_on)}</s>' in answer.text


def test_a_district_an_agency_and_words_narrow_the_list(client, plan):
    ra = plan.district.regional_authority()
    other = make.plan(Status.PUBLISHED, make.district(ra=ra))
    row = plan.interventions.first()
    bank = make.agency("Lead District Bank")
    changed = amended(other, lead=bank, action="Open a counter for exporters")
    officer(client, plan)

    answer, shown = listed(client, f"?agency={bank.pk}")
    assert shown == [changed.interventions.first()]
    assert f'<option value="{bank.pk}" selected>Lead District Bank' in answer.text
    assert listed(client, "?q=counter+exporters")[1] == [changed.interventions.first()]
    only = listed(client, f"?district={plan.district_id}")
    assert {r.plan for r in only[1]} == {plan}
    assert f"Only {plan.district.name}." in only[0].text
    assert row in listed(client, f"?state={plan.district.state.slug}")[1]
    assert listed(client, "?agency=null")[1] == []


@pytest.mark.parametrize("query", ["?status=x&agency=9999&district=x", "?page=99"])
def test_what_the_address_does_not_know_narrows_nothing(client, plan, query):
    officer(client, plan)

    assert listed(client, query)[1] == listed(client)[1]


def test_by_agency_the_same_things_are_counted(client, plan):
    bank = make.agency("Lead District Bank")
    following = amended(plan, lead=bank)
    reported(following, status="on_hold", released=3 * LAKH)
    officer(client, plan)

    answer = client.get(reverse("desk:interventions") + "?by=agency")

    rows = answer.context["agencies"]
    total = answer.context["total"]
    assert sum(row.total.count for row in rows) == total.count
    assert sum(row.total.budget for row in rows) == total.budget
    of_bank = next(row for row in rows if row.agency == bank)
    assert {status.value: n for status, n in of_bank.statuses if n} == {"on_hold": 1}
    assert of_bank.total.released == 3 * LAKH
    link = f"?by=agency&amp;agency={bank.pk}"
    assert f"agency={bank.pk}&amp;status=on_hold" in answer.text.replace(link, "")


def test_a_member_sees_what_their_agency_leads_first(client, plan):
    bank = make.agency("Lead District Bank")
    last = plan.interventions.last()
    following = make.draft(plan.district, like=plan)
    following.interventions.filter(line=last.line).update(lead=bank)
    for step in STEPS:
        make.step(following, step)
    client.force_login(make.official(Role.MEMBER, plan.district, agency=bank))

    _answer, shown = listed(client)
    agencies = client.get(reverse("desk:interventions") + "?by=agency")

    assert shown[0].lead == bank
    assert agencies.context["agencies"][0].agency == bank


# By what a due day was moved, and whether to a day gone by.
GONE, AHEAD = -30, 60
STORIES = {
    "never": [],
    "by a report": [(reported, AHEAD)],
    "by a report to a day gone by": [(reported, GONE)],
    "by an amendment": [(amended, AHEAD)],
    "by a report, then an amendment": [(reported, GONE), (amended, AHEAD)],
    "by an amendment, then a report": [(amended, AHEAD), (reported, GONE)],
    "by a report, then kept": [(reported, GONE), (amended, None)],
}


@pytest.mark.parametrize("moves", STORIES.values(), ids=STORIES)
@pytest.mark.parametrize("first", [-400, 400])
def test_overdue_and_slipped_are_alike_in_the_database_and_on_the_page(moves, first):
    set_on = {"start_on": None, "due_on": in_days(first), "due_moved": "So."}
    plan = amended(make.plan(Status.PUBLISHED), **set_on)
    for at, (move, day) in enumerate(moves):
        if move is reported:
            due_on = in_days(day)
            reported(plan, (Q1, Q2)[at], due_on=due_on, reason="The bid failed.")
        elif day is None:
            plan = amended(plan)
        else:
            plan = amended(plan, due_on=in_days(day), due_moved="The land came late.")
    person = make.holder_of(Role.RA_OFFICER, plan.district)

    rows = in_charge(person)
    lines = lines_of(list(rows.select_related("plan")))

    late = {line.intervention.pk for line in lines if line.is_overdue}
    slipped = {line.intervention.pk for line in lines if line.moves.times}
    assert set(rows.filter(is_overdue()).values_list("pk", flat=True)) == late
    assert set(rows.filter(has_slipped()).values_list("pk", flat=True)) == slipped


def test_what_is_completed_or_dropped_is_never_overdue(plan):
    row = plan.interventions.first()
    reported(plan, due_on=in_days(-5), reason="The rains.")
    person = make.holder_of(Role.RA_OFFICER, plan.district)
    assert in_charge(person).filter(is_overdue(), pk=row.pk).exists()

    reported(plan, Q2.next, status="dropped")

    assert not in_charge(person).filter(is_overdue(), pk=row.pk).exists()


def test_the_whole_list_can_be_downloaded_as_it_is_narrowed(client, plan):
    row = plan.interventions.first()
    reported(plan, released=90 * LAKH, due_on=in_days(40), reason="The rains.")
    officer(client, plan)

    answer = client.get(reverse("desk:interventions-csv") + "?slipped=yes")

    assert answer["Content-Disposition"] == 'attachment; filename="interventions.csv"'
    lines = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    (found,) = [line for line in lines if row.action in line]
    assert found[:2] == [plan.district.state.name, plan.district.name]
    assert str(90 * LAKH) in found
    assert found[-3:] == [str(in_days(40)), "1", "The rains."]


def test_who_reports_finds_the_way_to_the_quarter(client, plan):
    officer(client, plan)
    query = f"?district={plan.district_id}&status=not_started"

    text = listed(client, query)[0].text
    assert f'/interventions/?district={plan.district_id}">Report on them' in text

    officer(client, plan, Role.STATE_OFFICER)
    assert "Report on them" not in listed(client)[0].text


def test_the_public_sees_status_money_and_every_slip_with_its_reason(client, plan):
    row = plan.interventions.first()
    reported(plan, Q1, due_on=row.due_on + dt.timedelta(days=9), reason="The rains.")
    reported(
        plan,
        Q2,
        due_on=in_days(-5),
        reason="The bid failed.",
        released=90 * LAKH,
        spent=45 * LAKH,
    )
    place = plan.district

    for name in ("plan", "district"):
        text = client.get(reverse(name, args=[place.state.slug, place.slug])).text
        told = text.partition(f'id="intervention-{row.pk}"')[2].partition("</tr>")[0]
        words = ["#p-off", "In progress", "5 days overdue", "40 % done, Q2 2026-27"]
        words += ["₹ 45 lakh</span> of", "₹ 90 lakh</span>"]
        words += ["The rains.", "The bid failed."]
        assert [word for word in words if word not in told] == []


def test_without_any_intervention_the_page_says_so(client):
    client.force_login(make.official(Role.RA_OFFICER, make.district()))

    assert "No intervention of a plan in force matches." in listed(client)[0].text


@pytest.mark.parametrize("more", [0, 5])
@pytest.mark.parametrize(("query", "queries"), [("", 10), ("?by=agency", 9)])
def test_the_list_takes_a_fixed_number_of_queries(
    client, more, query, queries, django_assert_num_queries
):
    place = make.district()
    for _ in range(more + 1):
        other = make.district(ra=place.regional_authority(), state=place.state)
        reported(make.plan(Status.PUBLISHED, other))
    client.force_login(make.holder_of(Role.RA_OFFICER, place))
    address = reverse("desk:interventions") + query

    with django_assert_num_queries(queries):
        client.get(address)
