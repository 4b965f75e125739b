"""What an official typed is kept when the session or the token is lost."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import ParkedPost
from portal.parking import form_id
from portal.terms import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make.plan()


@pytest.fixture
def convener(plan):
    return make.holder_of(Role.CONVENER, plan.district)


def section(plan):
    return reverse("desk:plan-section", args=[plan.pk, 1])


def sent(plan, user, **fields):
    return {"body": "Long words.", "form_id": form_id(user.pk, section(plan)), **fields}


def test_a_form_sent_after_the_session_ended_is_parked_and_offered(
    client, plan, convener
):
    response = client.post(section(plan), sent(plan, convener))

    parked = ParkedPost.objects.get()
    offer = reverse("parked", args=[parked.key])
    assert (
        response.url == f"{reverse('account_login')}?next={offer.replace('/', '%2F')}"
    )
    client.force_login(convener)
    page = client.get(offer)
    assert "Long words." in page.text
    assert f'action="{section(plan)}"' in page.text


def test_a_form_with_a_stale_token_is_parked_for_who_is_signed_in(plan, convener):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(convener)

    response = strict.post(section(plan), sent(plan, convener))

    assert response.url == reverse("parked", args=[ParkedPost.objects.get().key])


def test_what_no_database_keeps_is_parked_without_it(client, plan, convener):
    client.post(section(plan), sent(plan, convener, body="Long\0 words."))

    assert ParkedPost.objects.get().fields["body"] == ["Long words."]


@pytest.mark.parametrize("form", ["", "forged", "of another page"])
def test_nothing_is_parked_without_the_id_of_that_very_form(client, plan, form):
    user = make.user()
    if form == "of another page":
        form = form_id(user.pk, "/desk/")

    response = client.post(section(plan), {"body": "x", "form_id": form})

    assert not ParkedPost.objects.exists()
    assert response.url.startswith(reverse("account_login"))


def test_what_is_parked_is_offered_to_nobody_else(client, plan, convener):
    client.post(section(plan), sent(plan, convener))
    client.force_login(make.official(Role.CONVENER, plan.district))

    response = client.get(reverse("parked", args=[ParkedPost.objects.get().key]))

    assert response.status_code == 404


def test_what_is_parked_is_gone_after_a_day(client, plan, convener):
    client.post(section(plan), sent(plan, convener))
    ParkedPost.objects.update(parked_at=timezone.now() - dt.timedelta(hours=25))
    parked = ParkedPost.objects.get()
    client.force_login(convener)

    assert client.get(reverse("parked", args=[parked.key])).status_code == 404
    client.logout()
    client.post(section(plan), sent(plan, convener))
    assert list(ParkedPost.objects.values_list("pk", flat=True)) != [parked.pk]
    assert ParkedPost.objects.count() == 1


def test_every_form_of_the_desk_carries_its_id(client, plan, convener):
    client.force_login(convener)

    page = client.get(section(plan))

    assert 'name="form_id"' in page.text
