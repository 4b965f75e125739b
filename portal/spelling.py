"""How words are spelt, and how alike two spellings are."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA


class _Folding(dict[int, str]):
    """What becomes of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind == "Mn" and unicodedata.name(character, "").startswith("COMBINING"):
        return ""
    if kind[0] in "LNM":
        return character
    return "" if kind == "Cf" else " "


_FOLDING = _Folding()
# Nukta goes; chandrabindu is written as anusvara; apostrophes join.
_FOLDING.update({0x093C: "", 0x0901: "\u0902", ord("&"): " and "})
_FOLDING.update(dict.fromkeys(map(ord, "'\u2019\u02bc`"), ""))
# A nasal that only colours the next consonant is written as anusvara: हिन्दी, हिंदी.
_NASAL = re.compile("[ङञणनम]\u094d(?=[क-ह])")
# Ends three letters of English or four of Hindi, at least. Not of "brass" or "citrus".
_PLURAL = re.compile(
    "(?<=[a-z]{2}(?:[sc]h|ss))es$|(?<=[a-z]{2}x)es$|(?<=[a-z]{4}o)es$|(?<=[a-z]{2}[a-rtv-z])s$"
    "|(?<=[ऀ-ॿ]{4})(?:िय[ाो]ं|[ोे]ं|[ेा])$"
)


def fold(text: str) -> str:
    """The text as it is compared: without case, accents, nukta and punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(_FOLDING)
    return " ".join(_NASAL.sub("\u0902", plain).split())


def singular(word: str) -> str:
    """A folded word without the ending of a plural: what both numbers start with."""
    return _PLURAL.sub("", word)


def squeeze(folded: str) -> str:
    """Folded text without its spaces: "Ranga Reddy" and "Rangareddy" are one."""
    return folded.replace(" ", "")


def starting(ordered: Sequence[str], beginning: str) -> Iterator[str]:
    """Those of the ordered texts that start so."""
    for at in range(bisect_left(ordered, beginning), len(ordered)):
        if not ordered[at].startswith(beginning):
            return
        yield ordered[at]


def closest(text: str, known: Sequence[str], threshold: float) -> str | None:
    """The known text most like this one; a slip in the first letter is the rarest."""
    found = process.extract(
        text, known, scorer=OSA.normalized_similarity, score_cutoff=threshold
    )
    ranked = ((score, name[:1] == text[:1], name) for name, score, _ in found)
    return max(ranked, default=(0, False, None))[2]


class Words:
    """Which numbers each word leads to, whole or by its beginning."""

    def __init__(self, texts: Iterable[str]) -> None:
        found: defaultdict[str, set[int]] = defaultdict(set)
        for number, text in enumerate(texts):
            for word in text.split():
                found[word].add(number)
        self._found = dict(found)
        self.all = sorted(found)

    def starting(self, word: str, shortest: int) -> set[int]:
        """A word shorter than the shortest stands for itself only."""
        if len(word) < shortest:
            return self._found.get(word, set())
        return set().union(*(self._found[known] for known in starting(self.all, word)))

    def know(self, word: str) -> bool:
        return any(True for _ in starting(self.all, word))
