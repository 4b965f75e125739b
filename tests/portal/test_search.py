"""The search engine over a handful of entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.entries import Entry
from portal.search import Index


def code(digits, text):
    return Entry("code", digits, digits, text=text, codes=(digits,))


INDEX = Index(
    [
        Entry("place", "mumbai", "Mumbai City", "मुंबई शहर", names=("Bombay", "Mumbai")),
        Entry("place", "suburban", "Mumbai Suburban", names=("Bombay Suburban",)),
        Entry("place", "moradabad", "Moradabad", "मुरादाबाद"),
        Entry("place", "ranga", "Ranga Reddy"),
        Entry("place", "old", "Mumbai Island", last=True),
        Entry("office", "mumbai", "RA Mumbai", names=("Mumbai",)),
        Entry(
            "product",
            "turmeric",
            "Turmeric",
            "हल्दी",
            names=("haldi", "manjal"),
            codes=("091030",),
            widens=True,
        ),
        Entry("product", "erode", "Erode turmeric", names=("Erode manjal",)),
        Entry("product", "lamp", "Lamp", names=("brass lamp",), codes=("7418",)),
        Entry("product", "silver", "Moradabad brassware", codes=("741810",)),
        Entry("product", "spices", "Spices", last=True),
        Entry("product", "mixed", "Mixed spices"),
        Entry(
            "code", "0910", "0910", text="Ginger, saffron, turmeric", codes=("0910",)
        ),
        Entry("code", "091030", "091030", text="Turmeric (curcuma)", codes=("091030",)),
        Entry(
            "code", "7418", "7418", text="Copper household articles", codes=("7418",)
        ),
        Entry("code", "741810", "741810", text="Copper, table", codes=("741810",)),
    ]
)

TRADE = Index(
    [
        Entry("place", "salem", "Salem", about="Tamil Nadu"),
        Entry("product", "shrimp", "Shrimp", names=("prawn", "frozen shrimp")),
        Entry("product", "lamp", "Lamp", names=("brass lamp",)),
        code("7418", "Copper vessels, pads, gloves and other household articles"),
        code("741810", "Copper vessels, pads and gloves of the household"),
        code("7323", "Iron pots, kettles, wool, scourers and other articles"),
        code("732310", "Iron wool, pots"),
    ]
)


def found(question):
    return [(hit.entry.kind, hit.entry.key) for hit in INDEX.search(question).hits]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Moradabad", ("place", "moradabad")),
        ("moradabad", ("place", "moradabad")),
        ("मुरादाबाद", ("place", "moradabad")),
        ("Morada", ("place", "moradabad")),
        ("rangareddy", ("place", "ranga")),
        ("Bombay", ("place", "mumbai")),
        ("RA Mumbai", ("office", "mumbai")),
        ("haldi", ("product", "turmeric")),
        ("HALDI", ("product", "turmeric")),
        ("brassware of Moradabad", ("product", "silver")),
        ("0910", ("code", "0910")),
        ("HS 7418", ("code", "7418")),
        ("7418.10", ("code", "741810")),
        ("74181090", ("code", "741810")),
        ("910", ("code", "0910")),
        ("copper articles", ("code", "7418")),
    ],
)
def test_best_find_comes_first(question, first):
    assert found(question)[0] == first


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("tumeric", "Turmeric"),
        ("Moradbad", "Moradabad"),
        ("turmeric", ""),
        ("erode tumeric", "Erode Turmeric"),
        ("moradabadbrasware", "Moradabad brassware"),
        ("qwertyuiop", ""),
        ("xyz", ""),
    ],
)
def test_slips_are_corrected_and_said(question, corrected):
    assert INDEX.search(question).corrected == corrected


def test_nothing_close_finds_nothing():
    answer = INDEX.search("qwertyuiop")

    assert not answer
    assert (answer.hits, answer.totals) == ([], {})


def test_other_names_find_more_and_are_said():
    answer = INDEX.search("haldi")

    assert ("product", "erode") in found("haldi")
    assert ("code", "091030") in found("haldi")
    assert answer.also == ("Turmeric",)


def test_the_beginning_of_another_name_finds_nothing_of_another_kind():
    rice = Entry("product", "rice", "Rice", names=("dhan",), widens=True)
    oil = Entry("product", "oil", "Dhania oil")
    index = Index([rice, oil, Entry("place", "dhanbad", "Dhanbad")])

    assert [hit.entry.key for hit in index.search("rice").hits] == ["rice", "oil"]


def test_other_names_of_a_place_must_fit_whole():
    """Else "Bombay" would bring everything that starts with "Mumbai"."""
    answer = INDEX.search("Bombay")

    assert answer.also == ("Mumbai",)
    assert found("Bombay") == [
        ("place", "mumbai"),
        ("place", "suburban"),
        ("office", "mumbai"),
    ]


def test_the_name_that_was_found_is_told():
    assert INDEX.search("Bombay").hits[0].name == "Bombay"


def test_vague_and_former_things_come_last_of_their_kind():
    assert found("spices") == [("product", "mixed"), ("product", "spices")]
    assert [key for kind, key in found("Mumbai") if kind == "place"][-1] == "old"


def test_code_finds_what_is_under_it_and_above_it():
    assert found("7418") == [
        ("code", "7418"),
        ("code", "741810"),
        ("product", "lamp"),
        ("product", "silver"),
    ]
    assert ("product", "lamp") in found("741810")


def test_some_of_the_words_are_better_than_nothing():
    assert set(found("moradabad silk spices")) == {
        ("place", "moradabad"),
        ("product", "silver"),
        ("product", "spices"),
        ("product", "mixed"),
    }


def test_limit_holds_for_each_kind_and_totals_do_not_know_it():
    answer = INDEX.search("Mumbai", limit=1)

    assert [len(hits) for hits in answer.groups.values()] == [1, 1]
    assert answer.totals == {"place": 3, "office": 1}


def test_words_may_stand_in_several_names_of_a_thing():
    assert found("curcuma turmeric")[0] == ("code", "091030")
    assert found("brass lamps")[0] == ("product", "lamp")
    assert TRADE.search("frozen prawns").hits[0].entry.key == "shrimp"


def test_words_about_a_thing_count_only_beside_its_own():
    assert [hit.entry.key for hit in TRADE.search("salem tamil nadu").hits] == ["salem"]
    assert not TRADE.search("tamil nadu")


def test_a_heading_comes_before_its_divisions_unless_these_say_it_shorter():
    assert [hit.entry.key for hit in TRADE.search("vessels").hits] == ["7418", "741810"]
    assert [hit.entry.key for hit in TRADE.search("pots").hits] == ["7323", "732310"]


@pytest.mark.parametrize("question", ["prawns", "frozen shrimps", "Shrimps"])
def test_a_plural_finds_the_singular(question):
    answer = TRADE.search(question)

    assert answer.hits[0].entry.key == "shrimp"
    assert not answer.corrected


def test_of_what_fits_equally_well_the_weightier_comes_first():
    light = Entry("product", "a", "Alpha", codes=("0910",))
    heavy = Entry("product", "b", "Beta", codes=("0910",), weight=25)

    answer = Index([light, heavy]).search("0910")

    assert [hit.entry.key for hit in answer.hits] == ["b", "a"]


def test_asked_exactly_no_slip_is_forgiven():
    assert not INDEX.search("tumeric", exactly=True)
    assert INDEX.search("turmeric", exactly=True).hits


@pytest.mark.parametrize("begun", ["tur", "turm", "tume", "tumer", "tumeric", "HAL"])
def test_what_is_being_typed_may_become_what_it_begins(begun):
    assert INDEX.begun(begun).hits[0].entry.key == "turmeric"


@pytest.mark.parametrize("begun", ["", " ", "\x00", "qwertyuiop", "\ud800", "%"])
def test_nothing_becomes_of_what_nothing_begins_with(begun):
    assert not INDEX.begun(begun)


def test_an_entry_may_be_a_place_on_a_page():
    entry = Entry("service", "SD", "Travel", href=("services",), anchor="class-SD")

    assert entry.url == "/services/#class-SD"
    assert Entry("service", "SD", "Travel").url == ""


def test_only_the_beginning_of_a_long_question_is_read():
    assert INDEX.search("a" * 10_000).asked == "a" * 100


@given(st.text())
def test_whatever_is_asked_there_is_an_answer(question):
    answer = INDEX.search(question)

    assert sum(map(len, answer.groups.values())) == len(answer.hits)


@pytest.mark.parametrize(
    "question",
    ["", " ", "😀", "\x00", "\ud800", "\u202e", "(((", "%_\\", "ﷺ", "1" * 99],
)
def test_strange_questions_find_nothing(question):
    assert not INDEX.search(question)


def test_empty_index_finds_nothing():
    assert not Index([]).search("Moradabad")
