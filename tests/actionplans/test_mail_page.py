"""How an official chooses the mails, and sees what went out and what comes next."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.accounts.models import User
from portal.accounts.preferences import MailRhythm
from portal.models import OutgoingMail
from portal.terms import Role, Status
from tests import make

pytestmark = pytest.mark.django_db
URL = "/desk/mail/"
CHOSEN = {"mail_rhythm": "weekly", "mail_language": "hi"}


@pytest.fixture
def reader(client):
    person = make.official(Role.RA_OFFICER, make.district())
    client.force_login(person)
    return person


def sent(user, number, **values):
    moment = timezone.now() - dt.timedelta(days=number)
    return OutgoingMail.objects.create(
        user=user,
        key=f"digest-{user.pk}-{number}",
        **{
            "subject": f"Mail number {number}.",
            "body": "x",
            "status": OutgoingMail.Status.SENT,
            "sent_at": moment,
            **values,
        },
    )


def preferences(user):
    user = User.objects.get(pk=user.pk)
    return user.mail_rhythm, user.mail_language


def test_every_page_of_the_desk_leads_there(client, reader):
    assertContains(client.get("/desk/"), f'href="{URL}">Mail</a>')


def test_an_official_chooses_for_themselves_alone(client, reader):
    other = make.official(Role.RA_OFFICER, make.district())

    response = client.post(URL, CHOSEN, follow=True)

    assertContains(response, "Saved. The next mail comes as you chose.")
    assert preferences(reader) == (MailRhythm.WEEKLY, "hi")
    assert preferences(other) == (MailRhythm.DAILY, "en")


def test_nothing_else_of_the_account_can_be_sent_along(client, reader):
    client.post(URL, {**CHOSEN, "email": "x@portal.example", "is_active": ""})

    stored = User.objects.get(pk=reader.pk)
    assert (stored.email, stored.is_active) == (reader.email, True)


@pytest.mark.parametrize("wrong", [{"mail_rhythm": "hourly"}, {"mail_language": "fr"}])
def test_what_is_not_offered_is_refused(client, reader, wrong):
    response = client.post(URL, {**CHOSEN, **wrong})

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == wrong.keys()
    assert preferences(reader) == (MailRhythm.DAILY, "en")


def test_the_last_ten_mails_to_the_reader_are_listed_newest_first(client, reader):
    for number in range(1, 13):
        sent(reader, number)
    sent(make.user(), 99)
    waits = {"status": OutgoingMail.Status.PENDING, "sent_at": None}
    sent(reader, 98, **waits)

    response = client.get(URL)

    shown = [mail.subject for mail in response.context["sent"]]
    assert shown == [f"Mail number {number}." for number in range(1, 11)]
    assertContains(response, "Mail number 10.")
    assertNotContains(response, "Mail number 99.")


def test_who_got_none_reads_so(client, reader):
    assertContains(client.get(URL), "No reminder was sent to you yet.")


def test_the_next_mail_is_shown_in_its_own_language(client, on_day):
    on_day(2026, 11, 7)
    plan = make.plan(Status.UNDER_ASSESSMENT)
    person = make.official(Role.RA_OFFICER, plan.district)
    client.force_login(person)
    on_day(2026, 11, 22)

    english = client.get(URL, {"preview": ""})
    step = reverse("desk:plan-step", args=[plan.pk, "assess"])
    assertContains(english, "On 22 Nov 2026, unless it is done before:")
    assertContains(english, "1 thing is due in your districts")
    assertContains(english, f"{step}\n")

    client.post(URL, {"mail_rhythm": "daily", "mail_language": "hi"})
    hindi = client.get(URL, {"preview": ""})
    assertContains(hindi, '<div class="pane mail" lang="hi">')
    assertContains(hindi, f"/hi{step}\n")


def test_with_nothing_due_the_preview_says_so(client, reader, on_day):
    response = client.get(URL, {"preview": ""})

    assertContains(response, "Up to 22 Nov 2026 there is nothing to remind you of.")


@pytest.mark.parametrize("mails", [1, 8])
def test_the_page_takes_the_same_queries_however_many_mails(
    client, reader, mails, django_assert_num_queries
):
    for number in range(mails):
        sent(reader, number)

    # Session, user, posts, mails.
    with django_assert_num_queries(4):
        client.get(URL)
