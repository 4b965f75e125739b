"""Who holds which post over a district, and how headquarters gives and ends posts."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans.people import NEEDED, posts, vacancies
from portal.accounts import second_factor
from portal.accounts.models import Appointment, User
from portal.models import Change
from portal.terms import Action, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked_lately(monkeypatch):
    """As if the second factor had just been given."""
    monkeypatch.setattr("actionplans.desk.people.was_asked_lately", lambda _: True)


@pytest.fixture
def place():
    return make.district("Barmer")


def url(place, name="people", *args):
    return reverse(f"desk:{name}", args=[place.state.slug, place.slug, *args])


def appointing(person, **values):
    return {
        "role": Role.CONVENER,
        "email": person.email,
        "order_number": "12/2026",
        "since": "2026-04-01",
        "seat": "",
        "agency": "",
        **values,
    }


def post_of(person):
    return person.appointments.get()


# Who holds what


def test_the_posts_of_a_district_come_with_their_holders(place):
    officer = make.official(Role.RA_OFFICER, place)
    chair = make.official(Role.CHAIR, place)
    make.official(Role.CONVENER, make.district())
    left = make.official(Role.STAFF, place, until=dt.date(2025, 1, 1))
    closed = make.official(Role.MEMBER, place)
    User.objects.filter(pk=closed.pk).update(is_active=False)

    found = {post.role: [a.user for a in post.holders] for post in posts(place)}

    assert found[Role.RA_OFFICER] == [officer]
    assert found[Role.CHAIR] == [chair]
    assert found[Role.CONVENER] == found[Role.STAFF] == found[Role.MEMBER] == []
    assert left.pk != officer.pk


def test_only_needed_posts_are_vacant_and_since_the_last_holder_left(place):
    make.official(Role.CONVENER, place, until=dt.date(2025, 1, 1))
    make.official(Role.CONVENER, place, until=dt.date(2026, 3, 1))

    vacant = {post.role: post.since for post in posts(place) if post.is_vacant}

    assert vacant == {
        Role.RA_OFFICER: None,
        Role.CONVENER: dt.date(2026, 3, 1),
        Role.CHAIR: None,
    }


def test_vacancies_are_those_of_the_posts(place):
    other = make.district()
    orphan = make.district(ra=None)
    make.official(Role.RA_OFFICER, place)
    make.official(Role.CONVENER, other)
    make.official(Role.CHAIR, orphan)
    make.official(Role.CHAIR, place, until=timezone.localdate())
    places = [place, other, orphan]

    found = vacancies([one.pk for one in places])

    assert found == {
        place.pk: [Role.CONVENER, Role.CHAIR],
        other.pk: [Role.RA_OFFICER, Role.CHAIR],
        orphan.pk: [Role.RA_OFFICER, Role.CONVENER],
    }
    for one in places:
        vacant = [post.role for post in posts(one) if post.is_vacant]
        assert vacant == found[one.pk]


@pytest.mark.parametrize("districts", [1, 6])
def test_vacancies_take_two_queries(districts, django_assert_num_queries):
    places = [make.district().pk for _ in range(districts)]

    with django_assert_num_queries(2):
        assert len(vacancies(places)) == districts
    assert vacancies([]) == {}
    assert set(NEEDED) == {Role.RA_OFFICER, Role.CONVENER, Role.CHAIR}


# The page


def test_officials_of_the_district_see_names_vacancies_and_history(client, place):
    make.appointment(
        make.user("A. Convener"), Role.CONVENER, place, order_number="7/2024"
    )
    make.appointment(
        make.user("B. Before"), Role.CHAIR, place, until=dt.date(2025, 6, 1)
    )
    client.force_login(make.official(Role.MEMBER, place))

    page = client.get(url(place))

    for words in ("A. Convener", "7/2024", "B. Before", "vacant", "since 1 Jun 2025"):
        assert words in page.text
    assert "Appoint somebody" not in page.text


def test_strangers_and_officials_of_elsewhere_see_nothing(client, place):
    post = post_of(make.official(Role.CONVENER, place))
    addresses = [
        url(place),
        url(place, "appoint"),
        url(place, "appointment-end", post.pk),
    ]
    for address in addresses:
        assert client.get(address).status_code == 302
    client.force_login(make.official(Role.RA_OFFICER, make.district()))
    for address in addresses:
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HQ_ADMIN])
def test_only_headquarters_administrators_appoint(client, place, role):
    post = post_of(make.official(Role.STAFF, place))
    client.force_login(make.official(role, place))

    for address in (url(place, "appoint"), url(place, "appointment-end", post.pk)):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403


@pytest.mark.parametrize("people", [1, 8])
def test_the_page_takes_seven_queries_however_many_people(
    client, place, people, django_assert_num_queries
):
    for _ in range(people):
        make.official(Role.MEMBER, place)
        make.official(Role.STAFF, place, until=dt.date(2025, 1, 1))
    client.force_login(make.official(Role.HQ_ADMIN))

    with django_assert_num_queries(3 + 4):  # who asks; district, posts, before, office
        client.get(url(place))


def test_the_office_without_a_record_is_named_as_missing(client):
    place = make.district(ra=None)
    client.force_login(make.official(Role.HQ_ADMIN))

    assert "No Regional Authority is recorded" in client.get(url(place)).text


# Appointing


def test_the_second_factor_is_asked_again_and_what_was_typed_waits(
    client, place, monkeypatch
):
    person = make.user()
    client.force_login(make.official(Role.HQ_ADMIN))
    address = url(place, "appoint")

    response = client.post(address, appointing(person))

    assert response.status_code == 302
    assert "reauthenticate" in response.url
    assert not person.appointments.exists()
    monkeypatch.setattr("actionplans.desk.people.was_asked_lately", lambda _: True)
    page = client.get(address)
    assert person.email in page.text
    assert "12/2026" in page.text
    assert second_factor.FRESH_SECONDS == 300


def test_headquarters_appoints_and_it_is_recorded(client, place, asked_lately):
    person, chief = make.user("C. Newcomer"), make.official(Role.HQ_ADMIN)
    client.force_login(chief)

    page = client.post(url(place, "appoint"), appointing(person), follow=True)

    assert "C. Newcomer is appointed: Convener of the DEPC." in page.text
    post = post_of(person)
    assert (post.district, post.order_number) == (place, "12/2026")
    assert (post.since, post.until) == (dt.date(2026, 4, 1), None)
    assert post.appointed_by == chief
    change = Change.objects.get()
    assert (change.register, change.row) == ("accounts.appointment", str(post.pk))
    assert (change.after, change.changed_by) == ("C. Newcomer", chief)
    assert User.objects.get(pk=person.pk).may(Action.CONVENE, place)


@pytest.mark.parametrize(
    ("role", "field"),
    [
        (Role.RA_OFFICER, "ra"),
        (Role.STATE_OFFICER, "state"),
        (Role.CHAIR, "district"),
        (Role.STAFF, "district"),
    ],
)
def test_a_post_covers_the_place_of_its_role(client, place, asked_lately, role, field):
    person = make.user()
    client.force_login(make.official(Role.HQ_ADMIN))

    data = appointing(person, role=role, seat="5", since=str(timezone.localdate()))
    client.post(url(place, "appoint"), data)

    post = post_of(person)
    covered = {"ra": place.regional_authority(), "state": place.state}
    assert getattr(post, field) == covered.get(field, place)
    assert post.seat is None
    assert place in User.objects.get(pk=person.pk).charge([role])


def test_a_member_may_have_a_seat_and_an_agency(client, place, asked_lately):
    person, bank = make.user(), make.agency("Lead bank")
    client.force_login(make.official(Role.HQ_ADMIN))

    data = appointing(person, role=Role.MEMBER, seat="5", agency=bank.pk)
    client.post(url(place, "appoint"), data)

    assert (post_of(person).seat, post_of(person).agency) == (5, bank)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, place, asked_lately):
    chief = make.official(Role.HQ_ADMIN)
    closed = make.user(is_active=False)
    holder = make.official(Role.CONVENER, place)
    client.force_login(chief)
    refused = [
        (appointing(chief), "Nobody appoints themselves."),
        (appointing(closed), "The account under this address is closed."),
        (appointing(holder), "They hold this post already."),
        (appointing(closed, email="x@y.example"), "Nobody has an account under"),
        (appointing(make.user(), order_number=""), "This field is required."),
        (appointing(make.user(), since="soon"), "Enter a valid date."),
        (appointing(make.user(), role="hq_admin"), "Select a valid choice."),
        (appointing(make.user(), role="nobody"), "Select a valid choice."),
        (appointing(make.user(), seat="14"), "Select a valid choice."),
    ]
    before = Appointment.objects.count()

    for data, sentence in refused:
        page = client.post(url(place, "appoint"), data)
        assert sentence in page.text, data
        assert data["email"] in page.text
    assert Appointment.objects.count() == before


def test_without_an_authority_nobody_becomes_its_officer(client, asked_lately):
    place = make.district(ra=None)
    client.force_login(make.official(Role.HQ_ADMIN))

    data = appointing(make.user(), role=Role.RA_OFFICER)
    page = client.post(url(place, "appoint"), data)

    assert "Select a valid choice." in page.text


# Ending


def test_headquarters_ends_a_post_from_a_day_on(client, place, asked_lately):
    person = make.official(Role.CONVENER, place)
    post = post_of(person)
    chief = make.official(Role.HQ_ADMIN)
    client.force_login(chief)
    today = timezone.localdate()

    data = {"until": str(today), "reason": "Transferred by order 9/2026"}
    page = client.post(url(place, "appointment-end", post.pk), data, follow=True)

    assert "no longer holds the post from" in page.text
    post.refresh_from_db()
    assert post.until == today
    assert not User.objects.get(pk=person.pk).charge()
    change = Change.objects.get()
    assert (change.field, change.before, change.after) == ("until", "", str(today))
    assert (change.reason, change.changed_by) == ("Transferred by order 9/2026", chief)


def test_an_end_needs_a_day_after_the_start_and_a_reason(client, place, asked_lately):
    post = post_of(make.official(Role.CONVENER, place))
    client.force_login(make.official(Role.HQ_ADMIN))
    refused = [
        ({"until": "2020-01-01", "reason": "x"}, "cannot end before it starts"),
        ({"until": "", "reason": "x"}, "This field is required."),
        ({"until": "2026-01-01", "reason": ""}, "This field is required."),
        ({"until": "soon", "reason": "x"}, "Enter a valid date."),
    ]

    for data, sentence in refused:
        page = client.post(url(place, "appointment-end", post.pk), data)
        assert sentence in page.text, data
    post.refresh_from_db()
    assert post.until is None


def test_a_post_that_covers_more_districts_says_so(client, place, asked_lately):
    post = post_of(make.official(Role.RA_OFFICER, place))
    client.force_login(make.official(Role.HQ_ADMIN))

    page = client.get(url(place, "appointment-end", post.pk))

    assert "it ends in all of them" in page.text


def test_ended_posts_and_those_of_elsewhere_are_not_found(client, place, asked_lately):
    ended = post_of(make.official(Role.CHAIR, place, until=dt.date(2025, 1, 1)))
    other = post_of(make.official(Role.CHAIR, make.district()))
    national = post_of(make.official(Role.AUDITOR))
    client.force_login(make.official(Role.HQ_ADMIN))

    for post in (ended, other, national):
        address = url(place, "appointment-end", post.pk)
        assert client.get(address).status_code == 404


def test_nobody_ends_their_own_post(client, place, asked_lately):
    chief = make.official(Role.HQ_ADMIN)
    own = make.appointment(chief, Role.CONVENER, place)
    client.force_login(chief)

    assert client.post(url(place, "appointment-end", own.pk)).status_code == 403


def test_ending_asks_for_the_second_factor_again(client, place):
    post = post_of(make.official(Role.CONVENER, place))
    client.force_login(make.official(Role.HQ_ADMIN))

    for method in (client.get, client.post):
        response = method(url(place, "appointment-end", post.pk))
        assert "reauthenticate" in response.url
