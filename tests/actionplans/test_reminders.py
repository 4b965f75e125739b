"""Who is reminded of what, on which day, once: the ladder and the mail of the day."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans import workflow
from actionplans.models import Reminder, Snooze
from actionplans.reminders import writing
from actionplans.reminders.due import things
from actionplans.reminders.posts import DISTANCE, Posts
from actionplans.reminders.writing import next_digest
from actionplans.worklist import worklist
from districts.models import State
from portal.accounts.models import User
from portal.accounts.preferences import MailRhythm
from portal.models import OutgoingMail
from portal.outbox import NOTHING_LEFT
from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.quarters import Q2, filed, in_force

pytestmark = pytest.mark.django_db
LOCALDATE = timezone.localdate
DUE = dt.date(2026, 11, 22)
NEAR = [role for role, distance in DISTANCE.items() if distance == 0]
SUBMITTED = DUE - dt.timedelta(days=15)


@pytest.fixture
def days_after(on_day):
    """Sets the day, counted from the one on which the assessment is due."""

    def set_days(days):
        day = DUE + dt.timedelta(days=days)
        on_day(day.year, day.month, day.day)

    return set_days


@pytest.fixture
def plan(days_after):
    """A plan that its Regional Authority has to assess by 22 November 2026."""
    days_after(-15)
    made = make.plan(Status.UNDER_ASSESSMENT)
    for role in (Role.RA_OFFICER, Role.STATE_OFFICER, Role.HQ_OFFICER):
        make.holder_of(role, made.district)
    days_after(0)
    return made


def remind():
    """Runs the command; what each person's new mail says, by their roles."""
    before = set(OutgoingMail.objects.values_list("pk", "written_at"))
    call_command("send_reminders", stdout=StringIO())
    found = {}
    for mail in OutgoingMail.objects.select_related("user"):
        if (mail.pk, mail.written_at) not in before:
            roles = mail.user.appointments.values_list("role", flat=True)
            found[" ".join(sorted(roles))] = mail
    return found


def officer(role, plan):
    return make.holder_of(role, plan.district)


def prefer(user, **values):
    User.objects.filter(pk=user.pk).update(**values)


def assess(plan):
    make.step(plan, Action.ASSESS)


LADDER = [
    (-8, []),
    (-7, [Role.RA_OFFICER]),
    (-6, []),
    (0, [Role.RA_OFFICER]),
    (1, []),
    (7, [Role.RA_OFFICER]),
    (14, []),
    (15, [Role.STATE_OFFICER]),
    (16, []),
    (30, [Role.HQ_OFFICER]),
    (31, []),
    (90, []),
]


def test_the_ladder_goes_from_the_office_to_the_state_to_headquarters(plan, days_after):
    told = []
    for day, _roles in LADDER:
        days_after(day)
        told.append((day, sorted(remind())))

    assert told == [(day, [role.value for role in roles]) for day, roles in LADDER]


def test_the_command_says_what_it_did(plan):
    said = StringIO()

    call_command("send_reminders", stdout=said)
    call_command("send_reminders", stdout=said)

    assert said.getvalue().splitlines() == [
        *("Mails written: 1.", "Mails sent: 1.", "Mails that wait: 0."),
        *("Mails written: 0.", "Mails sent: 0.", "Mails that wait: 0."),
    ]


def test_what_is_given_up_is_an_error_of_the_command(plan):
    lost = make.official(Role.HQ_OFFICER)
    OutgoingMail.objects.create(user=lost, key="x", subject="x", body="x")
    lost.appointments.update(until=SUBMITTED)

    with pytest.raises(CommandError, match="Mails given up: 1"):
        call_command("send_reminders", stdout=StringIO(), stderr=StringIO())


def test_a_machine_that_was_off_sends_one_mail_and_not_three(plan, days_after):
    days_after(40)

    assert sorted(remind()) == ["hq_officer", "ra_officer", "state_officer"]
    assert remind() == {}
    rungs = Reminder.objects.values_list("user__appointments__role", "days")
    assert set(rungs) == {("ra_officer", 7), ("state_officer", 15), ("hq_officer", 30)}


def test_what_is_done_is_reminded_of_no_more(plan, days_after):
    assert sorted(remind()) == ["ra_officer"]
    assess(plan)

    for day in (7, 15, 30):
        days_after(day)
        bodies = [mail.body for mail in remind().values()]
        assert "Assess the draft plan" not in "".join(bodies)


def test_a_thing_that_comes_back_with_another_due_day_is_told_of_again(plan, on_day):
    remind()
    make.step(plan, Action.WITHDRAW, officer(Role.CONVENER, plan))
    make.step(plan, Action.SUBMIT)
    on_day(2026, 12, 7)

    assert "Assess the draft plan" in remind()["ra_officer"].body


def test_headquarters_is_reminded_in_the_place_of_an_office_without_officers(
    plan, days_after
):
    officer(Role.RA_OFFICER, plan).appointments.update(until=SUBMITTED)
    days_after(-7)

    mails = remind()

    assert sorted(mails) == ["hq_officer"]
    assert f"/desk/plans/{plan.pk}/assess/" in mails["hq_officer"].body


def test_who_submitted_is_not_asked_to_assess_but_a_colleague_is(days_after):
    days_after(-15)
    plan = make.complete(make.draft())
    submitter = officer(Role.RA_OFFICER, plan)
    workflow.take(plan, Action.SUBMIT, by=submitter)
    colleague = make.official(Role.RA_OFFICER, plan.district)
    days_after(0)

    remind()

    assert list(Reminder.objects.values_list("user", flat=True)) == [colleague.pk]


def test_where_all_colleagues_submitted_headquarters_is_asked(days_after):
    days_after(-15)
    plan = make.complete(make.draft())
    workflow.take(plan, Action.SUBMIT, by=officer(Role.RA_OFFICER, plan))
    make.official(Role.HQ_OFFICER)
    days_after(0)

    assert sorted(remind()) == ["hq_officer"]


def test_a_convener_is_reminded_of_what_is_the_conveners(on_day):
    on_day(2026, 10, 23)
    plan = make.draft()
    on_day(2026, 11, 22)
    officer(Role.RA_OFFICER, plan)

    mails = remind()

    assert sorted(mails) == ["depc_convener", "ra_officer"]
    assert "Complete the draft and submit it" in mails["depc_convener"].body


def test_the_state_is_asked_first_where_only_it_may_act(plan, days_after):
    State.objects.update(officers_endorse_plans=True)
    days_after(8)

    (line,) = next_digest(officer(Role.STATE_OFFICER, plan)).lines
    assert (line.what, line.is_mine) == ("Endorse the draft plan", True)
    assert line.url.endswith(f"/desk/plans/{plan.pk}/endorse/")


def test_nobody_is_reminded_of_what_they_only_help_with(on_day):
    plan = in_force(on_day)
    make.official(Role.STAFF, plan.district)

    assert sorted(remind()) == ["ra_officer"]


@pytest.mark.parametrize(
    "lost",
    [
        lambda user: user.appointments.update(until=SUBMITTED),
        lambda user: prefer(user, is_active=False),
    ],
    ids=["post", "account"],
)
def test_who_lost_post_or_account_is_not_reminded(plan, lost):
    lost(officer(Role.RA_OFFICER, plan))

    assert "ra_officer" not in remind()


def test_a_real_site_reminds_no_demonstration_account(plan, settings):
    settings.DEMO = False
    assert remind() == {}

    prefer(officer(Role.RA_OFFICER, plan), is_demonstration=False)
    assert sorted(remind()) == ["ra_officer"]


def test_the_mail_groups_by_district_and_says_the_oldest_first(on_day, settings):
    settings.SITE_URL = "https://hub.example"
    ra = make.regional_authority("Kanpur")
    state = make.state("Uttar Pradesh")
    places = [make.district(name, ra=ra, state=state) for name in ("Agra", "Banda")]
    in_force(on_day, places[0])
    in_force(on_day, places[1])
    on_day(2026, 7, 20)
    filed(places[0], Q2.previous)
    on_day(2026, 10, 14)

    mail = remind()["ra_officer"]

    assert mail.subject == "3 things are due in your districts, 1 overdue"
    assert mail.body.splitlines()[:19] == [
        "What the portal reminds you of on 14 Oct 2026:",
        "",
        "Banda, Uttar Pradesh",
        "",
        "  File the Q1 2026-27 report",
        "  Was due on 15 Jul 2026, 91 days ago",
        "  Not begun.",
        "  https://hub.example/desk/districts/uttar-pradesh/banda/reports/20261/",
        "",
        "  File the Q2 2026-27 report",
        "  Due on 15 Oct 2026, in 1 day",
        "  Not begun.",
        "  https://hub.example/desk/districts/uttar-pradesh/banda/reports/20262/",
        "",
        "Agra, Uttar Pradesh",
        "",
        "  File the Q2 2026-27 report",
        "  Due on 15 Oct 2026, in 1 day",
        "  Not begun.",
    ]
    assert "Regional Authority officer, " in mail.body
    assert "https://hub.example/desk/mail/" in mail.body


def test_who_is_only_told_sees_with_whom_it_waits(plan, days_after):
    days_after(15)

    body = remind()["state_officer"].body

    assert "For you to know, because it waits so long with other offices:" in body
    assert "Waits for: Regional Authority officer\n" in body
    place = plan.district
    assert f"/desk/districts/{place.state.slug}/{place.slug}/\n" in body
    assert "/assess/" not in body


def test_long_lines_are_broken_and_addresses_are_whole(plan, settings):
    settings.SITE_URL = f"https://{'long.' * 20}example"
    place = plan.district
    place.name = "Very " * 14 + "Long"
    place.save()

    lines = remind()["ra_officer"].body.splitlines()

    assert all(len(line) <= 72 or "://" in line for line in lines)
    assert any(line.strip().startswith(settings.SITE_URL) for line in lines)


def test_no_more_than_can_be_read_is_listed(plan, monkeypatch, days_after):
    monkeypatch.setattr("actionplans.reminders.digest.LINES_SHOWN", 0)

    mail = remind()["ra_officer"]

    assert "1 more thing is on the pages of your districts." in mail.body
    assert mail.subject.startswith("1 thing is due")
    assert Reminder.objects.count() == 1


def test_each_person_reads_it_in_their_language(plan):
    prefer(officer(Role.RA_OFFICER, plan), mail_language="hi")

    mail = remind()["ra_officer"]

    assert "/hi/desk/plans/" in mail.body
    assert plan.district.name_hi in mail.body
    assert "22 नवंबर 2026" in mail.body


def test_a_weekly_mail_comes_on_monday(plan, on_day):
    prefer(officer(Role.RA_OFFICER, plan), mail_rhythm=MailRhythm.WEEKLY)

    # Due on a Sunday.
    on_day(2026, 11, 15)
    assert remind() == {}
    on_day(2026, 11, 16)
    assert "Due on 22 Nov 2026, in 6 days" in remind()["ra_officer"].body
    on_day(2026, 11, 22)
    assert remind() == {}
    on_day(2026, 11, 23)
    assert "Was due on 22 Nov 2026, 1 day ago" in remind()["ra_officer"].body


def test_the_day_is_that_of_india(plan, monkeypatch):
    """At half past midnight there it is still the evening before in London."""
    evening = dt.datetime(2026, 11, 21, 19, 0, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "localdate", LOCALDATE)
    monkeypatch.setattr(timezone, "now", lambda: evening)

    mail = remind()["ra_officer"]

    assert "Due today" in mail.body
    assert mail.key.endswith("-2026-11-22")


def test_a_monday_that_the_machine_missed_is_made_up_for(plan, on_day):
    prefer(officer(Role.RA_OFFICER, plan), mail_rhythm=MailRhythm.WEEKLY)

    on_day(2026, 11, 18)
    assert sorted(remind()) == ["ra_officer"]
    on_day(2026, 11, 19)
    assert remind() == {}


def test_what_is_put_off_is_left_out_for_who_did_so(plan, days_after, on_day):
    person = officer(Role.RA_OFFICER, plan)
    colleague = make.official(Role.RA_OFFICER, plan.district)
    Snooze.objects.create(
        user=person,
        kind="assess",
        place=plan.district_id,
        thing=plan.pk,
        until=DUE + dt.timedelta(days=8),
        reason="The adviser is on leave.",
        made_at="2027-01-01T00:00Z",
    )

    remind()
    assert [row.user for row in Reminder.objects.all()] == [colleague]

    days_after(8)
    remind()
    told = Reminder.objects.filter(user=person)
    assert [row.days for row in told] == [7]


def test_what_somebody_put_off_is_still_told_to_the_state(plan, days_after):
    Snooze.objects.create(
        user=officer(Role.RA_OFFICER, plan),
        kind="assess",
        place=plan.district_id,
        thing=plan.pk,
        until=DUE + dt.timedelta(days=20),
        reason="The adviser is on leave.",
        made_at="2027-01-01T00:00Z",
    )
    days_after(15)

    assert sorted(remind()) == ["state_officer"]


def test_what_lies_unsent_is_written_anew_on_the_next_day(plan, days_after):
    unsent = remind()["ra_officer"]
    unsent.status, unsent.sent_at = OutgoingMail.Status.PENDING, None
    unsent.written_at -= dt.timedelta(days=1)
    unsent.save()
    days_after(1)

    mail = remind()["ra_officer"]

    assert mail.pk == unsent.pk
    assert mail.key != unsent.key
    assert "1 day ago" in mail.body
    assert Reminder.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_what_lies_unsent_is_given_up_when_all_of_it_is_done(plan, days_after):
    unsent = remind()["ra_officer"]
    unsent.status, unsent.sent_at = OutgoingMail.Status.PENDING, None
    unsent.written_at -= dt.timedelta(days=1)
    unsent.save()
    assess(plan)
    days_after(1)

    remind()

    unsent.refresh_from_db()
    assert unsent.status == OutgoingMail.Status.FAILED
    assert unsent.error == NOTHING_LEFT


def test_a_mail_that_another_run_wrote_meanwhile_is_not_written_again(
    plan, monkeypatch
):
    real = writing._filled

    def faster(name, digest, unsent):
        words = {"subject": "x", "body": "x", "key": name}
        OutgoingMail.objects.create(user=digest.user, **words)
        return real(name, digest, unsent)

    monkeypatch.setattr(writing, "_filled", faster)

    assert list(writing.write_digests()) == []
    assert Reminder.objects.count() == 0


def test_the_preview_is_what_is_then_sent(plan, days_after):
    person = officer(Role.RA_OFFICER, plan)
    days_after(6)
    before = next_digest(User.objects.get(pk=person.pk))
    sent = remind()["ra_officer"]

    days_after(6)
    after = next_digest(User.objects.get(pk=person.pk))
    days_after(7)

    assert before.text == sent.body
    assert after.on == DUE + dt.timedelta(days=7)
    assert after.text == remind()["ra_officer"].body


@pytest.mark.parametrize("role", [Role.STATE_OFFICER, Role.HQ_OFFICER])
def test_the_preview_of_who_is_told_has_what_waits_for_others(plan, days_after, role):
    days_after(40)

    digest = next_digest(officer(role, plan))

    assert [line.is_mine for line in digest.lines] == [False]


def test_a_person_without_a_post_has_nothing_to_be_reminded_of(plan):
    assert next_digest(make.user()).lines == []


@pytest.mark.parametrize("status", [s for s in Status if s != Status.SUPERSEDED])
def test_all_of_a_role_together_have_what_each_of_them_has(status):
    plan = make.plan(status)
    make.correction(plan)
    people = [officer(role, plan) for role in DISTANCE]
    people.append(make.official(Role.RA_OFFICER, plan.district))

    found = {thing.key: thing.acting for thing in things(Posts.of_today())}

    own = {}
    for person in people:
        for item in worklist(User.objects.get(pk=person.pk)).items:
            if item.row.leads and item.due_on:
                key = (item.kind, item.row.district, item.row.thing)
                own.setdefault(key, set()).add(person.pk)
    assert set(found) == set(own)
    assert all(found[key] <= own[key] for key in found)
    near = {p.pk for p in people if p.current_appointments[0].role in NEAR}
    assert all(found[key] == own[key] & near for key in found if own[key] & near)


def queries():
    with CaptureQueriesContext(connection) as found:
        things(Posts.of_today())
    return len(found)


def test_looking_up_takes_as_many_queries_for_one_office_as_for_many(days_after):
    days_after(-15)
    sizes = []
    for offices in (1, 4):
        for _ in range(offices):
            place = make.plan(Status.UNDER_ASSESSMENT).district
            for role in DISTANCE:
                make.official(role, place)
        days_after(0)
        sizes.append(queries())
        days_after(-15)

    assert sizes[0] == sizes[1]
