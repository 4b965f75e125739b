"""Words that were asked for, in the words of a source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.marking import beginnings, marked


@pytest.mark.parametrize(
    ("text", "asked", "markup"),
    [
        ("Turmeric", "turmeric", "<mark>Turmeric</mark>"),
        ("Spices (Turmeric etc.)", "TURMERIC", "Spices (<mark>Turmeric</mark> etc.)"),
        ("Lakadong-turmeric", "turmeric", "Lakadong-<mark>turmeric</mark>"),
        ("Carpets, rugs", "carpet", "<mark>Carpets</mark>, rugs"),
        ("Carpet", "carpets", "<mark>Carpet</mark>"),
        ("हल्दी, मिर्च", "हल्दी", "<mark>हल्दी</mark>, मिर्च"),
        ("Oil of it", "of", "Oil of it"),
        ("Salt & <b>", "salt", "<mark>Salt</mark> &amp; &lt;b&gt;"),
    ],
)
def test_asked_words_are_marked(text, asked, markup):
    assert marked(text, beginnings([asked])) == markup


def test_without_a_question_nothing_is_marked():
    assert marked("Turmeric", beginnings([""])) == "Turmeric"


@given(st.text(), st.text())
def test_the_text_stays_the_same_and_is_never_markup(text, asked):
    markup = marked(text, beginnings([asked]))

    plain = markup.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain
