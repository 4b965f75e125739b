"""Every step of a plan's life, tried by those who may not take it.

By its address and by sending its form; the plan stays as it is.
"""

from dataclasses import dataclass
from http import HTTPStatus

import pytest
from django.utils import timezone

from portal.periods import Quarter

SIGN_IN = "/accounts/login/"
TOKEN = "input[name=csrfmiddlewaretoken]"
# Districts of the demonstration where the steps would be open, each with the account
# of a member of its committee.
PLACES = {
    "uttar-pradesh/moradabad": "member.moradabad.up",
    "assam/kamrup-metropolitan": "member.kamrup-metropolitan.as",
    "punjab/ludhiana": "member.ludhiana.pb",
    "tamil-nadu/thoothukkudi": "member.thoothukkudi.tn",
    "jammu-and-kashmir/kathua": "member.kathua.jk",
    "odisha/kandhamal": "member.kandhamal.od",
    "rajasthan/nagaur": "member.nagaur.rj",
}
BY_ADDRESS, BY_FORM = "get", "post"


@dataclass(frozen=True)
class Step:
    """What is tried where, with what the one inside without the right may not do."""

    place: str
    of_plan: str = ""
    of_district: str = ""
    refused: tuple = (BY_ADDRESS, BY_FORM)

    def path(self, plan):
        if self.of_plan:
            return plan + self.of_plan
        return f"/desk/districts/{self.place}/{self.of_district}"


MORADABAD, KAMRUP, LUDHIANA, THOOTHUKKUDI, KATHUA, KANDHAMAL, NAGAUR = PLACES
QUARTER = Quarter.last_due(timezone.localdate()).code
STEPS = [
    Step(MORADABAD, of_district="start/"),
    Step(MORADABAD, of_district="products/new/"),
    Step(KAMRUP, "sections/1/"),
    Step(KAMRUP, "edit/"),
    Step(KAMRUP, "products/new/"),
    Step(KAMRUP, "bottlenecks/new/"),
    Step(KAMRUP, "interventions/new/"),
    Step(KAMRUP, "targets/new/"),
    Step(KAMRUP, "submit/"),
    Step(KAMRUP, "discard/"),
    Step(LUDHIANA, "withdraw/"),
    Step(LUDHIANA, "return/"),
    Step(LUDHIANA, "assess/"),
    Step(THOOTHUKKUDI, of_district="committee/edit/"),
    Step(THOOTHUKKUDI, of_district="meetings/new/"),
    Step(THOOTHUKKUDI, "adopt/"),
    Step(THOOTHUKKUDI, "record-adoption/"),
    Step(KATHUA, "confirm/"),
    Step(KANDHAMAL, "notify/"),
    Step(KANDHAMAL, "publish/"),
    # Members read reports, and the public does.
    Step(NAGAUR, of_district=f"reports/{QUARTER}/", refused=(BY_FORM,)),
    Step(NAGAUR, of_district=f"reports/{QUARTER}/file/"),
    Step(NAGAUR, of_district="people/appoint/"),
]


class Knocker:
    """Somebody who tries addresses without opening them, or sends forms to them."""

    def __init__(self, visitor, page_with_form):
        self.request = visitor.context.request
        visitor.open(page_with_form)
        self.token = visitor.page.locator(TOKEN).first.get_attribute("value")

    def misses(self, path, wanted, ways=(BY_ADDRESS, BY_FORM)):
        """Sentences where the answer is not the one wanted."""
        answers = {way: self._answer(way, path) for way in ways}
        return [
            f"{way} {path}: {answer}"
            for way, answer in answers.items()
            if answer != wanted
        ]

    def _answer(self, way, path):
        """The status, or where one is sent."""
        form = {"csrfmiddlewaretoken": self.token, "confirm": "yes"}
        knock = self.request.get if way == BY_ADDRESS else self.request.post
        typed = {} if way == BY_ADDRESS else {"form": form}
        answer = knock(path, max_redirects=0, **typed)
        sent_to = answer.headers.get("location", "").partition("?")[0]
        return sent_to or answer.status


@pytest.fixture
def members(official):
    """By place."""
    return {place: official(name) for place, name in PLACES.items()}


@pytest.fixture
def plans(members):
    return {place: members[place].only_plan() for place in PLACES if place != MORADABAD}


def test_nobody_comes_to_a_step_that_is_not_theirs(visit, official, members, plans):
    """A stranger is asked to sign in; to an official of another Regional Authority or
    of another district there is no such page; who belongs there without the right is
    told that they may not.
    """
    stranger = Knocker(visit(), SIGN_IN)
    offices = {
        place: Knocker(official(name), "/desk/")
        for place, name in {MORADABAD: "ra.guwahati", KAMRUP: "ra.moradabad"}.items()
    }
    own = {place: Knocker(members[place], "/desk/") for place in PLACES}
    before = {place: read(members[place], plan) for place, plan in plans.items()}

    wrong = []
    for step in STEPS:
        path = step.path(plans.get(step.place))
        other = offices.get(step.place, offices[KAMRUP])
        neighbour = own[KAMRUP if step.place != KAMRUP else LUDHIANA]
        wrong += stranger.misses(path, SIGN_IN)
        wrong += other.misses(path, HTTPStatus.NOT_FOUND)
        wrong += neighbour.misses(path, HTTPStatus.NOT_FOUND)
        wrong += own[step.place].misses(path, HTTPStatus.FORBIDDEN, step.refused)

    assert wrong == []
    assert {p: read(members[p], plan) for p, plan in plans.items()} == before


def read(member, plan):
    member.open(plan)
    return member.page.locator("main").inner_text()
