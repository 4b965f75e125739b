"""Reading what was said of a draft, at the desk: shown, hidden, answered."""

import csv
import io
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.models import Consultation, ConsultationComment
from portal.models import Change, DataVersion
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
Standing = ConsultationComment.Status


@pytest.fixture
def opened():
    return make.consultation(make.plan())


@pytest.fixture
def said(opened):
    return make.comment(opened, text="Build a bridge over the river.")


def desk(consultation, **query):
    args = [consultation.plan_id]
    return reverse("desk:plan-consultation", args=args, query=query)


def of(comment):
    plan = comment.consultation.plan_id
    return reverse("desk:plan-comment", args=[plan, comment.pk])


def sheet(consultation):
    return reverse("desk:consultation-csv", args=[consultation.plan_id])


def public(consultation):
    place = consultation.plan.district
    return reverse("consultation", args=[place.state.slug, place.slug])


def decided(comment, **values):
    first = {
        "status": "shown",
        "hidden_because": "",
        "outcome": "",
        "answer": "",
        "revision": comment.revision,
    }
    return {**first, **values}


def signed_in(client, role, consultation):
    person = make.holder_of(role, consultation.plan.district)
    client.force_login(person)
    return person


@pytest.mark.parametrize("role", [Role.CONVENER, Role.RA_OFFICER])
def test_what_is_shown_is_public_with_its_answer(client, opened, said, role):
    person = signed_in(client, role, opened)
    version = DataVersion.current().number
    words = {"outcome": "taken_up", "answer": "The bridge is in section 6 now."}

    answer = client.post(of(said), decided(said, **words))

    assertRedirects(answer, desk(opened))
    said.refresh_from_db()
    assert said.status == Standing.SHOWN
    assert said.answered_by.user == person
    assert DataVersion.current().number == version + 1
    client.logout()
    page = client.get(public(opened))
    assertContains(page, "Build a bridge over the river.")
    assertContains(page, "The bridge is in section 6 now.")
    assertContains(page, "<b>Taken up</b>", html=True)


def test_headquarters_reads_where_nobody_else_does(client, opened, said):
    place = opened.plan.district
    make.holder_of(Role.CONVENER, place).appointments.update(until=timezone.localdate())
    officer = make.official(Role.HQ_OFFICER)
    client.force_login(officer)

    client.post(of(said), decided(said))

    said.refresh_from_db()
    assert said.answered_by.user == officer


def test_what_is_hidden_keeps_its_reason_at_the_desk_alone(client, opened, said):
    signed_in(client, Role.CONVENER, opened)

    client.post(
        of(said), decided(said, status="hidden", hidden_because="It names a clerk.")
    )

    assertContains(client.get(desk(opened)), "It names a clerk.")
    assertNotContains(client.get(public(opened)), "Build a bridge")
    assertNotContains(client.get(public(opened)), "It names a clerk.")
    assert "bridge" not in client.get(sheet(opened)).text


def test_every_decision_leaves_a_trace(client, opened, said):
    person = signed_in(client, Role.CONVENER, opened)
    client.post(of(said), decided(said))
    said.refresh_from_db()
    hide = {"status": "hidden", "hidden_because": "It names a clerk."}
    client.post(of(said), decided(said, **hide))

    rows = Change.objects.filter(field="status").order_by("pk")

    assert [(row.before, row.after) for row in rows] == [
        ("waiting", "shown"),
        ("shown", "hidden"),
    ]
    assert {row.changed_by for row in rows} == {person}
    assert rows[1].reason == "It names a clerk."


def test_what_was_shown_by_mistake_can_be_hidden_and_back(client, opened, said):
    signed_in(client, Role.CONVENER, opened)
    hide = {"status": "hidden", "hidden_because": "It names a clerk."}
    client.post(of(said), decided(said))
    said.refresh_from_db()

    client.post(of(said), decided(said, **hide))

    assertNotContains(client.get(public(opened)), "Build a bridge")
    said.refresh_from_db()
    client.post(of(said), decided(said, **hide | {"status": "shown"}))
    said.refresh_from_db()
    assert (said.status, said.hidden_because) == ("shown", "")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"status": ""}, "Say whether it is shown."),
        ({"status": "waiting"}, "Select a valid choice."),
        ({"status": "hidden"}, "Say why it is hidden."),
        ({"outcome": "taken_up"}, "Say in a sentence what became of it."),
        ({"outcome": "burnt", "answer": "Yes."}, "Select a valid choice."),
        ({"answer": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_what_is_left_out_is_asked_for(client, opened, said, values, sentence):
    signed_in(client, Role.CONVENER, opened)

    answer = client.post(of(said), decided(said, **values))

    assertContains(answer, sentence)
    said.refresh_from_db()
    assert said.status == Standing.WAITING


def test_two_who_decide_at_once_see_each_other(client, opened, said):
    signed_in(client, Role.CONVENER, opened)
    client.post(of(said), decided(said, answer="We shall see."))

    answer = client.post(of(said), decided(said, answer="Never."))

    assertContains(answer, "Somebody else saved this meanwhile.")
    assertContains(answer, "We shall see.")
    assertContains(answer, "Never.")
    said.refresh_from_db()
    assert said.answer == "We shall see."

    again = answer.context["said"].form["revision"].value()
    client.post(of(said), decided(said, answer="Never.", revision=again))
    said.refresh_from_db()
    assert said.answer == "Never."


def test_what_waits_comes_first_and_an_address_in_it_is_marked(client, opened):
    make.comment(opened, text="Shown before.", status="shown", section=1)
    make.comment(opened, text="Ask me: 98765 43210.", section=9)
    signed_in(client, Role.CONVENER, opened)

    page = client.get(desk(opened))

    text = page.text
    assert text.index("Ask me") < text.index("Shown before.")
    assertContains(page, "It seems to hold an e-mail address", count=1)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_what_waits_has_its_form_and_the_rest_a_page_of_its_own(client, opened, said):
    other = make.comment(opened, status="shown", outcome="in_part", answer="A half.")
    signed_in(client, Role.CONVENER, opened)

    listed = client.get(desk(opened))
    page = client.get(of(other))

    assertContains(listed, f'action="{of(said)}"')
    assertNotContains(listed, f'action="{of(other)}"')
    assertContains(listed, f'href="{of(other)}"')
    assertContains(page, f'action="{of(other)}"')
    assertContains(page, "A half.</textarea>")
    assertContains(page, '<option value="in_part" selected>')


def test_a_refused_decision_does_not_look_taken(client, opened, said):
    signed_in(client, Role.CONVENER, opened)

    page = client.post(of(said), decided(said, status="hidden"))

    assertContains(page, "<b>Waits to be read</b>", html=True)


def test_members_read_and_decide_nothing(client, opened, said):
    signed_in(client, Role.MEMBER, opened)

    page = client.get(desk(opened))

    assertContains(page, "Build a bridge over the river.")
    assertNotContains(page, of(said))
    assert client.post(of(said), decided(said)).status_code == 403


def test_a_comment_is_found_under_its_own_plan_only(client, opened, said):
    other = make.consultation(make.plan())
    signed_in(client, Role.CONVENER, other)

    assert client.get(of(said)).status_code == 404
    wrong = reverse("desk:plan-comment", args=[other.plan_id, said.pk])
    assert client.post(wrong, decided(said)).status_code == 404


def test_a_plan_without_consultation_says_so(client):
    plan = make.plan()
    client.force_login(make.holder_of(Role.MEMBER, plan.district))

    page = client.get(reverse("desk:plan-consultation", args=[plan.pk]))

    assertContains(page, "The draft has not been put before the public.")


def test_each_consultation_of_a_plan_can_be_read(client, on_day):
    first = make.consultation(make.plan(), closes_on=timezone.localdate())
    make.comment(first, text="Said in the first.")
    on_day(2026, 12, 1)
    second = make.consultation(first.plan)
    make.comment(second, text="Said in the second.")
    signed_in(client, Role.CONVENER, second)

    assertContains(client.get(desk(second)), "Said in the second.")
    assertContains(client.get(desk(first, n=1)), "Said in the first.")
    assertContains(client.get(desk(first, n="x")), "Said in the second.")


def test_html_in_a_comment_is_text_at_the_desk_too(client, opened):
    make.comment(opened, text="<img src=x onerror=alert(1)>")
    signed_in(client, Role.CONVENER, opened)

    assertNotContains(client.get(desk(opened)), "<img")


def test_the_plan_says_how_many_wait(client, opened, said):
    signed_in(client, Role.CONVENER, opened)
    make.comment(opened, status="shown", outcome="not_taken", answer="No money.")

    page = client.get(reverse("desk:plan", args=[opened.plan_id]))

    assertContains(page, "You said, we did")
    assertContains(page, "1 comment waits to be read")
    assertContains(page, "<dt>Not taken up</dt><dd>1</dd>", html=True)


def test_the_sheet_has_what_is_shown_and_nothing_calculates(client, opened):
    member = make.official(Role.MEMBER, opened.plan.district)
    make.comment(opened, text="Waits to be read.")
    make.comment(opened, text="Insults.", status="hidden", hidden_because="=X")
    make.comment(opened, text="=HYPERLINK(1)", status="shown", section=1)
    make.comment(
        opened,
        text="The members agree.",
        status="shown",
        section=2,
        said_by=member.current_appointments[0],
        outcome="in_part",
        answer="+1",
    )
    signed_in(client, Role.AUDITOR, opened)

    answer = client.get(sheet(opened))

    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == ["demonstration"]
    assert [line[5] for line in lines[2:]] == ["'=HYPERLINK(1)", "The members agree."]
    assert lines[3][3].startswith("Member of the DEPC, ")
    assert lines[3][6:] == ["Taken up in part", "'+1"]
    assert member.name not in answer.content.decode()


@pytest.mark.parametrize("comments", [1, 50])
def test_the_page_takes_the_same_queries_however_many_comments(
    client, opened, comments, django_assert_num_queries
):
    member = make.official(Role.MEMBER, opened.plan.district).current_appointments[0]
    for number in range(comments):
        make.comment(opened, said_by=member if number % 2 else None)
    signed_in(client, Role.CONVENER, opened)

    # Session, user, appointments; plan, consultations, tally, count, page.
    with django_assert_num_queries(8):
        client.get(desk(opened))


@pytest.mark.parametrize("comments", [0, 50])
def test_the_sheet_takes_the_same_queries_however_long(
    client, opened, comments, django_assert_num_queries
):
    for _ in range(comments):
        make.comment(opened, status="shown")
    signed_in(client, Role.CONVENER, opened)

    with django_assert_num_queries(5):  # session, user, appointments; plan, comments
        client.get(sheet(opened))


# What the databases refuse


def refused(match, sql, *values):
    with (
        pytest.raises(IntegrityError, match=match),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE actionplans_consultation SET body = '{}'",
        "UPDATE actionplans_consultation SET closes_on = '2099-01-01'",
        "UPDATE actionplans_consultation SET plan_id = plan_id",
        "DELETE FROM actionplans_consultation",
    ],
)
def test_the_frozen_copy_cannot_be_changed(opened, sql):
    refused("append-only", sql)


def test_the_frozen_copy_cannot_be_replaced_or_truncated(opened):
    if connection.vendor == "sqlite":
        refused(
            "append-only",
            "INSERT OR REPLACE INTO actionplans_consultation"
            " SELECT id, opens_on, closes_on, '{}', sha256, event_id, plan_id"
            " FROM actionplans_consultation",
        )
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        refused("append-only", "TRUNCATE actionplans_consultation CASCADE")
    assert Consultation.objects.get().body == opened.body


@pytest.mark.parametrize(
    "change",
    [
        "text = 'Build nothing.'",
        "section = 1",
        "standing = 'buyer'",
        "received_at = '2020-01-01T00:00Z'",
    ],
)
def test_what_was_said_cannot_be_changed(said, change):
    refused(
        "keeps what was said", f"UPDATE actionplans_consultationcomment SET {change}"
    )


def test_what_was_said_moves_to_no_other_office_or_consultation(said):
    other = make.consultation(make.plan())
    post = make.official(Role.MEMBER, other.plan.district).current_appointments[0]
    table = "actionplans_consultationcomment"

    refused("keeps what", f"UPDATE {table} SET consultation_id = %s", other.pk)
    refused("keeps what", f"UPDATE {table} SET said_by_id = %s", post.pk)


def test_what_was_said_is_never_removed_nor_replaced(said):
    table = "actionplans_consultationcomment"
    refused("never removed", f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        refused("never removed", f"TRUNCATE {table}")
        return
    fields = ConsultationComment._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = names.replace('"text"', "'Build nothing.'")
    refused(
        "never removed",
        f"INSERT OR REPLACE INTO {table} ({names}) SELECT {values} FROM {table}",
    )


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("status = 'hidden'", "hidden_with_reason"),
        ("outcome = 'taken_up'", "outcome_with_answer"),
    ],
)
def test_a_decision_says_why(said, change, name):
    refused(name, f"UPDATE actionplans_consultationcomment SET {change}")


def test_a_comment_is_about_a_section_that_there_is(opened):
    with (
        pytest.raises(IntegrityError, match="section_known"),
        transaction.atomic(),
    ):
        make.comment(opened, section=12)


def test_a_consultation_does_not_close_before_it_opens(opened):
    event = opened.plan.events.filter(action=Action.START).get()
    with (
        pytest.raises(IntegrityError, match="closes_after_opening"),
        transaction.atomic(),
    ):
        Consultation.objects.create(
            plan=opened.plan,
            event=event,
            opens_on="2026-12-02",
            closes_on="2026-12-01",
            body="{}",
            sha256="0" * 64,
        )


def test_deciding_on_a_comment_goes_on_after_the_plan_is_adopted(client, opened, said):
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT):
        make.step(opened.plan, action)
    assert opened.plan.status == Status.ADOPTED
    signed_in(client, Role.CONVENER, opened)

    client.post(of(said), decided(said, answer="It is in the plan now."))

    assertContains(client.get(public(opened)), "It is in the plan now.")
