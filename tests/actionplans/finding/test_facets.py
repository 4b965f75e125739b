"""What narrows a list counts exactly what its links lead to."""

from urllib.parse import parse_qs

from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionplans.finding.facets import Item, facets, narrowed
from actionplans.finding.question import LABELS, Question
from portal.facets import chosen as facets_chosen

# On a busy machine making rows may take seconds, which says nothing about them.
steady = settings(
    derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
KNOWN = {
    "stage": {"published": "Published", "adopted": "Adopted"},
    "state": {f"s{number}": f"State {number}" for number in range(10)},
    "gi": {"yes": "Registered"},
}
FACTS = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(sorted(known))) for name, known in KNOWN.items()}
)
ITEMS = st.lists(st.lists(FACTS, min_size=1, max_size=3), max_size=12).map(
    lambda rows: [Item(number, facts) for number, facts in enumerate(rows)]
)
CHOSEN = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from(sorted(known)) for name, known in KNOWN.items()},
)


def asked(chosen):
    query = QueryDict(mutable=True)
    query.update({"q": "turmeric", **chosen})
    return Question.read(query, KNOWN)


def name(facet):
    """What the facet is called in the address."""
    return next(name for name, label in LABELS.items() if label == facet.title)


def behind(href, items):
    """The rows of the list at the end of a link."""
    query = {name: values[-1] for name, values in parse_qs(href[1:]).items()}
    return narrowed(items, asked(query).chosen)


@steady
@given(ITEMS, CHOSEN)
def test_every_count_is_that_of_the_list_behind_it(items, chosen):
    for facet in facets(items, asked(chosen), KNOWN):
        for link in facet.links:
            if link.is_chosen:
                assert link.count == len(narrowed(items, chosen))
                assert parse_qs(link.href[1:]).keys() == {"q", *chosen} - {name(facet)}
            else:
                assert link.count == len(behind(link.href, items)) > 0


@steady
@given(ITEMS, CHOSEN)
def test_whatever_is_chosen_can_be_taken_away(items, chosen):
    shown = facets(items, asked(chosen), KNOWN)

    taken_away = [link.href for _title, link in facets_chosen(shown)]
    assert len(taken_away) == len(chosen)
    assert all(parse_qs(href[1:]).keys() < {"q", *chosen} for href in taken_away)


def test_facts_of_one_row_do_not_add_up():
    """A district is not exported under ODOP that is exported, and under ODOP."""
    item = Item("x", [{"stage": ["adopted"], "gi": []}, {"stage": [], "gi": ["yes"]}])

    assert narrowed([item], {"stage": "adopted"}) == ["x"]
    assert narrowed([item], {"stage": "adopted", "gi": "yes"}) == []


def test_what_would_narrow_nothing_is_not_offered():
    fact = {"stage": ["adopted"], "state": ["s1"], "gi": []}

    assert facets([Item(1, [fact]), Item(2, [fact])], asked({}), KNOWN) == []


def test_the_fullest_value_comes_first():
    facts = [{"stage": [], "state": [f"s{n}"], "gi": []} for n in range(10)]
    items = [Item(number, [fact]) for number, fact in enumerate([*facts, facts[9]])]

    (facet,) = facets(items, asked({}), KNOWN)

    assert (facet.links[0].label, facet.links[0].count) == ("State 9", 2)
