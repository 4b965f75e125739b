"""What waits for whom, by when, and in how few queries."""

import datetime as dt

import pytest
from django.urls import reverse

from actionplans import stages, workflow
from actionplans.blockers import Details
from actionplans.deadlines import Urgency, urgency
from actionplans.glance import glances
from actionplans.models import Correction, Erratum
from actionplans.waiting_rows import Kind
from actionplans.worklist import Wanted, waits_in, worklist
from districts.models import District, State
from portal.accounts.models import User
from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.quarters import Q1, Q2, filed, given, in_force, typed

pytestmark = pytest.mark.django_db
ANY = Wanted()


def again(person):
    """The same person with a new request, who sees what changed since."""
    return User.objects.get(pk=person.pk)


def waits(role, place, **values):
    """What waits in the district for somebody new in that role."""
    person = make.official(role, place, **values)
    return [item.what for item in waits_in(place, person)]


@pytest.mark.parametrize(
    ("status", "role", "what"),
    [
        (Status.DRAFT, Role.CONVENER, "Complete the draft and submit it"),
        (Status.DRAFT, Role.RA_OFFICER, "Complete the draft and submit it"),
        (Status.DRAFT, Role.STAFF, "Complete the draft"),
        (Status.UNDER_ASSESSMENT, Role.RA_OFFICER, "Assess the draft plan"),
        (Status.ASSESSED, Role.CHAIR, "Adopt the plan"),
        (
            Status.ASSESSED,
            Role.CONVENER,
            "Put the plan to the committee and record its adoption",
        ),
        (Status.RECORDED, Role.CHAIR, "Confirm the adoption"),
        (Status.RECORDED, Role.STATE_OFFICER, "Confirm the adoption"),
        (Status.RECORDED, Role.HQ_OFFICER, "Confirm the adoption"),
        (Status.ADOPTED, Role.RA_OFFICER, "Publish the plan"),
        (Status.ADOPTED, Role.HQ_OFFICER, "Publish the plan"),
        (Status.UNSTRUCTURED, Role.CONVENER, "Structure the plan"),
        (Status.UNSTRUCTURED, Role.RA_OFFICER, "Structure the plan"),
        (Status.UNSTRUCTURED, Role.STAFF, "Structure the plan"),
        (
            Status.TRANSCRIBED,
            Role.STATE_OFFICER,
            "Check the transcription and confirm it",
        ),
        (Status.TRANSCRIBED, Role.RA_OFFICER, "Check the transcription and confirm it"),
    ],
)
def test_a_plan_waits_for_who_may_take_its_next_step(status, role, what):
    assert waits(role, make.plan(status).district) == [what]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MEMBER, Role.HQ_ADMIN])
def test_nothing_waits_for_who_takes_no_step(status, role):
    assert waits(role, make.plan(status).district) == []


def test_a_returned_draft_says_so():
    plan = make.plan(Status.UNDER_ASSESSMENT)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    said = Details(note="The baseline has no source.", reason_codes=["baseline"])
    workflow.take(plan, Action.RETURN, by=officer, details=said)

    assert waits(Role.CONVENER, plan.district) == [
        "Mend the returned draft and submit it"
    ]
    assert waits(Role.STAFF, plan.district) == ["Mend the returned draft"]


def test_nobody_assesses_what_they_submitted_so_it_does_not_wait_for_them():
    plan = make.complete(make.draft())
    officer = make.official(Role.RA_OFFICER, plan.district)
    workflow.take(plan, Action.SUBMIT, by=officer)

    assert waits_in(plan.district, again(officer)) == []
    assert waits(Role.RA_OFFICER, plan.district) == ["Assess the draft plan"]


def test_an_endorsement_waits_until_the_state_spoke_or_its_time_is_over(on_day):
    plan = make.complete(make.draft())
    State.objects.update(officers_endorse_plans=True)
    make.step(plan, Action.SUBMIT)
    officer = make.official(Role.STATE_OFFICER, plan.district)

    (item,) = waits_in(plan.district, again(officer))
    assert item.what == "Endorse the draft plan"
    assert item.due_on == dt.date(2026, 12, 22)

    on_day(2026, 12, 22)
    assert waits_in(plan.district, again(officer)) == []

    on_day(2026, 11, 23)
    workflow.take(plan, Action.ENDORSE, by=officer)
    assert waits_in(plan.district, again(officer)) == []


def test_a_district_without_a_plan_waits_for_one_to_be_started():
    place = make.district()

    assert waits(Role.CONVENER, place) == ["Start the plan"]
    make.draft(place)
    assert waits(Role.CONVENER, place) == ["Complete the draft and submit it"]


def test_an_old_plan_has_no_due_date_and_comes_last():
    ra = make.regional_authority()
    old = make.recorded(make.district("Ajmer", ra=ra))
    make.district("Barmer", ra=ra)

    found = worklist(make.official(Role.RA_OFFICER, old.district)).groups(ANY)

    assert [group.items[0].what for group in found] == [
        "Start the plan",
        "Structure the plan",
    ]
    assert found[1].items[0].due_on is None
    assert found[1].items[0].url == old.get_absolute_url()


def test_a_district_with_an_old_plan_in_force_waits_for_no_other():
    for status in (Status.UNSTRUCTURED, Status.TRANSCRIBED):
        assert "Start the plan" not in waits(Role.CONVENER, make.plan(status).district)


def test_comments_wait_until_somebody_has_read_them():
    consultation = make.consultation(make.draft())
    first, second = make.comment(consultation), make.comment(consultation)
    place = consultation.plan.district

    assert "Read 2 comments on the draft" in waits(Role.CONVENER, place)
    assert not [what for what in waits(Role.MEMBER, place) if "comment" in what]
    type(second).objects.filter(pk=second.pk).update(status="shown")
    assert "Read 1 comment on the draft" in waits(Role.RA_OFFICER, place)
    type(first).objects.filter(pk=first.pk).update(status="shown")
    assert not [what for what in waits(Role.RA_OFFICER, place) if "comment" in what]


@pytest.mark.parametrize("kind", ["correction", "erratum"])
def test_what_another_office_asks_to_put_right_waits_for_who_may_decide(kind):
    plan = make.plan(Status.ADOPTED)
    asked = putting_right(plan, kind)

    (item,) = [
        item
        for item in waits_in(plan.district, make.official(Role.CHAIR, plan.district))
        if item.kind == kind
    ]

    assert item.url == reverse(f"desk:{kind}", args=[asked.pk])
    assert item.detail == "Another office asks for it."
    who_asked = make.holder_of(Role.RA_OFFICER, plan.district)
    kinds = [item.kind for item in waits_in(plan.district, again(who_asked))]
    assert kind not in kinds


def putting_right(plan, kind):
    """What the officer of the Regional Authority asks."""
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    by = {
        "district": plan.district,
        "reason": "It was typed wrongly.",
        "recorded_by": officer.current_appointments[0],
    }
    if kind == "correction":
        event = plan.events.get(action=Action.ASSESS)
        return Correction.objects.create(event=event, effective_on="2026-11-20", **by)
    return Erratum.objects.create(
        plan=plan, section=1, wrong="Plain words", right="Plainer words", **by
    )


# Reports


def test_reports_are_owed_from_the_quarter_in_which_the_plan_came_into_force(on_day):
    place = in_force(on_day).district

    assert waits(Role.RA_OFFICER, place) == [
        "File the Q1 2026-27 report",
        "File the Q2 2026-27 report",
    ]
    filed(place, Q1)
    assert waits(Role.RA_OFFICER, place) == ["File the Q2 2026-27 report"]
    filed(place, Q2)
    assert waits(Role.RA_OFFICER, place) == []


def test_only_the_last_four_quarters_wait(on_day):
    place = in_force(on_day).district
    on_day(2028, 1, 1)

    assert [item[:12] for item in waits(Role.RA_OFFICER, place)] == [
        "File the Q4 ",
        "File the Q1 ",
        "File the Q2 ",
        "File the Q3 ",
    ]


def test_a_plan_published_after_the_quarter_owes_nothing_for_it(on_day):
    on_day(2026, 10, 1)
    place = make.plan(Status.PUBLISHED).district

    assert waits(Role.RA_OFFICER, place) == []


def test_an_annulled_plan_owes_no_report(on_day):
    plan = in_force(on_day)
    make.step(plan, Action.ANNUL)

    assert waits(Role.RA_OFFICER, plan.district) == ["Start the plan"]


def test_who_prepares_is_done_when_every_figure_is_entered(on_day):
    place = in_force(on_day).district
    filed(place, Q1)
    convener = make.holder_of(Role.CONVENER, place)

    (item,) = waits_in(place, again(convener))
    assert (item.what, item.detail) == ("Prepare the Q2 2026-27 report", "Not begun.")
    typed(place, Q2, [given(20_00)], by=convener)
    (item,) = waits_in(place, again(convener))
    assert item.detail == "1 of 4 figures are entered."
    typed(place, Q2, [given(20_00)] * 4, by=convener)
    assert waits_in(place, again(convener)) == []

    assert waits(Role.RA_OFFICER, place) == ["File the Q2 2026-27 report"]


# When


@pytest.mark.parametrize(
    ("status", "role", "days"),
    [
        (Status.DRAFT, Role.CONVENER, 30),
        (Status.UNDER_ASSESSMENT, Role.RA_OFFICER, 15),
        (Status.ASSESSED, Role.CHAIR, 30),
        (Status.RECORDED, Role.CHAIR, 15),
        (Status.ADOPTED, Role.RA_OFFICER, 15),
        (Status.TRANSCRIBED, Role.RA_OFFICER, 15),
    ],
)
def test_a_step_is_due_so_many_days_after_the_one_before(on_day, status, role, days):
    place = make.plan(status).district

    (item,) = waits_in(place, make.official(role, place))

    assert item.due_on == dt.date(2026, 11, 22) + dt.timedelta(days=days)


def test_a_report_is_due_fifteen_days_after_its_quarter(on_day):
    place = in_force(on_day).district

    due = [
        item.due_on for item in waits_in(place, make.official(Role.RA_OFFICER, place))
    ]

    assert due == [dt.date(2026, 7, 15), dt.date(2026, 10, 15)]


@pytest.mark.parametrize(
    ("days", "word"), [(-1, "overdue"), (0, "soon"), (7, "soon"), (8, "later")]
)
def test_what_is_due_within_a_week_is_soon(days, word):
    today = dt.date(2026, 11, 22)

    assert urgency(today + dt.timedelta(days=days), today) == word
    assert urgency(None, today) == Urgency.LATER


# The whole list


def test_districts_come_by_what_is_due_first_there(on_day):
    ra = make.regional_authority()
    on_day(2026, 11, 1)
    late = make.plan(Status.UNDER_ASSESSMENT, make.district("Barmer", ra=ra)).district
    make.district("Ajmer", ra=ra)
    on_day(2026, 11, 22)
    make.plan(Status.ADOPTED, make.district("Churu", ra=ra))

    found = worklist(make.official(Role.RA_OFFICER, late)).groups(ANY)

    assert [group.glance.district.name for group in found] == [
        "Barmer",
        "Churu",
        "Ajmer",
    ]


def test_an_official_sees_only_their_own_districts():
    mine = make.plan(Status.UNDER_ASSESSMENT).district
    make.plan(Status.UNDER_ASSESSMENT)

    found = worklist(make.official(Role.RA_OFFICER, mine))

    assert [item.district.pk for item in found.items] == [mine.pk]


def everything(on_day):
    """Something of every kind for the officers of one Regional Authority."""
    ra = make.regional_authority()
    kinds = [
        Status.DRAFT,
        Status.UNDER_ASSESSMENT,
        Status.ASSESSED,
        Status.RECORDED,
        Status.ADOPTED,
        Status.UNSTRUCTURED,
        Status.TRANSCRIBED,
    ]
    for status in kinds:
        plan = make.plan(status, make.district(ra=ra))
        if status == Status.DRAFT:
            make.comment(make.consultation(plan))
        if status == Status.ADOPTED:
            putting_right(plan, "erratum")
            make.intake(plan.district)
    make.district("Kanpur Nagar", name_hi="कानपुर नगर", ra=ra)
    in_force(on_day, make.district(ra=ra))
    return ra


def test_every_count_equals_the_list_it_opens(client, on_day):
    officer = make.official(Role.RA_OFFICER, everything(on_day))
    client.force_login(officer)

    found = worklist(again(officer))
    whole = client.get(reverse("desk:worklist")).context

    assert len(found.items) == len(whole["items"]) == sum(whole["counts"].values())
    assert set(whole["counts"]) >= {Kind.DRAFT, Kind.ASSESS, Kind.PUBLISH, Kind.REPORT}
    for due, count in (("overdue", whole["overdue"]), ("soon", whole["soon"])):
        opened = client.get(reverse("desk:worklist") + f"?due={due}")
        assert len(opened.context["items"]) == count
    for narrowed in ("", "q=district", "due=overdue", "q=nagar&due=later"):
        page = client.get(reverse("desk:worklist") + f"?{narrowed}").context
        for kind, count in page["counts"].items():
            opened = client.get(reverse("desk:worklist") + f"?{narrowed}&kind={kind}")
            assert len(opened.context["items"]) == count, (narrowed, kind)


def test_the_list_is_narrowed_by_the_address_bar(client, on_day):
    client.force_login(make.official(Role.RA_OFFICER, everything(on_day)))
    things = {
        "q=kanpur": 1,
        "q=कानपुर": 1,
        "q=nagar kanpur": 1,
        "q=nowhere": 0,
        "kind=publish": 1,
        "kind=nonsense": 11,
        "due=overdue": 2,
        "due=never": 11,
        "kind=report&due=later": 0,
        "page=99": 11,
    }

    for query, count in things.items():
        response = client.get(f"{reverse('desk:worklist')}?{query}")
        assert len(response.context["items"]) == count, query


@pytest.mark.parametrize("role", [Role.RA_OFFICER, Role.HQ_OFFICER])
@pytest.mark.parametrize("times", [1, 3])
def test_it_takes_three_queries_besides_who_asks(
    client, on_day, role, times, django_assert_num_queries
):
    for _ in range(times):
        ra = everything(on_day)
    client.force_login(make.official(role, ra))
    who_asks = 4 if role == Role.RA_OFFICER else 3  # session, user, posts, their places

    # What waits, the districts, and the tiles around theirs.
    with django_assert_num_queries(who_asks + 3):
        client.get(reverse("desk:worklist"))


def test_an_empty_list_is_a_sentence_and_a_way_on(client):
    client.force_login(make.official(Role.AUDITOR))

    response = client.get(reverse("desk:worklist"))

    assert "Nothing waits for you" in response.text


def test_a_stranger_is_asked_to_sign_in(client):
    response = client.get(reverse("desk:worklist"))

    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_somebody_without_a_post_sees_that_they_hold_none(client):
    client.force_login(make.user())

    response = client.get(reverse("desk:worklist"))

    assert "You hold no post today." in response.text


def test_only_get_is_taken(client):
    client.force_login(make.official(Role.AUDITOR))

    assert client.post(reverse("desk:worklist")).status_code == 405


# At a glance


def test_stage_and_freshness_are_those_of_the_public_pages(on_day):
    for status in Status:
        make.plan(status)
    bare = make.district()
    make.district_product(make.district())
    full, thin, behind = (in_force(on_day).district for _ in range(3))
    filed(full, Q2, [20_00] * 4)
    filed(thin, Q2)
    filed(behind, Q1, [20_00] * 4)
    known = stages.standings(District.objects.all())

    seen = {row.district.pk: row for row in glances(make.official(Role.AUDITOR))}

    assert seen.keys() == known.keys()
    for key, row in seen.items():
        expected = known[key]
        assert (row.stage, row.freshness, row.filed_on) == (
            expected.stage,
            expected.freshness,
            expected.filed_on,
        )
        assert len(row.owes) == expected.quarters[1]
        assert len(row.filed) == expected.quarters[0]
    assert seen[bare.pk].stage == stages.Stage.NONE


def test_the_newest_quarter_counts_who_owes_and_who_filed(client, on_day):
    ra = make.regional_authority()
    done = in_force(on_day, make.district(ra=ra)).district
    in_force(on_day, make.district(ra=ra))
    make.plan(Status.ADOPTED, make.district(ra=ra))
    filed(done, Q2)
    client.force_login(make.official(Role.RA_OFFICER, ra))

    response = client.get(reverse("desk:worklist"))

    progress = response.context["progress"]
    assert (progress.filed, progress.owed, progress.quarter) == (1, 2, Q2)
