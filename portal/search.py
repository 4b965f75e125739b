"""Finding things by their names, however they are written.

Everything is in memory and nothing here knows a model: `Entry` is what can be found,
`Index` finds it. An index is built once and then only read, so threads may share it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from django.urls import reverse

from portal.spelling import Words, closest, fold, squeeze, starting

__all__ = ["Answer", "Entry", "Hit", "Index", "fold"]

# Of a question only so many characters are read.
LONGEST = 100
# How alike a word must be to one that we know to be taken for it: one slip in four
# letters, two in eight. Whole names, which have more to go wrong, must be closer.
CLOSE_WORD = 0.75
CLOSE_NAME = 0.8
SHORTEST_CLOSE = 4
# Too much starts with less than this.
SHORTEST, SHORTEST_IN_TEXT = 2, 3
LONGEST_CODE = 8
# What a find is worth: the whole name, a code, its beginning, all words, all words of a
# description, some of the words.
EXACT, CODE, BEGINNING, WORDS, TEXT, SOME = 100.0, 90.0, 80.0, 60.0, 40.0, 10.0
# What was found only after another name or another spelling was tried is worth less.
ALSO = 0.6
# How many other names of a thing are searched as well.
MOST_ALSO = 8
# A word that no more names have than this is worth following alone, beside names that
# have all the words.
RARE = 12

# Words that say nothing beside others.
FILLING = frozenset(
    fold(
        "a an and code codes district districts for from hs hsn in itc made of product"
        " products state the ka ke ki जिला जिले राज्य उत्पाद का की के और में से"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found, and what a page needs to show it.

    `names` are those besides the titles. `text` is a description, searched by its
    words. `codes` are digits, searched from their beginning. `href` is the name of a
    URL pattern and its arguments. What is `last` stands below the others of its kind.
    Where one name of an entry that `widens` is asked for, the words of its other names
    are searched as well.
    """

    kind: str
    key: str
    title: str
    title_hi: str = ""
    names: tuple[str, ...] = ()
    text: str = ""
    codes: tuple[str, ...] = ()
    href: tuple[str, ...] = ()
    detail: str = ""
    detail_hi: str = ""
    last: bool = False
    widens: bool = False

    @property
    def all_names(self) -> Iterator[str]:
        titles = (self.title, self.title_hi)
        yield from (name for name in titles if name and name not in self.codes)
        yield from self.names

    @property
    def url(self) -> str:
        """The address of its page in the language of the moment, if it has one."""
        return reverse(self.href[0], args=self.href[1:]) if self.href else ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, by which of its names, and how well that fits."""

    entry: Entry
    score: float
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a question: the kind with the best find first.

    `corrected` is what was searched instead, where the question had a slip; `also` are
    other names of the thing asked for that found more; `totals` count each kind before
    it was cut to the limit.
    """

    asked: str
    corrected: str = ""
    also: tuple[str, ...] = ()
    hits: list[Hit] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.hits)

    @property
    def groups(self) -> dict[str, list[Hit]]:
        """The hits of each kind."""
        groups: dict[str, list[Hit]] = {}
        for hit in self.hits:
            groups.setdefault(hit.entry.kind, []).append(hit)
        return groups


def codes_in(words: Iterable[str]) -> list[str]:
    """The codes asked for: "7418", "7418 10" (written with a point) or "910"."""
    words = list(words)
    digits = [word for word in words if word.isdecimal()]
    joined = "".join(digits)
    if len(digits) == len(words) and len(joined) <= LONGEST_CODE:
        digits = [joined]
    # A spreadsheet has eaten the zero in front of an odd number of digits.
    padded = ("0" * (len(code) % 2) + code for code in digits)
    return [code for code in padded if len(code) <= LONGEST_CODE]


# The best find for each entry: its score, and the name if one was found.
Finds = dict[int, tuple[float, str]]


class Index:
    """Entries, found by name, by word, by code, and in spite of slips."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        # Each name as it is shown, folded, and whose it is.
        self._names: list[tuple[str, str, int]] = []
        self._by_name: dict[str, list[int]] = {}
        self._by_code: dict[str, list[int]] = {}
        # How a folded word is written.
        self._written: dict[str, str] = {}
        for number, entry in enumerate(self.entries):
            for name in dict.fromkeys(entry.all_names):
                folded = fold(name)
                self._by_name.setdefault(folded, []).append(len(self._names))
                self._names.append((name, folded, number))
                if len(folded.split()) == len(name.split()):
                    for word, written in zip(folded.split(), name.split(), strict=True):
                        self._written.setdefault(word, written)
            for code in entry.codes:
                self._by_code.setdefault(code, []).append(number)
        self._folded = sorted(self._by_name)
        self._codes = sorted(self._by_code)
        self._squeezed = {squeeze(folded): folded for folded in self._folded}
        self._words = Words(folded for _, folded, _ in self._names)
        self._text = Words(fold(entry.text) for entry in self.entries)

    def search(self, question: str, limit: int = 20) -> Answer:
        """Whatever is asked, an answer comes; `limit` holds for each kind."""
        asked = " ".join(question[:LONGEST].split())
        folded = fold(asked)
        if not folded:
            return Answer(asked)
        respelt = self._respell(folded)
        finds = self._find(respelt)
        if not finds:
            respelt = self._closest_name(folded) or respelt
            finds = self._find(respelt)
        also = self._widen(finds)
        corrected = ""
        if finds and respelt != folded:
            written = (self._written.get(word, word) for word in respelt.split())
            corrected = " ".join(written)
        return self._ranked(Answer(asked, corrected, also), finds, limit)

    def _find(self, folded: str) -> Finds:
        """Every way of finding; the best counts for each entry."""
        words = [word for word in folded.split() if word not in FILLING]
        words = words or folded.split()
        finds: Finds = {}
        for number, score, name in chain(
            self._named(folded), self._coded(words), self._worded(words)
        ):
            if number not in finds or score > finds[number][0]:
                finds[number] = (score, name)
        return finds

    def _named(self, folded: str) -> Iterator[tuple[int, float, str]]:
        """The whole name, or its beginning: the shorter the rest, the better."""
        for known in starting(self._folded, folded):
            score = BEGINNING + 10 * len(folded) / len(known)
            for at in self._by_name[known]:
                name, _, number = self._names[at]
                yield number, EXACT if known == folded else score, name

    def _coded(self, words: list[str]) -> Iterator[tuple[int, float, str]]:
        """The code itself, those under it, and those above it, which are wider."""
        for code in codes_in(words):
            for known in starting(self._codes, code):
                narrower = len(known) - len(code)
                yield from self._bearing(known, CODE - narrower if narrower else EXACT)
            for length in range(2, len(code), 2):
                yield from self._bearing(code[:length], WORDS + length)

    def _bearing(self, code: str, score: float) -> Iterator[tuple[int, float, str]]:
        """Whatever bears the code comes after the code itself."""
        for number in self._by_code.get(code, ()):
            itself = self.entries[number].title == code
            yield number, score if itself else score - 1, ""

    def _worded(self, words: list[str]) -> Iterator[tuple[int, float, str]]:
        """Names with all the words, descriptions with all, and names with some.

        A rare word says more than a common one.
        """
        length = sum(map(len, words))
        found = [self._words.starting(word, SHORTEST) for word in words]
        whole = set.intersection(*found)
        for at in whole:
            name, folded, number = self._names[at]
            yield number, WORDS + min(10 * length / len(folded), 10), name
        in_text = [self._text.starting(word, SHORTEST_IN_TEXT) for word in words]
        for number in set.intersection(*in_text):
            yield number, TEXT, ""
        for some in found:
            if len(words) > 1 and (not whole or len(some) <= RARE):
                for at in some:
                    name, _, number = self._names[at]
                    yield number, SOME + 10 / len(some), name

    def _respell(self, folded: str) -> str:
        """Every unknown word gives way to the closest one that is known."""
        return " ".join(self._known(word) for word in folded.split())

    def _known(self, word: str) -> str:
        if (
            len(word) < SHORTEST_CLOSE
            or word.isdecimal()
            or word in FILLING
            or self._words.know(word)
            or self._text.know(word)
        ):
            return word
        return (
            closest(word, self._words.all, CLOSE_WORD)
            or closest(word, self._text.all, CLOSE_WORD)
            or word
        )

    def _closest_name(self, folded: str) -> str | None:
        found = closest(squeeze(folded), list(self._squeezed), CLOSE_NAME)
        return self._squeezed[found] if found else None

    def _widen(self, finds: Finds) -> tuple[str, ...]:
        """Add what other names of the things named find; those that found more."""
        named = [n for n, (score, name) in finds.items() if score == EXACT and name]
        also: dict[str, str] = {}
        for number in named:
            entry = self.entries[number]
            find = self._find if entry.widens else self._exactly
            for name in islice(entry.all_names, MOST_ALSO):
                for found, (score, by) in find(fold(name)).items():
                    if found not in finds and score >= TEXT:
                        finds[found] = (score * ALSO, by)
                        also.setdefault(fold(name), name)
        return tuple(also.values())

    def _exactly(self, folded: str) -> Finds:
        places = self._by_name.get(folded, ())
        return {self._names[at][2]: (EXACT, self._names[at][0]) for at in places}

    def _ranked(self, answer: Answer, finds: Finds, limit: int) -> Answer:
        """The answer with its hits: by kind, within a kind best first.

        What has only some of the words comes after everything that has all.
        """
        kinds: dict[str, list[tuple[bool, bool, float, str, int]]] = {}
        for number, (score, _) in sorted(finds.items(), key=lambda find: -find[1][0]):
            entry = self.entries[number]
            sorting = (score < TEXT * ALSO, entry.last, -score, entry.title, number)
            kinds.setdefault(entry.kind, []).append(sorting)
        for kind, found in kinds.items():
            answer.totals[kind] = len(found)
            for *_, number in sorted(found)[:limit]:
                answer.hits.append(Hit(self.entries[number], *finds[number]))
        return answer
