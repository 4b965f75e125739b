"""Links that narrow a list."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import override

from portal.facets import OPEN, Facet, FacetLink


def link(asked, value, count=1):
    return FacetLink.of(
        QueryDict(asked), "sector", value, label=value.title(), count=count
    )


def test_a_link_keeps_what_was_asked_but_the_page():
    assert link("q=tea&page=3", "marine").href == "?q=tea&sector=marine"


def test_another_value_takes_the_place_of_the_chosen_one():
    assert link("sector=marine&q=tea", "spices").href == "?q=tea&sector=spices"


def test_the_chosen_one_takes_itself_back():
    chosen = link("q=tea&sector=marine", "marine")

    assert chosen.is_chosen
    assert chosen.href == "?q=tea"


def test_a_long_facet_unfolds_but_never_hides_the_chosen_one():
    values = [f"v{at}" for at in range(OPEN + 3)]
    facet = Facet("Sector", [link(f"sector={values[-1]}", value) for value in values])

    text = render_to_string("_ui/facet.html", {"facet": facet})

    open_part, folded = text.split("<details>")
    assert "2 more" in folded
    assert "V10" in open_part
    assert 'aria-current="true"' in open_part
    assert "V8" in folded


def test_a_short_facet_has_nothing_to_unfold():
    facet = Facet("Sector", [link("", "marine", 1234)])

    text = render_to_string("_ui/facet.html", {"facet": facet})

    assert "<details>" not in text
    assert "<b>1,234</b>" in text


def test_a_single_value_is_not_folded_away():
    facet = Facet("Sector", [link("", f"v{at}") for at in range(OPEN + 1)])

    assert (len(facet.shown), facet.rest) == (OPEN + 1, [])


@pytest.mark.parametrize(
    ("page", "label", "lang"),
    [
        ("en", "Bihar", ""),
        ("hi", "Bihar", "en"),
        ("hi", "बिहार", ""),
        ("en", "தமிழ்", "ta"),
    ],
)
def test_a_label_in_another_language_than_the_page_says_so(page, label, lang):
    with override(page):
        shown = FacetLink(label=label, count=1, href="?")

        assert shown.lang == lang


def test_a_facet_without_answers_is_not_shown():
    text = render_to_string("_ui/facet.html", {"facet": Facet("Sector", [])})

    assert "Sector" not in text
