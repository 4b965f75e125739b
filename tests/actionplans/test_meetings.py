"""The committee of a district, its meetings and what they decided."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.models import Committee, Decision, Meeting
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
ABSENT = {f"seat_{number}": "absent" for number in range(1, 14)}
QUORUM = {"seat_1": "present", "seat_2": "present", "seat_3": "delegate"}


def of_district(name, place):
    return reverse(f"desk:{name}", args=[place.state.slug, place.slug])


def of_meeting(name, held, *more):
    return reverse(f"desk:{name}", args=[held.pk, *more])


def signed_in(client, place, role=Role.CONVENER):
    person = make.holder_of(role, place)
    client.force_login(person)
    return person


def held(**values):
    return {
        "number": 1,
        "held_on": str(timezone.localdate()),
        "mode": "in_person",
        "agenda": "1. The plan",
        **ABSENT,
        **QUORUM,
        **values,
    }


def decision(**values):
    return {
        "number": 1,
        "kind": "action",
        "text": "The laboratory is to be built.",
        "status": "open",
        **values,
    }


def order(**values):
    seats = {f"seat-{number}-office": f"Office {number}" for number in range(1, 13)}
    return {
        "constituted_on": "2021-05-01",
        "order_number": "DM/44",
        "months_between": "3",
        "revision": 0,
        "seat-13-vacant_since": "2024-05-01",
        **seats,
        **values,
    }


def test_a_committee_is_recorded_with_its_thirteen_seats(client):
    place = make.district()
    person = signed_in(client, place)

    response = client.post(of_district("committee-edit", place), order(), follow=True)

    assertRedirects(response, of_district("committee", place))
    board = Committee.objects.get(district=place)
    assert board.seats.count() == 13
    assert board.recorded_by == person.current_appointments[0]
    assertContains(response, "Office 12")
    assertContains(response, "Vacant since 1 May 2024")
    assertContains(response, "every 3 months")


def test_no_cadence_is_said_to_be_not_set(client):
    place = make.district()
    make.committee(place)
    signed_in(client, place)

    response = client.get(of_district("committee", place))

    assertContains(response, "Not set: no law sets how often")


def test_a_district_without_committee_says_so_and_how_to_record_one(client):
    place = make.district()
    signed_in(client, place)

    response = client.get(of_district("committee", place))

    assertContains(response, "No committee is recorded")
    assertContains(response, of_district("committee-edit", place))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"constituted_on": ""}, "This field is required."),
        ({"constituted_on": "2099-01-01"}, "This day lies in the future."),
        ({"constituted_on": "2001-01-01"}, "On this day the district did not exist."),
        ({"months_between": "0"}, "Leave it empty, or give at least a month."),
        ({"seat-1-vacant_since": "2024-01-01"}, "Name the office that holds the seat"),
        ({"seat-2-vacant_since": "lately"}, "Enter a valid date."),
    ],
)
def test_a_committee_that_cannot_be_is_refused_and_kept(client, values, sentence):
    place = make.district(since=dt.date(2010, 1, 1))
    signed_in(client, place)

    response = client.post(of_district("committee-edit", place), order(**values))

    assertContains(response, sentence)
    assertContains(response, "Office 12")
    assert not Committee.objects.exists()


def test_a_committee_changed_meanwhile_is_not_overwritten(client):
    place = make.district()
    make.committee(place)
    signed_in(client, place)
    client.post(of_district("committee-edit", place), order(order_number="DM/1"))

    response = client.post(
        of_district("committee-edit", place), order(order_number="DM/2")
    )

    assertContains(response, "Somebody else saved this meanwhile.")
    assertContains(response, "DM/1")
    assert Committee.objects.get().order_number == "DM/1"


def test_a_meeting_held_is_recorded_with_attendance_and_quorum(client):
    place = make.district()
    make.committee(place)
    person = signed_in(client, place)

    response = client.post(of_district("meeting-new", place), held(), follow=True)

    meeting = Meeting.objects.get()
    assertRedirects(response, of_meeting("meeting", meeting))
    assert meeting.present() == {1, 2, 3}
    assert meeting.attendance.count() == 13
    assert meeting.recorded_by == person.current_appointments[0]
    assertContains(response, "With quorum.")
    assertContains(response, "chair, Regional Authority and convener must be present")


def test_without_the_convener_there_is_no_quorum(client):
    place = make.district()
    make.committee(place)
    signed_in(client, place)

    response = client.post(
        of_district("meeting-new", place), held(seat_3="absent"), follow=True
    )

    assertContains(response, "Without quorum.")


def test_the_number_that_the_state_asks_for_is_kept_with_the_meeting(client):
    place = make.district(state=make.state(quorum=7))
    make.committee(place)
    signed_in(client, place)

    response = client.post(of_district("meeting-new", place), held(), follow=True)

    assert Meeting.objects.get().quorum == 7
    assertContains(response, "Without quorum.")
    assertContains(response, "The State asks for 7 seats")


def test_the_next_number_and_what_is_still_open_are_proposed(client):
    place = make.district()
    first = make.meeting(place)
    first.decisions.create(number=1, kind="action", text="Build the shed.")
    first.decisions.create(number=2, kind="action", text="Done.", status="done")
    signed_in(client, place)

    response = client.get(of_district("meeting-new", place))

    assertContains(response, 'value="2"')
    assertContains(response, "1/1: Build the shed.")
    assertNotContains(response, "1/2")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"held_on": "2099-01-01"}, "Record a meeting once it is held"),
        ({"held_on": "2019-01-01"}, "the committee was not constituted yet"),
        ({"notice_on": "2099-01-01"}, "A notice goes out before the meeting."),
        ({"mode": "by pigeon"}, "Select a valid choice."),
        ({"number": "many"}, "Enter a whole number."),
        ({"seat_4": "asleep"}, "Select a valid choice."),
        ({"seat_4": ""}, "This field is required."),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_and_kept(client, values, sentence):
    place = make.district()
    make.committee(place)
    signed_in(client, place)

    response = client.post(of_district("meeting-new", place), held(**values))

    assertContains(response, sentence)
    assertContains(response, "1. The plan")
    assert not Meeting.objects.exists()


def test_a_meeting_sent_twice_is_one_meeting(client):
    place = make.district()
    make.committee(place)
    signed_in(client, place)
    client.post(of_district("meeting-new", place), held())

    response = client.post(of_district("meeting-new", place), held())

    assertContains(response, "This meeting number is taken.")
    assert Meeting.objects.count() == 1


def test_meetings_come_after_the_committee(client):
    place = make.district()
    signed_in(client, place)

    response = client.get(of_district("meeting-new", place), follow=True)

    assertContains(response, "Record the committee first")


def test_a_meeting_can_be_corrected(client):
    place = make.district()
    meeting = make.meeting(place)
    signed_in(client, place)

    page = client.get(of_meeting("meeting-edit", meeting))
    client.post(
        of_meeting("meeting-edit", meeting), held(agenda="2. Ports", seat_3="absent")
    )

    assert page.context["form"]["seat_12"].initial == "present"
    meeting = Meeting.objects.get()
    assert meeting.agenda == "2. Ports"
    assert meeting.present() == {1, 2}


def test_a_decision_is_recorded(client):
    meeting = make.meeting(make.district())
    signed_in(client, meeting.committee.district)

    response = client.post(
        of_meeting("decision-new", meeting),
        decision(owner=make.agency().pk, due_on="2027-01-31", dissent="The bank."),
        follow=True,
    )

    assertRedirects(response, of_meeting("meeting", meeting))
    assertContains(response, "The laboratory is to be built.")
    assertContains(response, "Dissent: The bank.")


def test_adopting_means_the_plan_that_is_being_prepared(client):
    plan = make.plan(Status.ASSESSED)
    meeting = make.meeting(plan.district)
    signed_in(client, plan.district)

    client.post(of_meeting("decision-new", meeting), decision(kind="adoption"))

    assert Decision.objects.get().plan == plan


def test_without_a_plan_in_preparation_none_is_adopted(client):
    meeting = make.meeting(make.district())
    signed_in(client, meeting.committee.district)

    response = client.post(
        of_meeting("decision-new", meeting), decision(kind="adoption")
    )

    assertContains(response, "No plan of this district is being prepared")
    assertContains(response, "The laboratory is to be built.")


def test_another_kind_of_decision_names_no_plan(client):
    plan = make.plan(Status.ASSESSED)
    meeting = make.meeting(plan.district)
    signed_in(client, plan.district)
    client.post(of_meeting("decision-new", meeting), decision(kind="adoption"))

    client.post(of_meeting("decision-edit", meeting, 1), decision(kind="review"))

    assert Decision.objects.get().plan is None


def test_a_decision_sent_twice_is_one_decision(client):
    meeting = make.meeting(make.district())
    signed_in(client, meeting.committee.district)
    client.post(of_meeting("decision-new", meeting), decision())

    response = client.post(of_meeting("decision-new", meeting), decision())

    assertContains(response, "This decision number is taken.")
    assert meeting.decisions.count() == 1


@pytest.mark.parametrize("values", [{"text": ""}, {"kind": "dance"}, {"due_on": "?"}])
def test_a_decision_that_cannot_be_is_refused(client, values):
    meeting = make.meeting(make.district())
    signed_in(client, meeting.committee.district)

    response = client.post(
        of_meeting("decision-new", meeting), decision(dissent="The bank.") | values
    )

    assertContains(response, "The bank.")
    assert not meeting.decisions.exists()


def test_what_an_adoption_rests_on_stays_as_it_was_recorded(client):
    plan = make.plan(Status.ADOPTED)
    meeting = plan.events.get(action=Action.ADOPT).decision.meeting
    signed_in(client, plan.district)
    pages = [
        (of_meeting("meeting-edit", meeting), held(agenda="Another")),
        (of_meeting("decision-edit", meeting, 1), decision(text="Another")),
        (of_meeting("meeting-minutes", meeting), {}),
    ]

    for page, values in pages:
        response = client.post(page, values, follow=True)
        assertContains(response, "An adoption rests on this meeting")
    assert meeting.decisions.get().text == "The plan is adopted."
    # Further decisions may still be typed.
    client.post(of_meeting("decision-new", meeting), decision(number=2))
    assert meeting.decisions.count() == 2


def test_a_decision_that_does_not_exist_is_not_found(client):
    meeting = make.meeting(make.district())
    signed_in(client, meeting.committee.district)

    assert client.get(of_meeting("decision-edit", meeting, 9)).status_code == 404


def keeping(place):
    """The pages that only those see who keep the committee."""
    meeting = make.meeting(place)
    meeting.decisions.create(number=1, kind="action", text="Build the shed.")
    return [
        of_district("committee-edit", place),
        of_district("meeting-new", place),
        of_meeting("meeting-edit", meeting),
        of_meeting("meeting-minutes", meeting),
        of_meeting("decision-new", meeting),
        of_meeting("decision-edit", meeting, 1),
    ], [of_district("committee", place), of_meeting("meeting", meeting)]


@pytest.mark.parametrize("method", ["get", "post"])
def test_committees_are_kept_by_those_who_convene(client, method):
    place = make.district()
    kept, read = keeping(place)
    visit = getattr(client, method)

    assert {visit(page).status_code for page in kept} == {302}
    client.force_login(make.official(Role.CONVENER, make.district()))
    assert {visit(page).status_code for page in kept} == {404}
    assert {client.get(page).status_code for page in read} == {404}
    for role in (Role.MEMBER, Role.STAFF, Role.STATE_OFFICER, Role.AUDITOR):
        client.force_login(make.official(role, place))
        assert {visit(page).status_code for page in kept} == {403}
        assert {client.get(page).status_code for page in read} == {200}


@pytest.mark.parametrize("role", [Role.CONVENER, Role.CHAIR, Role.RA_OFFICER])
def test_convener_chair_and_regional_authority_convene(client, role):
    place = make.district()
    kept, _read = keeping(place)
    signed_in(client, place, role)

    assert {client.get(page).status_code for page in kept} == {200}


def test_headquarters_convenes_where_the_posts_are_vacant(client):
    place = make.district()
    make.committee(place)
    officer = make.official(Role.HQ_OFFICER)
    client.force_login(officer)

    client.post(of_district("meeting-new", place), held())

    assert Meeting.objects.get().recorded_by == officer.current_appointments[0]


@pytest.mark.parametrize("meetings", [1, 8])
def test_a_committee_takes_the_same_queries_however_often_it_met(
    client, meetings, django_assert_num_queries
):
    place = make.district()
    for _ in range(meetings):
        make.meeting(place).decisions.create(number=1, kind="review", text="So.")
    signed_in(client, place)

    # Session, user, appointments, district, committee, seats, meetings with
    # attendance, seats and decisions.
    with django_assert_num_queries(10):
        client.get(of_district("committee", place))


@pytest.mark.parametrize("decisions", [1, 8])
def test_a_meeting_takes_the_same_queries_however_much_it_decided(
    client, decisions, django_assert_num_queries
):
    meeting = make.meeting(make.district())
    for number in range(decisions):
        meeting.decisions.create(number=number, kind="review", text="So.")
    signed_in(client, meeting.committee.district)

    # Session, user, appointments, meeting, attendance, district, use, decisions.
    with django_assert_num_queries(8):
        client.get(of_meeting("meeting", meeting))


def test_the_name_of_an_office_is_never_markup(client):
    place = make.district()
    make.committee(place).seats.filter(number=1).update(office="<script>alert(1)")
    signed_in(client, place)

    for page in ("meeting-new", "committee", "committee-edit"):
        assertNotContains(client.get(of_district(page, place)), "<script>alert")
