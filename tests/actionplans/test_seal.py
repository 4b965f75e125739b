"""The seal: the same plan gives the same bytes, and the chain holds."""

import json

import pytest

from actionplans.models import Plan, Seal
from actionplans.seal import canonical, contents, digest
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db


def rebuilt(seal):
    whole = Plan.objects.whole().get(pk=seal.plan_id)
    return canonical(contents(whole, seal.event, seal.previous))


def test_adoption_seals_the_whole_plan():
    plan = make.plan(Status.ADOPTED)

    body = json.loads(plan.seal.body)

    assert digest(plan.seal.body) == plan.seal.sha256
    assert body["format"] == 1
    assert body["district"] == plan.district.name
    assert len(body["sections"]) == 11
    assert len(body["targets"]) == plan.targets.count() == 4
    assert body["meeting"] == 1


def test_the_sealed_bytes_can_be_rebuilt_from_the_rows():
    seal = make.plan(Status.PUBLISHED).seal

    assert rebuilt(seal) == seal.body


def test_seals_form_a_chain():
    first = make.plan(Status.ADOPTED).seal
    second = make.plan(Status.ADOPTED).seal

    assert first.previous == ""
    assert second.previous == first.sha256
    assert json.loads(second.body)["previous"] == first.sha256


def test_an_adoption_that_was_recorded_is_sealed_when_it_is_confirmed():
    plan = make.plan(Status.RECORDED)
    assert not Seal.objects.exists()

    make.workflow.take(
        plan, Action.CONFIRM, by=make.official(Role.STATE_OFFICER, plan.district)
    )

    assert plan.seal.event.action == Action.CONFIRM
    assert rebuilt(plan.seal) == plan.seal.body


def test_canonical_bytes_hold_integers_and_strings_only_in_nfc():
    text = canonical({"b": None, "a": ["e\u0301", 3], "c": True and 1})

    assert text == '{"a":["é",3],"b":"","c":1}'
