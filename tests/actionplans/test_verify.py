"""The page of a seal: what everybody may know of a hash, computed anew."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.tampering import tamper

pytestmark = pytest.mark.django_db
HOLDS, BROKEN = "The seal holds", "The seal does not hold"


def page(client, sha256, status=200):
    answer = client.get(reverse("seal", args=[sha256]))
    assert answer.status_code == status
    return answer.text


def test_the_seal_of_a_public_plan_says_what_was_adopted(client):
    plan = make.plan(Status.PUBLISHED)

    text = page(client, plan.seal.sha256)

    assert HOLDS in text
    for words in (
        f'lang="en">{plan.district}</dd>',
        f'lang="en">{plan.district.state}</dd>',
        "No. 1: The plan is adopted.",
        "The stored bytes give this hash.",
        "It follows the seal before it.",
        "The plan in the database gives these bytes again.",
        "Published, in force",
        f"{plan.district.slug}/plan/1/",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("status", "today"),
    [(Status.SUPERSEDED, "Superseded"), (Status.ANNULLED, "Annulled")],
)
def test_a_seal_stays_readable_when_the_plan_is_no_longer_in_force(
    client, status, today
):
    plan = make.plan(status)

    text = page(client, plan.seal.sha256)

    assert HOLDS in text
    assert f"<dd>{today}</dd>" in text
    assert sealed_text(client, plan) == plan.seal.body.encode()


def sealed_text(client, plan):
    return client.get(reverse("seal-bytes", args=[plan.seal.sha256])).content


def annulled_before_publication():
    plan = make.plan(Status.ADOPTED)
    make.step(plan, Action.ANNUL)
    return plan


@pytest.mark.parametrize(
    "made", [lambda: make.plan(Status.ADOPTED), annulled_before_publication]
)
def test_of_a_plan_that_is_not_public_it_says_only_when_it_was_sealed(client, made):
    plan = made()

    for name in ("seal", "seal-bytes"):
        text = client.get(reverse(name, args=[plan.seal.sha256])).text
        assert "a plan that is not public: sealed on" in text
        assert HOLDS in text
        for secret in (plan.district.name, plan.district.slug, "The plan is adopted"):
            assert secret not in text


def test_anybody_can_hash_the_sealed_text(client):
    plan = make.plan(Status.PUBLISHED)

    answer = client.get(reverse("seal-bytes", args=[plan.seal.sha256]))

    assert hashlib.sha256(answer.content).hexdigest() == plan.seal.sha256
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Disposition"].endswith('-plan-1.json"')


def test_the_chain_can_be_walked_back(client):
    first, second = make.plan(Status.PUBLISHED), make.plan(Status.PUBLISHED)

    assert reverse("seal", args=[first.seal.sha256]) in page(client, second.seal.sha256)
    assert "The seal before it:" not in page(client, first.seal.sha256)


def test_a_changed_plan_is_told_to_everybody(client):
    plan = make.plan(Status.PUBLISHED)
    tamper("target", "UPDATE {table} SET goal = goal + 1")

    text = page(client, plan.seal.sha256)

    assert BROKEN in text
    assert "<b>The plan in the database does not give these bytes.</b>" in text
    assert "The stored bytes give this hash." in text
    assert "contact@portal.example" in text


def test_the_hash_of_an_old_document_is_its_seal(client):
    plan = make.plan(Status.UNSTRUCTURED)

    text = page(client, plan.document.sha256)

    assert HOLDS in text
    assert "The stored file gives this hash." in text
    assert plan.district.name in text


def test_an_old_document_that_was_exchanged_is_told(client):
    plan = make.plan(Status.UNSTRUCTURED)
    plan.document.file.storage.delete(plan.document.file.name)

    assert BROKEN in page(client, plan.document.sha256)


def test_the_document_of_a_draft_is_not_named(client):
    place = make.district()
    officer = make.holder_of(Role.RA_OFFICER, place)
    plan = make.workflow.record(
        make.document(place, officer), by=officer, years=(2026, 2030), adopted=None
    )

    text = page(client, plan.document.sha256)

    assert "a document that is not public: recorded on" in text
    assert place.name not in text
    assert plan.document.title not in text


def test_minutes_are_no_plan(client):
    make.plan(Status.PUBLISHED)
    minutes = make.document(make.district())

    page(client, minutes.sha256, status=404)


def test_an_unknown_hash_is_a_sentence_and_a_field(client):
    text = page(client, "ab" * 32, status=404)

    assert "No plan has the seal that begins with abababababab." in text
    assert f'value="{"ab" * 32}"' in text
    missing = client.get(reverse("seal-bytes", args=["ab" * 32]))
    assert missing.status_code == 404


@pytest.mark.parametrize("typed", [" AB\n{} ", "ab{}", "a\u200bb\u00ad{}"])
def test_the_field_leads_to_the_page_of_the_seal(client, typed):
    typed = typed.format("cd" * 31)

    answer = client.get(reverse("verify"), {"sha256": typed})

    assert answer.url == reverse("seal", args=["ab" + "cd" * 31])


@pytest.mark.parametrize("typed", ["12", "g" * 64, "<script>", "a" * 65])
def test_what_is_no_hash_is_said_to_be_none(client, typed):
    text = client.get(reverse("verify"), {"sha256": typed}).text

    assert "This is no seal" in text
    assert "<script>" not in text


def test_an_empty_field_says_nothing(client):
    assert "This is no seal" not in client.get(reverse("verify")).text


def test_the_page_takes_a_fixed_number_of_queries(client):
    counts = []
    for more in (0, 6):
        plan = make.complete(make.draft())
        for _ in range(more):
            make.target(plan, plan.products.first())
            make.intervention(plan, plan.products.first())
        for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
            make.step(plan, action)
        with CaptureQueriesContext(connection) as queries:
            page(client, plan.seal.sha256)
        counts.append(len(queries))

    assert counts == [16, 16]


def test_the_plan_leads_to_its_seal_its_paper_and_back(client):
    plan = make.plan(Status.PUBLISHED)
    place = [plan.district.state.slug, plan.district.slug]

    text = client.get(reverse("plan", args=place)).text

    assert reverse("seal", args=[plan.seal.sha256]) in text
    assert reverse("plan-pdf", args=[*place, 1]) in text
    assert reverse("plan-print", args=[*place, 1]) in text
    assert reverse("verify") in client.get(reverse("home")).text
