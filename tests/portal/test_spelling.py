"""Spellings that mean the same are folded into one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.spelling import closest, fold, squeeze


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Ranga   Reddy ", "ranga reddy"),
        ("Jammu & Kashmir", "jammu and kashmir"),
        ("Chümoukedima", "chumoukedima"),
        ("Kotputli-Behror (new)", "kotputli behror new"),
        ("People's", "peoples"),
        ("People\u2019s", "peoples"),
        ("\uff28\uff33 \uff17\uff14", "hs 74"),
        ("०९१०", "0910"),
        ("İstanbul", "istanbul"),
        ("\u202eabc\u200d", "abc"),
        ("a\x00b", "a b"),
        ("😀", ""),
        ("\ud800", ""),
    ],
)
def test_folding_leaves_what_is_compared(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("फ़ैज़ाबाद", "फैजाबाद"),
        ("हिन्दी", "हिंदी"),
        ("मुम्बई", "मुंबई"),
        ("वायगाँव", "वायगांव"),
        ("क\u093cलम", "\u0958लम"),
        ("कॉफ़ी", "कॉफी"),
    ],
)
def test_hindi_spellings_of_one_word_are_one(one, other):
    assert fold(one) == fold(other)


def test_different_hindi_words_stay_different():
    assert fold("पटना") != fold("पाटन")


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_squeezed_text_has_no_spaces():
    assert squeeze(fold("K.V. Rangareddy")) == "kvrangareddy"


def test_closest_keeps_to_the_threshold():
    known = ["moradabad", "faridabad", "ghaziabad"]

    assert closest("moradbad", known, 0.75) == "moradabad"
    assert closest("mysore", known, 0.75) is None
    assert closest("", [], 0.75) is None


def test_of_two_that_are_as_close_the_first_letter_decides():
    assert closest("matti", ["patti", "motti"], 0.75) == "motti"
