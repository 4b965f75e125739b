"""What the database refuses of escalations, evidence, reminders and mails."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from actionplans.models import Escalation, Evidence, Report
from portal.models import OutgoingMail
from portal.terms import Asked, Role, Rung, Status
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make.plan(Status.PUBLISHED)


def refused(act, match):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        act()


def a_report(plan):
    return Report.objects.create(district=plan.district, quarter=make.last_due().code)


def filed(report):
    officer = make.holder_of(Role.RA_OFFICER, report.district)
    Report.objects.filter(pk=report.pk).update(
        filed_by=officer.current_appointments[0],
        filed_on=timezone.localdate(),
        filed_at=timezone.now(),
    )


def test_an_escalation_is_append_only(plan):
    row = make.escalation(plan)

    refused(lambda: Escalation.objects.update(text="Other"), "append-only")
    refused(row.delete, "append-only")


def test_an_escalation_is_of_a_bottleneck_of_its_district(plan):
    target = plan.targets.first().line
    elsewhere = make.plan(Status.PUBLISHED).bottlenecks.first().line

    refused(lambda: make.escalation(plan, line=target), "of a bottleneck")
    refused(lambda: make.escalation(plan, line=elsewhere), "of a bottleneck")


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"status": Asked.OF_SEPC}, "waits_with_its_rung"),
        ({"answer_by": None}, "asks_for_a_day"),
        ({"status": Asked.ANSWERED}, "asks_for_a_day"),
        ({"text": ""}, "says_something"),
        ({"rung": Rung.SEPC}, "waits_with_its_rung"),
    ],
    ids=["rung", "no day", "day too many", "empty", "status"],
)
def test_an_escalation_that_makes_no_sense_is_refused(plan, values, match):
    refused(lambda: make.escalation(plan, **values), match)


def test_two_people_cannot_both_take_the_next_move(plan):
    make.escalation(plan)

    refused(lambda: make.escalation(plan), "escalation_one_after|UNIQUE")


def test_evidence_goes_until_its_report_is_filed_and_stays_from_then_on(plan):
    report, line = a_report(plan), plan.targets.first().line
    make.evidence(report, line).delete()
    kept = make.evidence(report, line)
    filed(report)

    refused(kept.delete, "frozen")
    refused(lambda: Evidence.objects.update(title="Other"), "frozen")
    make.evidence(report, line)
    assert Evidence.objects.count() == 2


def test_evidence_stands_behind_a_line_of_its_district(plan):
    other = make.plan(Status.PUBLISHED).targets.first().line

    refused(lambda: make.evidence(a_report(plan), other), "of its district")


def test_the_same_file_stands_once_behind_a_line(plan):
    report, line = a_report(plan), plan.targets.first().line
    made = make.evidence(report, line)

    refused(
        lambda: make.evidence(report, line, sha256=made.sha256),
        "evidence_once|UNIQUE",
    )


def test_a_mail_is_written_once():
    person = make.user()
    OutgoingMail.objects.create(key="digest-1", user=person, subject="S", body="B")

    refused(
        lambda: OutgoingMail.objects.create(
            key="digest-1", user=person, subject="S", body="B"
        ),
        "key|UNIQUE",
    )


def test_a_sent_mail_has_its_moment():
    person = make.user()
    mail = OutgoingMail.objects.create(key="a", user=person, subject="S", body="B")

    refused(
        lambda: OutgoingMail.objects.filter(pk=mail.pk).update(status="sent"),
        "sent_at_a_moment",
    )


def test_raw_replacing_is_refused_where_the_database_knows_it(plan):
    row = make.escalation(plan)
    if connection.vendor != "sqlite":
        refused(lambda: _truncate("actionplans_escalation"), "append-only")
        return
    columns = "id, line_id, district_id, number, status, rung, text, appointment_id"
    sql = (
        f"INSERT OR REPLACE INTO actionplans_escalation ({columns}, recorded_at)"
        f" SELECT {columns}, recorded_at FROM actionplans_escalation"
        f" WHERE id = {row.pk}"
    )
    refused(lambda: _run(sql), "append-only")


def _truncate(table):
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _run(f"TRUNCATE {table} CASCADE")


def _run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
