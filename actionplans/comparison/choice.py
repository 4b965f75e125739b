"""Which districts or products somebody wants side by side, from the address bar.

They come by their addresses, which make a link that can be shared, or by names as
people write them. What cannot be taken is said in a sentence, with a way on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actionplans.atlas import Atlas, Place
from districts.models import District, Product
from districts.search import Kind, search
from portal.entries import Answer, Entry, Hit
from portal.naming import local_name
from portal.search import EXACT

MOST = 4
OFFERED = 6
# Of what an address asks for, so much is read.
READ = 2 * MOST
NAME = "name"
KEY = re.compile(r"[-a-z0-9_]+(/[-a-z0-9_]+)?")
KINDS = (Kind.DISTRICT, Kind.PRODUCT)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be added, by the link that adds it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Note:
    """What became of something asked for; `offers` are what it may have meant."""

    text: str
    offers: list[Offer] = field(default_factory=list)


@dataclass(slots=True)
class Choice:
    """What is to stand side by side: of one kind, by keys in the order asked for."""

    kind: Kind
    keys: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.keys) >= MOST

    @property
    def address(self) -> str:
        """The link to this comparison."""
        return address(self.kind, self.keys)

    def with_another(self, key: str) -> str:
        return address(self.kind, [*self.keys, key])

    def without(self, key: str) -> str:
        return address(self.kind, [kept for kept in self.keys if kept != key])

    def say(self, text: str, offers: Iterable[Offer] = ()) -> None:
        self.notes.append(Note(text, list(offers)))

    def take(self, key: str, name: str) -> bool:
        """Whether it could be added; if not, a note says why."""
        if key in self.keys:
            self.say(
                _("%(name)s is named twice; it stands here once.") % {"name": name}
            )
        elif self.is_full:
            words = _("%(name)s is left out: four at most stand side by side.")
            self.say(words % {"name": name})
        else:
            self.keys.append(key)
            return True
        return False


def address(kind: Kind, keys: Iterable[str]) -> str:
    query = urlencode([(kind.value, key) for key in keys], safe="/")
    return f"{reverse('compare')}?{query}" if query else reverse("compare")


def choice(query: QueryDict, atlas: Atlas) -> Choice:
    """Two queries at most for what is asked by its address, one for each name."""
    named = [word for raw in query.getlist(NAME) if (word := " ".join(raw.split()))]
    asked = {kind: query.getlist(kind.value)[:READ] for kind in KINDS}
    answers = [search(word, OFFERED) for word in named[:MOST]]
    made = Choice(_kind(asked, answers))
    for kind in KINDS:
        known = _known(kind, asked[kind], atlas)
        for key in asked[kind]:
            _take_key(made, kind, key, known)
    for answer in answers:
        _take_name(made, answer)
    return made


def _kind(asked: dict[Kind, list[str]], answers: list[Answer]) -> Kind:
    """That of what is chosen already, else of the best find."""
    for kind in KINDS:
        if asked[kind]:
            return kind
    best = max(
        (hit for answer in answers for hit in answer.hits if hit.entry.kind in KINDS),
        key=lambda hit: hit.score,
        default=None,
    )
    return Kind(best.entry.kind) if best else Kind.DISTRICT


def _known(kind: Kind, keys: list[str], atlas: Atlas) -> dict[str, str]:
    """What these are called: of products one query, of districts none."""
    if kind == Kind.DISTRICT:
        return {key: local_name(place) for key, place in places_of(keys, atlas).items()}
    slugs = [key for key in keys if KEY.fullmatch(key)]
    if not slugs:
        return {}
    rows = Product.objects.filter(slug__in=slugs)
    return {product.slug: local_name(product) for product in rows}


def key_of(place: Place) -> str:
    return f"{place.state.slug}/{place.slug}"


def places_of(keys: Iterable[str], atlas: Atlas) -> dict[str, Place]:
    """The living districts with these keys, in this order."""
    wanted = set(keys)
    known = {key_of(place): place for place in atlas.places if key_of(place) in wanted}
    return {key: known[key] for key in keys if key in known}


def _take_key(made: Choice, kind: Kind, key: str, known: dict[str, str]) -> None:
    if key not in known:
        _say_unknown(made, kind, key)
    elif kind != made.kind:
        _say_mixed(made, known[key])
    else:
        made.take(key, known[key])


def _say_unknown(made: Choice, kind: Kind, key: str) -> None:
    if kind == Kind.DISTRICT and (former := _former(key)):
        _say_former(made, former)
        return
    words = {
        Kind.DISTRICT: _("No district has the address “%(key)s”."),
        Kind.PRODUCT: _("No product has the address “%(key)s”."),
    }[kind]
    made.say(words % {"key": key[:60]})


def _say_mixed(made: Choice, name: str) -> None:
    words = {
        Kind.DISTRICT: _("%(name)s is a product, and districts are compared here."),
        Kind.PRODUCT: _("%(name)s is a district, and products are compared here."),
    }[made.kind]
    made.say(words % {"name": name})


def _former(key: str) -> District | None:
    state, _slash, slug = key.partition("/")
    if not slug or not KEY.fullmatch(key):
        return None
    rows = District.objects.with_place().filter(state__slug=state, slug=slug)
    return rows.first()


def _say_former(made: Choice, place: District) -> None:
    """A district that is no more cannot be compared; those it went into can."""
    heirs = District.objects.living().filter(predecessors__before=place)
    words = _("%(name)s is not a district today.") % {"name": local_name(place)}
    made.say(
        words,
        [
            Offer(local_name(heir), made.with_another(f"{heir.state.slug}/{heir.slug}"))
            for heir in heirs.with_place().order_by("name")
        ],
    )


def _take_name(made: Choice, answer: Answer) -> None:
    """One clear find is taken and said; of several, none is."""
    hits = answer.groups.get(made.kind, [])
    if not hits:
        _say_nothing_found(made, answer)
        return
    clear = _clear(hits)
    if clear is None:
        words = _("“%(asked)s” may mean several. Which one?") % {"asked": answer.asked}
        made.say(words, [_offer(made, hit.entry) for hit in hits])
    elif clear.last and made.kind == Kind.DISTRICT:
        _say_unknown(made, made.kind, clear.key)
    elif made.take(clear.key, _title(clear)) and not _is_called(clear, answer.asked):
        words = _("“%(asked)s” was taken as %(name)s.")
        made.say(words % {"asked": answer.asked, "name": _title(clear)})


def _say_nothing_found(made: Choice, answer: Answer) -> None:
    other = next((kind for kind in KINDS if answer.groups.get(kind)), None)
    if other:
        _say_mixed(made, _title(answer.groups[other][0].entry))
        return
    words = {
        Kind.DISTRICT: _("No district is called anything like “%(asked)s”."),
        Kind.PRODUCT: _("No product is called anything like “%(asked)s”."),
    }[made.kind]
    made.say(words % {"asked": answer.asked})


def _clear(hits: list[Hit]) -> Entry | None:
    """The only find, or the only one that has the whole name."""
    whole = [hit for hit in hits if hit.score >= EXACT]
    living = [hit for hit in whole if not hit.entry.last] or whole
    found = living or hits
    return found[0].entry if len(found) == 1 else None


def _is_called(entry: Entry, asked: str) -> bool:
    return asked.casefold() in {
        name.casefold() for name in (entry.title, entry.title_hi)
    }


def _title(entry: Entry) -> str:
    return (get_language() == "hi" and entry.title_hi) or entry.title


def _offer(made: Choice, entry: Entry) -> Offer:
    detail = (get_language() == "hi" and entry.detail_hi) or entry.detail
    return Offer(f"{_title(entry)}, {detail}", made.with_another(entry.key))
