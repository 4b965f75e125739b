"""The worked examples of the page on figures say what that page says they do."""

import pytest
from django.urls import reverse

from actionplans import examples
from actionplans.freshness import Freshness
from actionplans.plausible import Topic
from actionplans.progress import Kind, Verdict


def test_there_is_one_example_of_each_kind():
    assert [example.result.goal.kind for example in examples.of_kinds()] == list(Kind)


def test_there_is_one_example_of_each_verdict_in_its_order():
    assert [example.verdict for example in examples.of_verdicts()] == list(Verdict)


def test_there_is_one_example_of_each_freshness():
    assert [filed.word for filed in examples.of_freshness()] == list(Freshness)


def test_a_mark_bends_what_is_expected():
    straight, bent = examples.of_milestones()

    assert (straight.expected_value, bent.expected_value) == (16_49, 13_50)


def test_the_unusual_goal_asks_about_growth_the_plan_and_its_peers():
    topics = [question.topic for question in examples.of_questions()]

    assert topics == [Topic.GROWTH, Topic.AFTER_THE_PLAN, Topic.PEERS]


@pytest.mark.django_db
def test_the_page_shows_every_example_with_its_working(client):
    text = client.get(reverse("method")).text

    for example in examples.of_kinds():
        assert str(example.name) in text
        for sentence in example.working:
            assert sentence in text
    for question in examples.of_questions():
        assert str(question) in text
