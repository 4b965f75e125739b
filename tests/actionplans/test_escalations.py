"""Bottlenecks on their way up: who may ask whom, who answers, and how it ends."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from actionplans import escalations as moves
from actionplans.bottlenecks import in_charge
from actionplans.models import Escalation
from portal.terms import Action, Asked, Role, Rung, Status
from tests import make

pytestmark = pytest.mark.django_db
TEXT = "Please find a laboratory for samples."


@pytest.fixture
def plan():
    return make.plan(Status.PUBLISHED)


def line_of(plan):
    return plan.bottlenecks.first().line


def in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


def page(plan, line=None):
    place = plan.district
    line = line or line_of(plan)
    return reverse("desk:bottleneck", args=[place.state.slug, place.slug, line.pk])


def said(move, seen, **values):
    fields = {"seen": seen, "text": TEXT, **values}
    return {"move": move, **{f"{move}-{name}": v for name, v in fields.items()}}


def asked(seen=0, rung=Rung.DEPC, **values):
    return said("ask", seen, **{"rung": rung.value, "answer_by": in_days(15), **values})


def send(client, plan, role, fields):
    client.force_login(make.holder_of(role, plan.district))
    return client.post(page(plan), fields)


def kinds(client, plan, role):
    client.force_login(make.holder_of(role, plan.district))
    return [kind for kind, _labels, _form in client.get(page(plan)).context["forms"]]


def rungs(client, plan, role):
    client.force_login(make.holder_of(role, plan.district))
    forms = {kind: f for kind, _l, f in client.get(page(plan)).context["forms"]}
    return [value for value, _label in forms["ask"].fields["rung"].choices]


def told(plan):
    rows = Escalation.objects.filter(line=line_of(plan))
    return [(row.number, row.status, row.rung) for row in rows.order_by("number")]


def last(status, rung=Rung.DEPC, answer_by=None):
    return Escalation(status=status, rung=rung, answer_by=answer_by)


@pytest.mark.parametrize(
    ("before", "may"),
    [
        (None, [Rung.DEPC]),
        (last(Asked.SETTLED, Rung.SEPC), [Rung.DEPC]),
        (last(Asked.OF_DEPC, answer_by=dt.date(2026, 11, 22)), []),
        (last(Asked.OF_DEPC, answer_by=dt.date(2026, 11, 21)), [Rung.SEPC]),
        (last(Asked.ANSWERED), [Rung.SEPC, Rung.DEPC]),
        (last(Asked.ANSWERED, Rung.SEPC), [Rung.HEADQUARTERS, Rung.SEPC]),
        (last(Asked.ANSWERED, Rung.HEADQUARTERS), [Rung.HEADQUARTERS]),
        (
            last(Asked.OF_HEADQUARTERS, Rung.HEADQUARTERS, dt.date(2026, 11, 1)),
            [],
        ),
    ],
)
def test_the_next_rung_comes_after_an_answer_or_a_silence(before, may):
    assert moves.next_rungs(before, dt.date(2026, 11, 22)) == may


def test_a_bottleneck_goes_up_rung_by_rung_and_is_closed(client, plan):
    send(client, plan, Role.RA_OFFICER, asked())
    send(client, plan, Role.CONVENER, said("answer", 1))
    send(client, plan, Role.CONVENER, asked(2, Rung.SEPC))
    send(client, plan, Role.STATE_OFFICER, said("answer", 3))
    send(client, plan, Role.STATE_OFFICER, asked(4, Rung.HEADQUARTERS))
    send(client, plan, Role.HQ_OFFICER, said("answer", 5))
    answer = send(client, plan, Role.RA_OFFICER, said("settle", 6))

    assert answer.status_code == 302
    assert told(plan) == [
        (1, Asked.OF_DEPC, Rung.DEPC),
        (2, Asked.ANSWERED, Rung.DEPC),
        (3, Asked.OF_SEPC, Rung.SEPC),
        (4, Asked.ANSWERED, Rung.SEPC),
        (5, Asked.OF_HEADQUARTERS, Rung.HEADQUARTERS),
        (6, Asked.ANSWERED, Rung.HEADQUARTERS),
        (7, Asked.SETTLED, Rung.HEADQUARTERS),
    ]


def test_the_page_tells_the_story_by_offices_and_never_by_persons(client, plan):
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    send(client, plan, Role.RA_OFFICER, asked())

    text = client.get(page(plan)).text
    story = text.partition("Who was asked")[2].partition("</ol>")[0]

    assert TEXT in story
    assert "Put to: District committee (DEPC)" in story
    assert f"Regional Authority officer, {plan.district.regional_authority()}" in story
    assert officer.name not in text


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.RA_OFFICER, ["ask"]),
        (Role.CONVENER, ["ask"]),
        (Role.CHAIR, []),
        (Role.STAFF, []),
        (Role.MEMBER, []),
        (Role.STATE_OFFICER, []),
        (Role.AUDITOR, []),
    ],
)
def test_who_may_put_a_bottleneck_to_the_district_committee(client, plan, role, may):
    assert kinds(client, plan, role) == may
    answer = send(client, plan, role, asked())
    assert answer.status_code == (302 if may else 403)


@pytest.mark.parametrize(
    ("rung", "answering"),
    [
        (Rung.DEPC, [Role.CONVENER, Role.CHAIR]),
        (Rung.SEPC, [Role.STATE_OFFICER]),
        (Rung.HEADQUARTERS, [Role.HQ_OFFICER]),
    ],
)
def test_the_rung_that_was_asked_answers_and_no_other(client, plan, rung, answering):
    make.everybody(plan.district)
    make.escalation(plan, status=moves.WAITS_WITH[rung], rung=rung)
    others = [role for role in Role if role not in (*answering, Role.HQ_ADMIN)]

    for role in others:
        assert "answer" not in kinds(client, plan, role), role
        answer = send(client, plan, role, said("answer", 1))
        assert answer.status_code == 403, role
    for role in answering:
        assert "answer" in kinds(client, plan, role), role

    assert send(client, plan, answering[0], said("answer", 1)).status_code == 302


def test_nobody_is_passed_over_before_their_day(client, plan):
    make.escalation(plan, answer_by=in_days(0))

    assert kinds(client, plan, Role.RA_OFFICER) == ["settle"]
    answer = send(client, plan, Role.RA_OFFICER, asked(1, Rung.SEPC))

    assert answer.status_code == 403
    assert len(told(plan)) == 1


def test_a_silent_committee_is_passed_over_and_headquarters_not_yet(client, plan):
    make.escalation(plan, answer_by=in_days(-1))

    assert rungs(client, plan, Role.RA_OFFICER) == [Rung.SEPC]
    send(client, plan, Role.RA_OFFICER, asked(1, Rung.SEPC))

    assert told(plan)[-1] == (2, Asked.OF_SEPC, Rung.SEPC)


def test_the_state_raises_to_headquarters_only(client, plan):
    make.escalation(plan, status=Asked.ANSWERED, answer_by=None)
    assert kinds(client, plan, Role.STATE_OFFICER) == []

    make.escalation(
        plan, number=2, status=Asked.ANSWERED, rung=Rung.SEPC, answer_by=None
    )

    assert rungs(client, plan, Role.STATE_OFFICER) == [Rung.HEADQUARTERS]


def test_headquarters_act_where_nobody_holds_the_post(client):
    draft = make.plan()
    for step in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(draft, step)
    post = make.holder_of(Role.CONVENER, draft.district).current_appointments[0]
    type(post).objects.filter(pk=post.pk).update(until=timezone.localdate())

    answer = send(client, draft, Role.HQ_OFFICER, asked())

    assert answer.status_code == 302
    assert Escalation.objects.get().appointment.role == Role.HQ_OFFICER


def test_the_second_of_two_is_told_and_keeps_the_text(client, plan):
    make.escalation(plan, answer_by=in_days(-1))
    send(client, plan, Role.CONVENER, said("answer", 1))

    answer = send(client, plan, Role.RA_OFFICER, said("settle", 1, text="It is done."))

    assert answer.status_code == 409
    assert "Somebody else was faster" in answer.text
    assert "It is done.</textarea>" in answer.text
    assert len(told(plan)) == 2
    again = send(client, plan, Role.RA_OFFICER, said("settle", 2, text="It is done."))
    assert again.status_code == 302


def test_who_answers_what_was_answered_meanwhile_sees_their_words_again(client, plan):
    make.everybody(plan.district)
    make.escalation(plan)
    send(client, plan, Role.CONVENER, said("answer", 1))

    answer = send(client, plan, Role.CHAIR, said("answer", 1, text="We shall see."))

    assert answer.status_code == 409
    assert "We shall see.</blockquote>" in answer.text
    assert len(told(plan)) == 2


def test_two_who_saw_the_same_page_cannot_both_move(plan):
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    line = line_of(plan)
    words = {"by": officer, "seen": 0, "rung": Rung.DEPC, "text": TEXT}
    moves.ask(line, **words, answer_by=in_days(15))

    with pytest.raises(moves.MovedMeanwhile):
        moves.ask(line, **words, answer_by=in_days(15))


def test_nothing_is_answered_or_closed_before_it_was_asked(plan):
    officer = make.holder_of(Role.RA_OFFICER, plan.district)

    for move in (moves.answer, moves.settle):
        with pytest.raises(PermissionDenied):
            move(line_of(plan), by=officer, seen=0, text=TEXT)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": ""}, "This field is required."),
        ({"answer_by": dt.date(2020, 1, 1)}, "Give a day that lies ahead."),
        ({"answer_by": dt.date(2206, 1, 1)}, "Give a day within a year."),
        ({"rung": Rung.HEADQUARTERS}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(client, plan, values, sentence):
    answer = send(client, plan, Role.RA_OFFICER, asked(**values))

    assert answer.status_code == 200
    assert sentence in answer.text
    assert told(plan) == []


def test_what_is_closed_can_be_put_anew(client, plan):
    make.escalation(plan, status=Asked.SETTLED, rung=Rung.SEPC, answer_by=None)

    assert kinds(client, plan, Role.RA_OFFICER) == ["ask"]
    assert rungs(client, plan, Role.RA_OFFICER) == [Rung.DEPC]


def test_what_left_the_plan_is_only_answered_and_closed(client, plan):
    line = line_of(plan)
    make.escalation(plan, answer_by=in_days(-1))
    following = make.draft(plan.district, like=plan)
    gone = following.bottlenecks.get(line=line)
    following.interventions.filter(bottleneck=gone).update(bottleneck=None)
    gone.delete()
    for step in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(following, step)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    client.force_login(officer)

    answer = client.get(page(plan, line))

    assert "does not name it any more" in answer.text
    assert [kind for kind, *_rest in answer.context["forms"]] == ["settle"]
    assert line.pk in set(in_charge(officer).values_list("line", flat=True))
    moves.settle(line, by=officer, seen=1, text="It was solved.")
    assert line.pk not in set(in_charge(officer).values_list("line", flat=True))


def test_a_line_that_is_no_bottleneck_of_the_district_is_not_found(client, plan):
    client.force_login(make.holder_of(Role.RA_OFFICER, plan.district))
    other = make.plan(Status.PUBLISHED)
    lines = [plan.targets.first().line_id, line_of(other).pk, uuid.uuid4()]
    place = plan.district

    for line in lines:
        address = reverse("desk:bottleneck", args=[place.state.slug, place.slug, line])
        assert client.get(address).status_code == 404


def test_a_bottleneck_of_a_mere_draft_is_not_followed_up(client):
    draft = make.plan()
    client.force_login(make.holder_of(Role.RA_OFFICER, draft.district))

    assert client.get(page(draft)).status_code == 404


def test_the_page_shows_what_is_done_against_it(client, plan):
    row = plan.bottlenecks.first()
    action = row.interventions.first() or plan.interventions.first()
    client.force_login(make.holder_of(Role.RA_OFFICER, plan.district))

    text = client.get(page(plan)).text

    expected = action.action if action.bottleneck_id == row.pk else "no intervention"
    assert expected in text


# The list.


def listed(client, query=""):
    answer = client.get(reverse("desk:escalations") + query)
    return answer, [row.bottleneck.line_id for row in answer.context["rows"]]


def test_the_list_says_with_whom_each_waits_and_counts_equal_lists(client):
    place = make.district()
    ra = place.regional_authority()
    plans = [make.plan(Status.PUBLISHED, place)]
    for _ in range(3):
        other = make.district(ra=ra, state=place.state)
        plans.append(make.plan(Status.PUBLISHED, other))
    make.escalation(plans[0])
    make.escalation(plans[1], status=Asked.ANSWERED, answer_by=None)
    make.escalation(plans[2], answer_by=in_days(-3))
    client.force_login(make.holder_of(Role.RA_OFFICER, place))

    answer, lines = listed(client)

    assert lines[0] == line_of(plans[2]).pk
    assert "3 days overdue" in answer.text
    assert len(lines) == answer.context["all"]
    chips = answer.context["chips"]
    assert {chip.value: chip.count for chip in chips} == {
        "depc": 2,
        "answered": 1,
        "none": len(lines) - 3,
    }
    for chip in chips:
        assert len(listed(client, f"?waiting={chip.value}")[1]) == chip.count
    assert listed(client, "?overdue=yes")[1] == [line_of(plans[2]).pk]
    assert listed(client, f"?district={plans[1].district_id}&waiting=answered")[1] == [
        line_of(plans[1]).pk
    ]


def test_the_list_is_narrowed_by_severity_state_and_words(client):
    plan, other = make.plan(Status.PUBLISHED), make.plan(Status.PUBLISHED)
    row = plan.bottlenecks.first()
    client.force_login(make.official(Role.HQ_OFFICER))

    name = plan.district.name.replace(" ", "+")

    assert {row.line_id, line_of(other).pk} <= set(listed(client)[1])
    state = listed(client, f"?state={plan.district.state.slug}")[1]
    assert row.line_id in state
    assert line_of(other).pk not in state
    assert row.line_id in listed(client, f"?severity={row.severity}")[1]
    missing = next(n for n in (1, 2, 3) if n != row.severity)
    assert row.line_id not in listed(client, f"?severity={missing}")[1]
    assert row.line_id in listed(client, f"?q={row.text.split()[0]}+{name}")[1]
    assert listed(client, "?q=nothinglikethis")[1] == []


@pytest.mark.parametrize(
    "query", ["?waiting=x&severity=9&state=nowhere&district=0&page=zz", "?overdue=no"]
)
def test_what_the_address_does_not_know_narrows_nothing(client, plan, query):
    client.force_login(make.holder_of(Role.STATE_OFFICER, plan.district))

    assert listed(client, query)[1] == listed(client)[1]


@pytest.mark.parametrize("more", [0, 5])
def test_the_list_takes_a_fixed_number_of_queries(
    client, more, django_assert_num_queries
):
    place = make.district()
    for _ in range(more + 1):
        other = make.district(ra=place.regional_authority(), state=place.state)
        make.escalation(make.plan(Status.PUBLISHED, other))
    client.force_login(make.holder_of(Role.RA_OFFICER, place))
    address = reverse("desk:escalations")

    with django_assert_num_queries(8):
        client.get(address)


@pytest.mark.parametrize("more", [0, 5])
def test_the_page_takes_a_fixed_number_of_queries(
    client, plan, more, django_assert_num_queries
):
    make.escalation(plan)
    for number in range(more):
        make.escalation(plan, number=number + 2)
    client.force_login(make.holder_of(Role.RA_OFFICER, plan.district))
    address = page(plan)

    with django_assert_num_queries(10):
        client.get(address)


def test_the_plan_links_to_each_bottleneck_and_says_with_whom_it_waits(client, plan):
    make.escalation(plan)
    client.force_login(make.holder_of(Role.RA_OFFICER, plan.district))

    text = client.get(reverse("desk:plan", args=[plan.pk])).text

    assert page(plan) in text
    assert "Waits for the district committee" in text
