"""Errata: wrong words of a sealed plan, put right beside the text by two offices."""

import pytest
from django.urls import reverse

from actionplans.models import Erratum
from portal.models import DataVersion
from portal.terms import Action, Confirmation, Role, Status
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """In force; its first section and an intervention have words to put right."""
    draft = make.complete(make.draft())
    draft.sections.filter(code=1).update(
        body="The district lies on the river Gagn.\nIt has 12 blocks. " + "Words. " * 20
    )
    draft.interventions.filter(pk=draft.interventions.first().pk).update(
        action="Build a labratory for 40 lakh"
    )
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(draft, action)
    return draft


def said(**values):
    return {
        "section": 1,
        "wrong": "river Gagn.",
        "right": "river Gagan.",
        "reason": "A letter was lost.",
        **values,
    }


def ask(client, plan, **values):
    client.force_login(make.holder_of(Role.CONVENER, plan.district))
    return client.post(reverse("desk:erratum-new", args=[plan.pk]), said(**values))


def decide(client, erratum, answer="confirm"):
    client.force_login(make.holder_of(Role.RA_OFFICER, erratum.district))
    return client.post(
        reverse("desk:erratum", args=[erratum.pk]), {"answer": answer}, follow=True
    )


def public(client, plan):
    place = plan.district
    return client.get(reverse("plan", args=[place.state.slug, place.slug])).text


def test_an_erratum_stands_beside_its_section_once_another_office_confirmed(
    client, plan
):
    ask(client, plan)
    erratum = Erratum.objects.get()
    assert "river Gagan" not in public(client, plan)
    sealed, version = plan.seal.sha256, DataVersion.current().number

    decide(client, erratum)

    text = public(client, plan)
    section = text.partition("<h3>1. ")[2].partition("</article>")[0]
    assert "for “river Gagn.” read “river Gagan.”" in section
    assert "A letter was lost." in section
    assert text.count("Gagan") == 1
    plan.refresh_from_db()
    assert plan.sections.get(code=1).body.startswith(
        "The district lies on the river Gagn."
    )
    assert plan.seal.sha256 == sealed
    assert DataVersion.current().number > version


def test_a_refused_erratum_is_never_shown(client, plan):
    ask(client, plan)

    decide(client, Erratum.objects.get(), "refuse")

    assert Erratum.objects.get().status == Confirmation.REFUSED
    assert "river Gagan" not in public(client, plan)


def test_who_asked_does_not_decide(client, plan):
    ask(client, plan)
    erratum = Erratum.objects.get()
    address = reverse("desk:erratum", args=[erratum.pk])

    assert client.post(address, {"answer": "confirm"}).status_code == 403
    client.force_login(make.official(Role.CONVENER, plan.district))
    assert client.post(address, {"answer": "confirm"}).status_code == 403
    assert Erratum.objects.get().is_waiting


def test_a_decision_is_made_once(client, plan):
    ask(client, plan)
    erratum = Erratum.objects.get()
    decide(client, erratum)

    text = decide(client, erratum, "refuse").text

    assert "It was decided already." in text
    assert Erratum.objects.get().status == Confirmation.CONFIRMED


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("12 blocks", "13 blocks"),
        ("12 blocks", "1.2 blocks"),
        ("12 blocks", "12 lakh blocks"),
        ("12 blocks", "the blocks"),
        ("12 blocks", "-12 blocks"),
    ],
)
def test_an_erratum_never_touches_a_number(client, plan, wrong, right):
    answer = ask(client, plan, wrong=wrong, right=right)

    assert "never touches a number" in answer.text
    assert not Erratum.objects.exists()


def test_the_unit_of_a_number_is_part_of_it(client, plan):
    answer = ask(client, plan, section=6, wrong="for 40 lakh", right="for 40 crore")

    assert "never touches a number" in answer.text


def test_the_words_of_a_row_are_corrected_too(client, plan):
    ask(
        client,
        plan,
        section=6,
        wrong="labratory for 40 lakh",
        right="laboratory for 40 Lakh",
    )
    decide(client, Erratum.objects.get())

    assert "read “laboratory for 40 Lakh”" in public(client, plan)


@pytest.mark.parametrize(
    "values",
    [
        {"wrong": "the river Ganges"},
        {"section": 2},
        {"section": 6, "wrong": "standards"},
    ],
)
def test_the_wrong_words_stand_in_that_section(client, plan, values):
    assert "The section does not say this" in ask(client, plan, **values).text
    assert not Erratum.objects.exists()


def test_words_are_found_across_the_end_of_a_line(client, plan):
    ask(client, plan, wrong="Gagn. It has", right="Gagan. It has")

    assert Erratum.objects.exists()


def test_the_same_words_are_put_right_once(client, plan):
    ask(client, plan)

    assert (
        "an erratum to these words already" in ask(client, plan, right="Gagaan.").text
    )
    decide(client, Erratum.objects.get(), "refuse")
    ask(client, plan, right="river Gagaan.")
    assert Erratum.objects.count() == 2


def test_both_texts_and_a_reason_are_needed(client, plan):
    assert "Both texts are the same." in ask(client, plan, right="river Gagn.").text
    for name in ("wrong", "right", "reason"):
        assert "This field is required." in ask(client, plan, **{name: ""}).text
    assert not Erratum.objects.exists()


def test_a_plan_that_is_not_sealed_has_no_errata(client):
    plan = make.plan(Status.DRAFT)
    client.force_login(make.holder_of(Role.CONVENER, plan.district))

    for name in ("errata", "erratum-new"):
        assert client.get(reverse(f"desk:{name}", args=[plan.pk])).status_code == 404


def test_the_list_shows_where_each_erratum_stands(
    client, plan, django_assert_num_queries
):
    address = reverse("desk:errata", args=[plan.pk])
    ask(client, plan)
    assert "Waits for another office" in client.get(address).text
    with django_assert_num_queries(6):
        client.get(address)
    ask(client, plan, wrong="The district", right="This district")
    client.get(address)
    with django_assert_num_queries(6):
        assert len(client.get(address).context["errata"]) == 2
    assert f'href="{address}"' in client.get(plan.get_absolute_url()).text
