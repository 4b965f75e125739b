"""Finding things by their names, however they are written.

Everything is in memory and nothing here knows a model: `Entry` is what can be found,
`Index` finds it. An index is built once and then only read, so threads may share it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from portal.codes import HEADING, codes_in
from portal.entries import Answer, Entry, Hit
from portal.spelling import Words, closest, fold, singular, squeeze, starting

# Of a question only so many characters are read.
LONGEST = 100
# How alike a word must be to one that we know to be taken for it: one slip in four
# letters, two in eight. Whole names, which have more to go wrong, must be closer.
CLOSE_WORD = 0.75
CLOSE_NAME = 0.8
SHORTEST_CLOSE = 4
# Too much starts with less than this.
SHORTEST, SHORTEST_IN_TEXT = 2, 3
# What a find is worth: the whole name, a code, its beginning, all words in one name.
EXACT, CODE, BEGINNING, WORDS = 100.0, 90.0, 80.0, 60.0
# All words in several names, in names and what is said beside them, in a description;
# some of the words.
ACROSS, BESIDE, TEXT, SOME = 50.0, 45.0, 40.0, 5.0
# As the whole name, but for a plural.
NEARLY = 1.0
# What several words add that fill more of the question, or of what was found.
MOST_OF_QUESTION, MOST_OF_NAME, MOST_OF_TEXT = 12, 5, 4
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
        "a an and code codes district districts export exporter exporters exports for"
        " from hs hsn in itc made manufacturer manufacturers of product products state"
        " supplier suppliers the ka ke ki जिला जिले राज्य उत्पाद निर्यात निर्यातक का की के और"
        " में से"
    ).split()
)


def _is_heading(entry: Entry) -> bool:
    return entry.title in entry.codes and len(entry.title) == HEADING


def _letters(number: int, words: list[str], found: list[set[int]]) -> int:
    """How many letters the words have that found this number."""
    by_word = zip(words, found, strict=True)
    return sum(len(word) for word, numbers in by_word if number in numbers)


# An entry by its number, its score, and the name if it was found by one.
Find = tuple[int, float, str]
# The best find for each entry.
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
        texts = [fold(entry.text) for entry in self.entries]
        self._text, self._lengths = Words(texts), [len(text) for text in texts]
        # Many lie under the same heading or in the same State.
        self._under: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            self._under.setdefault(entry.about, []).append(number)
        self._about, self._fellows = (
            Words(map(fold, self._under)),
            [*self._under.values()],
        )

    def search(
        self, question: str, limit: int | None = 20, *, exactly: bool = False
    ) -> Answer:
        """Whatever is asked, an answer comes; `limit` holds for each kind.

        Asked `exactly`, slips are not forgiven.
        """
        asked = " ".join(question[:LONGEST].split())
        folded = fold(asked)
        if not folded:
            return Answer(asked)
        respelt = folded if exactly else self._respell(folded)
        finds = self._find(respelt)
        if not finds and not exactly:
            respelt = self._closest_name(folded) or respelt
            finds = self._find(respelt)
        also = self._widen(finds)
        corrected = ""
        if finds and respelt != folded:
            written = (self._written.get(word, word) for word in respelt.split())
            corrected = " ".join(written)
        return self._ranked(Answer(asked, corrected, also), finds, limit)

    def begun(self, question: str, limit: int | None = 20) -> Answer:
        """What a question may become whose last word is still being typed.

        Slips are forgiven only where nothing begins as the question does.
        """
        answer = self.search(question, limit, exactly=True)
        if answer or not fold(answer.asked):
            return answer
        *words, last = answer.asked.split()
        size = len(last) + 1
        nearest = {word[:size] for word in self._words.all if len(word) >= size}
        meant = closest(fold(last), list(nearest), CLOSE_WORD) or last
        begun = self.search(" ".join([*words, meant]), limit, exactly=True)
        return begun or self.search(question, limit)

    def _find(self, folded: str) -> Finds:
        """Every way of finding; the best counts for each entry."""
        words = [word for word in folded.split() if word not in FILLING]
        words = words or folded.split()
        finds: Finds = {}
        *others, last = folded.split()
        one = " ".join([*others, singular(last)])
        for number, score, name in chain(
            self._named(folded, EXACT),
            self._named(one, EXACT - NEARLY),
            self._coded(words),
            self._worded([singular(word) for word in words]),
        ):
            if number not in finds or score > finds[number][0]:
                finds[number] = (score, name)
        return finds

    def _named(self, folded: str, whole: float) -> Iterator[Find]:
        """The whole name, or its beginning: the shorter the rest, the better."""
        for known in starting(self._folded, folded):
            score = BEGINNING + 10 * len(folded) / len(known)
            for at in self._by_name[known]:
                name, _, number = self._names[at]
                yield number, whole if known == folded else score, name

    def _coded(self, words: list[str]) -> Iterator[Find]:
        """The code itself, those under it, and those above it, which are wider."""
        for code in codes_in(words):
            for known in starting(self._codes, code):
                narrower = len(known) - len(code)
                yield from self._bearing(known, CODE - narrower if narrower else EXACT)
            for length in range(2, len(code), 2):
                yield from self._bearing(code[:length], WORDS + length)

    def _bearing(self, code: str, score: float) -> Iterator[Find]:
        """Whatever bears the code comes after the code itself."""
        for number in self._by_code.get(code, ()):
            itself = self.entries[number].title == code
            yield number, score if itself else score - 1, ""

    def _worded(self, words: list[str]) -> Iterator[Find]:
        """Names with all the words, entries with all, and names with some."""
        length = sum(map(len, words))
        named = [self._words.starting(word, SHORTEST) for word in words]
        whole = set.intersection(*named)
        for at in whole:
            name, folded, number = self._names[at]
            yield number, WORDS + min(10 * length / len(folded), 10), name
        yield from self._together(words, named)
        if len(words) > 1:
            yield from self._some(words, named, RARE if whole else len(self._names))

    def _together(self, words: list[str], named: list[set[int]]) -> Iterator[Find]:
        """Entries with all the words, wherever they stand; a name says most."""
        in_names = [{self._names[at][2] for at in places} for places in named]
        in_text = [self._text.starting(word, SHORTEST_IN_TEXT) for word in words]
        about = [self._said_about(word) for word in words]
        found = zip(in_names, in_text, about, strict=True)
        for number in set.intersection(*(set.union(*sets) for sets in found)):
            by_name = _letters(number, words, in_names)
            title = len(self.entries[number].title)
            if all(number in numbers for numbers in in_names):
                yield number, ACROSS + MOST_OF_TEXT * min(by_name / title, 1), ""
            elif by_name:
                yield number, BESIDE + MOST_OF_TEXT * min(by_name / title, 1), ""
            elif by_text := _letters(number, words, in_text):
                share = MOST_OF_TEXT * by_text / self._lengths[number]
                is_heading = _is_heading(self.entries[number])
                yield number, TEXT + share + is_heading, ""

    def _said_about(self, word: str) -> set[int]:
        places = self._about.starting(word, SHORTEST_IN_TEXT)
        return set(chain.from_iterable(self._fellows[at] for at in places))

    def _some(
        self, words: list[str], named: list[set[int]], most: int
    ) -> Iterator[Find]:
        """Names with some of the words, of those that no more than `most` names have.

        The more of the question and of the name they are, the better.
        """
        letters: Counter[int] = Counter()
        for word, places in zip(words, named, strict=True):
            if len(places) <= most:
                letters.update(dict.fromkeys(places, len(word)))
        length = sum(map(len, words))
        for at, count in letters.items():
            name, folded, number = self._names[at]
            of_name = MOST_OF_NAME * min(count / len(folded), 1)
            yield number, SOME + MOST_OF_QUESTION * count / length + of_name, name

    def _respell(self, folded: str) -> str:
        """Every unknown word gives way to the closest one that is known."""
        return " ".join(self._known(word) for word in folded.split())

    def _known(self, word: str) -> str:
        if (
            len(word) < SHORTEST_CLOSE
            or word.isdecimal()
            or word in FILLING
            or self._words.know(singular(word))
            or self._text.know(singular(word))
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
                    # "Dhan" is rice; Dhanbad is not what who asks for rice means.
                    kind = self.entries[found].kind
                    strays = by and score < EXACT and kind != entry.kind
                    if found not in finds and score >= TEXT and not strays:
                        finds[found] = (score * ALSO, by)
                        also.setdefault(fold(name), name)
        return tuple(also.values())

    def _exactly(self, folded: str) -> Finds:
        places = self._by_name.get(folded, ())
        return {self._names[at][2]: (EXACT, self._names[at][0]) for at in places}

    def _ranked(self, answer: Answer, finds: Finds, limit: int | None) -> Answer:
        """The answer with its hits: by kind, within a kind best first.

        What has only some of the words comes after everything that has all.
        """
        kinds: dict[str, list[tuple[bool, bool, float, int, str, int]]] = {}
        for number, (score, _) in finds.items():
            entry = self.entries[number]
            is_partial = score < TEXT * ALSO
            order = (is_partial, entry.last, -score, -entry.weight, entry.title, number)
            kinds.setdefault(entry.kind, []).append(order)
        for found in kinds.values():
            found.sort()
        for kind, found in sorted(kinds.items(), key=lambda item: item[1][0][:3]):
            answer.totals[kind] = len(found)
            for *_, number in found[:limit]:
                answer.hits.append(Hit(self.entries[number], *finds[number]))
        return answer
