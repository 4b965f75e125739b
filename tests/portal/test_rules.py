"""The rights table: it says one thing in two ways, and leads nobody into a dead end."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from types import SimpleNamespace

import pytest

from actionplans.models import Plan
from districts.models import District
from portal import conditions, moves, rules
from portal.terms import (
    DISTRICT_ROLES,
    HOLDERS,
    IN_PREPARATION,
    Action,
    Role,
    Status,
)
from tests import make

ON_PLANS = [a for a, rule in rules.RULES.items() if rule.when is not None]
ON_DISTRICTS = [a for a, rule in rules.RULES.items() if rule.when is None]


@pytest.mark.django_db
@pytest.mark.parametrize("status", Status)
def test_predicate_and_condition_agree_on_plans(status):
    plan = make.plan(status)
    place = plan.district
    people = [*make.everybody(place), *make.everybody(make.district())]
    people += [plan.submitted_by] if plan.submitted_by else []
    people.append(make.user())

    for person, action in itertools.product(people, ON_PLANS):
        listed = Plan.objects.open_to(person, action).contains(plan)
        assert listed == rules.may(person, action, plan), (person, action)


@pytest.mark.django_db
@pytest.mark.parametrize("setting", [True, False])
def test_predicate_and_condition_agree_on_what_the_state_settled(setting):
    place = make.district()
    place.state.officers_edit_plans = place.state.officers_endorse_plans = setting
    place.state.save()
    officer = make.official(Role.STATE_OFFICER, place)
    for status, action in [
        (Status.DRAFT, Action.EDIT),
        (Status.UNDER_ASSESSMENT, Action.ENDORSE),
    ]:
        plan = make.plan(status, make.district(state=place.state))

        assert rules.may(officer, action, plan) is setting
        assert Plan.objects.open_to(officer, action).contains(plan) is setting


@pytest.mark.django_db
@pytest.mark.parametrize("present", [(), (Role.CONVENER,), (Role.RA_OFFICER,)])
def test_predicate_and_condition_agree_where_headquarters_stands_in(present):
    place = make.district()
    for role in present:
        make.official(role, place)
    headquarters = make.official(Role.HQ_OFFICER)

    for action in ON_DISTRICTS:
        condition = conditions.open_q(headquarters, action)
        listed = District.objects.filter(condition).contains(place)
        assert listed == rules.may(headquarters, action, place), action


@pytest.mark.django_db
def test_headquarters_assesses_only_where_the_ra_has_nobody_else():
    plan = make.draft()
    lone_officer = make.official(Role.RA_OFFICER, plan.district)
    make.complete(plan)
    make.step(plan, Action.SUBMIT, by=lone_officer)
    headquarters = make.official(Role.HQ_OFFICER)
    assert rules.may(headquarters, Action.ASSESS, plan)
    assert Plan.objects.open_to(headquarters, Action.ASSESS).contains(plan)

    make.official(Role.RA_OFFICER, plan.district)

    assert not rules.may(headquarters, Action.ASSESS, plan)
    assert not Plan.objects.open_to(headquarters, Action.ASSESS).contains(plan)


@pytest.mark.django_db
def test_a_district_is_started_once_and_only_while_it_lives():
    place = make.district()
    convener = make.official(Role.CONVENER, place)
    assert rules.may(convener, Action.START, place)

    make.draft(place)
    assert not rules.may(convener, Action.START, place)

    gone = make.district(until="2020-01-01")
    gone.refresh_from_db()
    assert not rules.may(make.official(Role.CONVENER, gone), Action.START, gone)


@pytest.mark.django_db
def test_an_appointment_that_ended_gives_no_rights():
    plan = make.plan()
    former = make.official(Role.CONVENER, plan.district, until="2021-01-01")

    assert not rules.may(former, Action.EDIT, plan)
    assert not Plan.objects.visible_to(former).exists()


def test_every_status_in_preparation_has_a_holder():
    assert set(HOLDERS) == set(IN_PREPARATION)


def test_every_move_starts_and_ends_in_a_known_status():
    assert {status for move in moves.moves() for status in move} == set(Status)


def test_headquarters_administrators_and_auditors_take_no_step():
    for rule in (rules.RULES[action] for action in ON_PLANS):
        assert not {Role.HQ_ADMIN, Role.AUDITOR, Role.STAFF} & (
            set(rule.who) - ({Role.STAFF} if rule.then is None else set())
        )


# --- No staffing leads into a dead end


@dataclass(frozen=True)
class Person:
    """An official of one district, without a database."""

    pk: int
    roles: frozenset[Role]
    staff: tuple[Person, ...] = ()

    def charge(self, roles):
        return {"here"} if self.roles & set(roles) else set()

    def stands_in(self, roles, _district, besides=None):
        if Role.HQ_OFFICER not in self.roles:
            return frozenset()
        others = [person for person in self.staff if person.pk != besides]
        held = {role for person in others for role in person.roles}
        return frozenset(roles) - held


@dataclass(frozen=True)
class Situation:
    """Where a plan is, and who brought it there."""

    status: Status
    submitted_by_id: int | None = None
    recorder: tuple[int, Role] | None = None

    @property
    def district(self):
        return HERE

    @property
    def recorded_by(self):
        user, role = self.recorder
        return SimpleNamespace(user_id=user, role=role)


class Here(str):
    state = SimpleNamespace(officers_edit_plans=False, officers_endorse_plans=False)


HERE = Here("here")
ACTIVE = (
    Role.CONVENER,
    Role.RA_OFFICER,
    Role.CHAIR,
    Role.STATE_OFFICER,
    Role.HQ_OFFICER,
)


def staffings():
    """Up to three persons of one or two posts each: a drafter and another at HQ."""
    posts = [
        frozenset(roles)
        for count in (1, 2)
        for roles in itertools.combinations(ACTIVE, count)
    ]
    for size in (2, 3):
        for held in itertools.combinations_with_replacement(posts, size):
            drafters = {i for i, r in enumerate(held) if r & set(ACTIVE[:2])}
            headquarters = {i for i, r in enumerate(held) if Role.HQ_OFFICER in r}
            if any(a != b for a in drafters for b in headquarters):
                bare = tuple(Person(i, roles) for i, roles in enumerate(held))
                yield [replace(person, staff=bare) for person in bare]


def following(situation: Situation, people: list[Person]):
    """Every situation that one step of one of these people leads to."""
    for action, person in itertools.product(rules.STEPS, people):
        role = rules.role_for(person, action, situation)
        after = moves.target_of(action, situation.status)
        if role is None or after is None:
            continue
        submitter, recorder = situation.submitted_by_id, situation.recorder
        if action == Action.SUBMIT:
            submitter = person.pk
        elif action in (Action.RECORD_ADOPTION, Action.HAND_IN):
            recorder = (person.pk, role)
        if after in UNCONFIRMED:
            assert not confirms_own(person, after, recorder), (person, action)
        yield Situation(after, submitter, recorder)


def confirms_own(person: Person, status: Status, recorder) -> bool:
    """Whether the recorder, by whatever post, may confirm what they recorded."""
    waits = Situation(status, None, recorder)
    is_recorder = recorder[0] == person.pk
    return is_recorder and rules.may(person, UNCONFIRMED[status], waits)


# What another office has to confirm, and by which step.
UNCONFIRMED = {
    Status.RECORDED: Action.CONFIRM,
    Status.TRANSCRIBED: Action.TRANSCRIBE,
}
ENDS = {Status.PUBLISHED, Status.DISCARDED, Status.ANNULLED}


@pytest.mark.parametrize("first", sorted(moves.FIRST))
def test_no_staffing_leads_into_a_dead_end(first):
    tried = 0
    for people in staffings():
        reached = {Situation(first)}
        edges: dict[Situation, set[Situation]] = {}
        waiting = list(reached)
        while waiting:
            now = waiting.pop()
            edges[now] = set(following(now, people))
            waiting += edges[now] - reached
            reached |= edges[now]
        leads_on = {s for s in reached if s.status == Status.PUBLISHED}
        while more := {s for s in reached - leads_on if edges[s] & leads_on}:
            leads_on |= more
        stuck = {s for s in reached - leads_on if s.status not in ENDS}
        assert not stuck, ([p.roles for p in people], stuck)
        assert leads_on, [p.roles for p in people]
        tried += 1
    assert tried > 300


def test_roles_of_a_district_are_told_apart_from_the_others():
    assert {Role.RA_OFFICER, Role.STATE_OFFICER}.isdisjoint(DISTRICT_ROLES)
