"""Every address of the desk, for every role, in and out of its place.

What a page asks for stands in one table below; what must come back follows from the
rights table. A new page of the desk fails here until the table has it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from actionplans.models import Decision, Evidence, Line, Plan, Reading, Report
from districts.models import District
from portal import rules
from portal.terms import NATIONAL, Action, Role, Status
from tests import make
from tests.test_house import named_patterns

pytestmark = pytest.mark.django_db


def world() -> SimpleNamespace:
    """A district for each situation that a page needs, nobody appointed yet."""
    draft = make.plan(Status.DRAFT)
    submitted = make.plan(Status.UNDER_ASSESSMENT)
    assessed = make.plan(Status.ASSESSED)
    recorded = make.plan(Status.RECORDED)
    adopted = make.plan(Status.ADOPTED)
    published = make.plan(Status.PUBLISHED)
    old = make.plan(Status.UNSTRUCTURED)
    transcribed = make.plan(Status.TRANSCRIBED)
    comment = make.comment(make.consultation(make.plan()))
    decision = make.adoption(assessed)
    open_meeting = make.meeting(draft.district)
    open_meeting.decisions.create(
        number=1, kind=Decision.Kind.REVIEW, text="Progress was reviewed."
    )
    return SimpleNamespace(
        draft=draft,
        submitted=submitted,
        assessed=assessed,
        recorded=recorded,
        adopted=adopted,
        published=published,
        old=old,
        transcribed=transcribed,
        consulted=comment.consultation.plan,
        comment=comment,
        decision=decision,
        meeting=open_meeting,
        document=decision.meeting.minutes,
        reading=reading(published.district),
        evidence=evidence(draft),
        correction=make.correction(published),
        erratum=make.erratum(published),
        intake=make.intake(draft.district),
        post=make.official(Role.STAFF, draft.district).current_appointments[0],
    )


def reading(place: District) -> Reading:
    """A figure that was filed for a target of the plan in force."""
    officer = make.holder_of(Role.RA_OFFICER, place).current_appointments[0]
    due = make.last_due()
    report = Report.objects.create(district=place, quarter=due.code)
    Report.objects.filter(pk=report.pk).update(
        filed_by=officer, filed_on=timezone.localdate(), filed_at=timezone.now()
    )
    line: Line = place.plans.in_force().get().targets.first().line
    return Reading.objects.create(
        line=line,
        quarter=due.code,
        state="value",
        value=12_00,
        entered_by=officer,
        report=report,
    )


def evidence(plan: Plan) -> Evidence:
    """A file behind a report that is not filed."""
    report, _is_new = Report.objects.get_or_create(
        district=plan.district, quarter=make.last_due().code
    )
    target = plan.targets.first()
    assert target
    return make.evidence(report, target.line)


def of_plan(key: str, *more: Any) -> Callable[[Any], list[Any]]:
    return lambda made: [getattr(made, key).pk, *more]


def of_place(key: str, *more: Any) -> Callable[[Any], list[Any]]:
    def address(made: Any) -> list[Any]:
        place = getattr(made, key).district
        return [place.state.slug, place.slug, *more]

    return address


def row(key: str, part: str) -> Callable[[Any], list[Any]]:
    """A row of a part of the plan."""

    def address(made: Any) -> list[Any]:
        plan = getattr(made, key)
        return [plan.pk, part, getattr(plan, part).first().pk]

    return address


# Name of the address → where it is tried, its arguments, and what its reader must be
# allowed to do: to the plan where the action is a step, else to its district.
PAGES: list[tuple[str, str, Callable[[Any], list[Any]], Action]] = [
    ("plan", "draft", of_plan("draft"), Action.SEE),
    ("plan-edit", "draft", of_plan("draft"), Action.EDIT),
    ("plan-section", "draft", of_plan("draft", 7), Action.EDIT),
    ("plan-state", "draft", of_plan("draft", 7), Action.EDIT),
    ("part-paste", "draft", of_plan("draft", "targets"), Action.EDIT),
    ("part-copy", "draft", of_plan("draft", "interventions"), Action.EDIT),
    ("part-new", "draft", of_plan("draft", "targets"), Action.EDIT),
    ("part-edit", "draft", row("draft", "interventions"), Action.EDIT),
    ("part-remove", "draft", row("draft", "bottlenecks"), Action.EDIT),
    ("plan-step", "draft", of_plan("draft", Action.SUBMIT), Action.SUBMIT),
    ("plan-step", "draft", of_plan("draft", Action.DISCARD), Action.DISCARD),
    *[
        ("plan-step", "submitted", of_plan("submitted", step), step)
        for step in (Action.WITHDRAW, Action.COMMENT, Action.RETURN, Action.ASSESS)
    ],
    ("plan-step", "assessed", of_plan("assessed", Action.ADOPT), Action.ADOPT),
    (
        "plan-step",
        "assessed",
        of_plan("assessed", Action.RECORD_ADOPTION),
        Action.RECORD_ADOPTION,
    ),
    ("plan-step", "recorded", of_plan("recorded", Action.CONFIRM), Action.CONFIRM),
    ("plan-step", "adopted", of_plan("adopted", Action.PUBLISH), Action.PUBLISH),
    ("plan-step", "adopted", of_plan("adopted", Action.NOTIFY), Action.NOTIFY),
    ("plan-step", "adopted", of_plan("adopted", Action.HOLD), Action.HOLD),
    ("plan-step", "draft", of_plan("draft", Action.CONSULT), Action.CONSULT),
    ("plan-consultation", "consulted", of_plan("consulted"), Action.SEE),
    ("consultation-csv", "consulted", of_plan("consulted"), Action.SEE),
    (
        "plan-comment",
        "consulted",
        lambda made: [made.consulted.pk, made.comment.pk],
        Action.MODERATE,
    ),
    ("plan-step", "old", of_plan("old", Action.HAND_IN), Action.HAND_IN),
    (
        "plan-step",
        "transcribed",
        of_plan("transcribed", Action.TRANSCRIBE),
        Action.TRANSCRIBE,
    ),
    ("plan-step", "published", of_plan("published", Action.ANNUL), Action.ANNUL),
    ("district", "draft", of_place("draft"), Action.SEE),
    ("district-start", "published", of_place("published"), Action.START),
    ("products", "draft", of_place("draft"), Action.SEE),
    ("product-new", "draft", of_place("draft"), Action.PRODUCTS),
    ("committee", "draft", of_place("draft"), Action.SEE),
    ("committee-edit", "draft", of_place("draft"), Action.CONVENE),
    ("meeting-new", "draft", of_place("draft"), Action.CONVENE),
    ("meeting", "draft", lambda made: [made.meeting.pk], Action.SEE),
    ("meeting-edit", "draft", lambda made: [made.meeting.pk], Action.CONVENE),
    ("meeting-minutes", "draft", lambda made: [made.meeting.pk], Action.CONVENE),
    ("decision-new", "draft", lambda made: [made.meeting.pk], Action.CONVENE),
    ("decision-edit", "draft", lambda made: [made.meeting.pk, 1], Action.CONVENE),
    ("plan-pdf", "adopted", of_plan("adopted"), Action.SEE),
    ("document", "assessed", lambda made: [made.document.sha256], Action.SEE),
    (
        "report",
        "draft",
        of_place("draft", make.last_due()),
        Action.SEE,
    ),
    (
        "report-file",
        "draft",
        of_place("draft", make.last_due()),
        Action.FILE_REPORT,
    ),
    (
        "reading-correct",
        "published",
        lambda made: of_place("published", made.reading.pk)(made),
        Action.CORRECT_FIGURE,
    ),
    (
        "line-evidence",
        "published",
        lambda made: of_place("published", make.last_due(), made.reading.line_id)(made),
        Action.SEE,
    ),
    ("evidence", "draft", lambda made: [made.evidence.pk], Action.SEE),
    (
        "evidence-remove",
        "draft",
        lambda made: [made.evidence.pk],
        Action.PREPARE_REPORT,
    ),
    (
        "reading-verify",
        "published",
        lambda made: of_place("published", made.reading.pk)(made),
        Action.VERIFY,
    ),
    ("plan-changes", "draft", of_plan("draft"), Action.SEE),
    (
        "event-correct",
        "published",
        lambda made: [made.published.pk, made.published.events.first().pk],
        Action.CORRECT,
    ),
    ("correction", "published", lambda made: [made.correction.pk], Action.SEE),
    ("errata", "published", of_plan("published"), Action.SEE),
    ("erratum-new", "published", of_plan("published"), Action.CORRECT),
    ("erratum", "published", lambda made: [made.erratum.pk], Action.SEE),
    (
        "bottleneck",
        "published",
        lambda made: of_place("published", made.published.bottlenecks.first().line_id)(
            made
        ),
        Action.SEE,
    ),
    ("plan-document", "old", of_plan("old"), Action.SEE),
    ("district-record", "draft", of_place("draft"), Action.RECORD),
    ("intake", "draft", lambda made: [made.intake.pk], Action.RECORD_IN_BULK),
    ("people", "draft", of_place("draft"), Action.SEE),
    ("appoint", "draft", of_place("draft"), Action.APPOINT),
    (
        "appointment-end",
        "draft",
        lambda made: of_place("draft", made.post.pk)(made),
        Action.APPOINT,
    ),
]
# Lists of the reader's own districts: everybody has them, and others' are not there.
LISTS = [
    "worklist",
    "districts",
    "plans",
    "reports",
    "intakes",
    "intake-sheet",
    "mail",
    "interventions",
    "interventions-csv",
    "escalations",
]

# The same about one quarter.
QUARTER_LISTS = ["quarter", "file-many", "action-grid", "workbook", "workbooks"]
# And about one indicator in one quarter.
INDICATOR_LISTS = ["figure-grid"]
# What only whoever handed it in has, whatever others may do in the same places.
OWN = ["workbook-trial", "workbook-marked"]
# What only they have for whom it waits.
WAITING = ["snooze"]


def lists() -> dict[str, str]:
    """The addresses of the lists by their names."""
    due = [make.last_due()]
    found = {name: reverse(f"desk:{name}") for name in LISTS}
    found |= {name: reverse(f"desk:{name}", args=due) for name in QUARTER_LISTS}
    of_one = [*due, make.indicator().slug]
    return found | {n: reverse(f"desk:{n}", args=of_one) for n in INDICATOR_LISTS}


def status(client: Any, address: str) -> int:
    """A file that is handed out is read to its end, which closes it."""
    answer = client.get(address)
    if answer.streaming:
        answer.getvalue()
    return int(answer.status_code)


def expected(person: Any, action: Action, plan: Any) -> set[int]:
    """What an answer may be. Steps that ask again who you are redirect first."""
    if plan.district not in person.charge():
        return {404}
    thing = plan.district if rules.RULES[action].when is None else plan
    if action != Action.SEE and not rules.may(person, action, thing):
        return {403}
    asks_again = rules.Need.SECOND_FACTOR in rules.RULES[action].needs
    return {302} if asks_again else {200}


def test_the_table_has_every_page_of_the_desk():
    names = {name for name, _view in named_patterns(get_resolver())}
    desk = {name.removeprefix("desk:") for name in names if name.startswith("desk:")}

    lists = {*LISTS, *QUARTER_LISTS, *INDICATOR_LISTS}
    assert desk == {name for name, *_rest in PAGES} | lists | {*OWN, *WAITING}


def test_every_step_that_somebody_takes_is_in_the_table():
    tried = {action for name, _key, _args, action in PAGES if name == "plan-step"}

    assert set(rules.STEPS) - tried == {Action.ENDORSE}


@pytest.mark.parametrize("where", ["in", "out"])
def test_every_role_gets_what_the_rules_give_it(client, where):
    made = world()
    elsewhere = make.district()
    wrong = []
    for role, key in itertools.product(Role, dict.fromkeys(page[1] for page in PAGES)):
        plan = getattr(made, key)
        person = make.official(role, plan.district if where == "in" else elsewhere)
        client.force_login(person)
        for name, _key, address, action in (page for page in PAGES if page[1] == key):
            answer = status(client, reverse(f"desk:{name}", args=address(made)))
            if answer not in expected(person, action, plan):
                wrong.append((role, name, action, answer))
        person.appointments.update(until=timezone.localdate())
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_only_for_whom_a_thing_waits_it_can_be_put_off(client, role):
    plan = make.draft()
    address = reverse("desk:snooze", args=["draft", plan.district_id, plan.pk])
    person = make.official(role, plan.district)
    client.force_login(person)

    expected = 200 if rules.may(person, Action.EDIT, plan) else 404
    assert client.get(address).status_code == expected
    client.force_login(make.official(role, make.district()))
    if role not in NATIONAL:
        assert client.get(address).status_code == 404


def test_what_is_ones_own_is_not_there_for_others(client):
    place = make.district()
    own = make.filled_workbook(make.official(Role.RA_OFFICER, place))

    for role, name in itertools.product(Role, OWN):
        client.force_login(make.official(role, place))
        answer = client.get(reverse(f"desk:{name}", args=[own.pk]))
        assert answer.status_code == 404, (role, name)


def test_a_stranger_is_asked_to_sign_in_everywhere(client):
    made = world()
    own = make.filled_workbook(make.user()).pk
    addresses = [*lists().values(), *(reverse(f"desk:{n}", args=[own]) for n in OWN)]
    thing = ["draft", made.draft.district_id, made.draft.pk]
    addresses += [reverse(f"desk:{name}", args=thing) for name in WAITING]
    addresses += [reverse(f"desk:{n}", args=a(made)) for n, _k, a, _act in PAGES]

    for address in addresses:
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302, address
            assert answer.url.startswith(reverse("account_login")), address


def test_somebody_without_a_post_finds_nothing(client):
    made = world()
    client.force_login(make.user())

    for name, _key, address, _action in PAGES:
        answer = status(client, reverse(f"desk:{name}", args=address(made)))
        assert answer == 404, name
    for name, address in lists().items():
        assert client.get(address).status_code == 200, name


@pytest.mark.parametrize("role", [role for role in Role if role not in NATIONAL])
def test_lists_show_the_districts_of_the_reader_and_no_others(client, role):
    made = world()
    place, other = made.draft.district, made.submitted.district
    client.force_login(make.official(role, place))

    for name in ("districts", "plans", "reports", "quarter"):
        text = client.get(lists()[name]).text
        assert place.name in text, name
        assert other.name not in text, name
