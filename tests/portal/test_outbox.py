"""Every mail goes out once or not at all, whatever the server or the machine does."""

import datetime as dt
from io import StringIO

import pytest
from django.core import mail as django_mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from portal import outbox
from portal.models import OutgoingMail
from portal.outbox import Status
from portal.terms import Role
from tests import make
from tests.mail_server import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """One server for all who do not stop it."""
    with mail_server(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture
def server(running, settings):
    for path in running.folder.glob("*.eml"):
        path.unlink()
    (running.folder / "free").unlink(missing_ok=True)
    use(settings, running)
    return running


def use(settings, server):
    settings.EMAIL_BACKEND = "portal.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.EMAIL_USE_TLS = False
    settings.SITE_URL = "https://hub.example"


def waits(name="officer", **values):
    """A mail to somebody with a post, whose address begins with the name."""
    person = values.pop("user", None) or make.official(Role.HQ_OFFICER)
    person.email = f"{name}.{make.serial()}@portal.example"
    person.save()
    key = f"digest-{person.pk}-2026-11-22"
    words = {"subject": "5 things are due", "body": "नमस्ते\n", "key": key}
    return OutgoingMail.objects.create(user=person, **{**words, **values})


def send():
    """What the command said, and what it complained of."""
    out, complaint = StringIO(), ""
    try:
        call_command("send_mail", stdout=out, stderr=out)
    except CommandError as error:
        complaint = str(error)
    return out.getvalue(), complaint


def seen(mail):
    mail.refresh_from_db()
    return mail.status, mail.attempts, mail.error


def pass_minutes(minutes):
    """Seen from the mails, which all became so much older."""
    earlier = dt.timedelta(minutes=minutes)
    for mail in OutgoingMail.objects.all():
        mail.next_try_at -= earlier
        mail.save()


def test_what_waits_is_sent_once(server):
    mails = [waits(), waits()]

    assert send() == ("Mails sent: 2.\nMails that wait: 0.\n", "")
    assert send() == ("Mails sent: 0.\nMails that wait: 0.\n", "")

    assert server.got == [mail.user.email for mail in mails]
    assert [seen(mail) for mail in mails] == [(Status.SENT, 1, "")] * 2
    assert all(mail.sent_at for mail in mails)


def test_a_mail_says_what_it_is(server, settings):
    settings.EMAIL_SUBJECT_PREFIX = "[Demonstration] "
    mail = waits()

    send()

    (got,) = server.mails
    assert got["Subject"] == "[Demonstration] 5 things are due"
    assert got["To"] == mail.user.email
    assert got["Message-ID"] == f"<{mail.key}@hub.example>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got.get_content_type() == "text/plain"
    assert "नमस्ते" in got.get_content()


def test_many_mails_go_over_one_connection(server, monkeypatch):
    opened = []
    real = outbox.get_connection

    def counted():
        connection = real()
        opens = connection.open
        connection.open = lambda: opened.append(opens()) or opened[-1]
        return connection

    monkeypatch.setattr(outbox, "get_connection", counted)
    for _ in range(5):
        waits()

    send()

    assert len(server.got) == 5
    assert opened.count(True) == 1


def test_a_server_that_is_down_costs_nothing_and_gets_all_later(tmp_path, settings):
    with mail_server(tmp_path / "mail") as server:
        use(settings, server)
        mail = waits()
        server.stop()

        said, complaint = send()
        assert said == "Mails sent: 0.\nMails that wait: 1.\n"
        assert complaint.startswith("The mail server does not answer: ")
        assert seen(mail) == (Status.PENDING, 0, "")

        server.start()
        assert send() == ("Mails sent: 1.\nMails that wait: 0.\n", "")
        assert server.got == [mail.user.email]


def test_what_is_refused_for_now_is_tried_again_ever_later(server):
    mail, other = waits("busy"), waits()

    for attempt, minutes in enumerate([15, 60, 240, 720, 1440], start=1):
        assert send()[1] == ""
        status, attempts, error = seen(mail)
        assert (status, attempts) == (Status.PENDING, attempt)
        assert error == "451 4.7.1 Come back later"
        wait = mail.next_try_at - timezone.now()
        assert abs(wait - dt.timedelta(minutes=minutes)) < dt.timedelta(minutes=1)
        pass_minutes(minutes - 1)
        send()
        assert seen(mail)[1] == attempt
        pass_minutes(1)
    said, complaint = send()

    assert f"Given up: {mail.key}" in said
    assert complaint == "Mails given up: 1."
    assert seen(mail) == (Status.FAILED, 6, "451 4.7.1 Come back later")
    assert server.got == [other.user.email]


def test_what_is_taken_later_is_sent(server):
    mail = waits("busy")
    send()
    (server.folder / "free").touch()
    pass_minutes(15)

    assert send()[0] == "Mails sent: 1.\nMails that wait: 0.\n"

    assert seen(mail) == (Status.SENT, 2, "")
    assert server.got == [mail.user.email]


def test_what_is_refused_for_good_is_given_up_at_once_and_the_rest_goes_on(server):
    gone, other = waits("gone"), waits()

    said, complaint = send()

    assert f"Given up: {gone.key}\nMails sent: 1." in said
    assert complaint == "Mails given up: 1."
    assert seen(gone) == (Status.FAILED, 1, "550 5.1.1 Nobody of this name")
    assert server.got == [other.user.email]
    assert send() == ("Mails sent: 0.\nMails that wait: 0.\n", "")


def test_a_mail_whose_answer_was_lost_is_not_sent_again(server):
    cut, other = waits("cut"), waits()

    assert send()[1] == "Mails given up: 1."

    assert seen(cut) == (Status.FAILED, 1, outbox.MAY_HAVE_ARRIVED)
    pass_minutes(10_000)
    send()
    assert server.got == [cut.user.email, other.user.email]


def test_what_a_dead_process_was_sending_is_given_up_after_a_while(server):
    mail = waits(status=Status.SENDING)
    OutgoingMail.objects.update(next_try_at=timezone.now() + outbox.CLAIMED_FOR)

    assert send() == ("Mails sent: 0.\nMails that wait: 0.\n", "")
    assert seen(mail)[0] == Status.SENDING

    pass_minutes(15)
    assert send()[1] == "Mails given up: 1."
    assert seen(mail) == (Status.FAILED, 0, outbox.MAY_HAVE_ARRIVED)
    assert server.got == []


def test_what_waited_for_more_than_three_days_is_not_sent_late(server):
    days = [timezone.now() - dt.timedelta(days=3, minutes=m) for m in (-5, 5)]
    young, old = (waits(written_at=moment) for moment in days)

    assert send()[1] == "Mails given up: 1."

    assert seen(old) == (Status.FAILED, 0, outbox.STALE)
    assert server.got == [young.user.email]


def test_who_lost_the_post_meanwhile_gets_nothing(server):
    mail = waits()
    mail.user.appointments.update(until=timezone.localdate())

    assert send()[1] == "Mails given up: 1."

    assert seen(mail) == (Status.FAILED, 1, outbox.NO_POST)
    assert server.got == []


def test_a_closed_account_gets_nothing(server):
    mail = waits()
    mail.user.is_active = False
    mail.user.save()

    send()

    assert seen(mail) == (Status.FAILED, 1, outbox.ACCOUNT_CLOSED)
    assert server.got == []


def test_a_demonstration_account_gets_nothing_of_a_real_site(server, settings):
    settings.DEMO = False
    mail = waits()

    send()

    assert seen(mail) == (Status.FAILED, 1, outbox.DEMONSTRATION)
    assert server.got == []


def test_a_mail_that_another_process_took_is_left_to_it(server, monkeypatch):
    mail, other = waits(), waits()
    real = outbox._claim

    def taken_meanwhile(key):
        if key == mail.pk:
            OutgoingMail.objects.filter(pk=key).update(status=Status.SENDING)
        return real(key)

    monkeypatch.setattr(outbox, "_claim", taken_meanwhile)

    assert send()[0] == "Mails sent: 1.\nMails that wait: 0.\n"
    assert server.got == [other.user.email]


def test_a_subject_with_a_broken_line_is_given_up_and_stops_nobody(server):
    broken, other = waits(subject="Two\nlines"), waits()

    assert send()[1] == "Mails given up: 1."

    assert seen(broken)[0] == Status.FAILED
    assert server.got == [other.user.email]


def test_the_number_of_queries_grows_with_the_mails_only(django_assert_num_queries):
    """Claimed, read, its person's posts, kept: four for each, and four besides."""
    for count in (1, 4):
        for _ in range(count):
            waits()
        with django_assert_num_queries(4 + 4 * count):
            send()
    assert len(django_mail.outbox) == 5


def test_administrators_read_what_went_out_and_change_nothing(client):
    mail = waits()
    client.force_login(make.official(Role.HQ_ADMIN))
    row = reverse("admin:portal_outgoingmail_change", args=[mail.pk])

    listed = client.get(reverse("admin:portal_outgoingmail_changelist"))
    assert mail.subject in listed.text
    assert "नमस्ते" in client.get(row).text
    assert client.post(row, {"subject": "Another"}).status_code == 403
    assert client.get(reverse("admin:portal_outgoingmail_add")).status_code == 403
