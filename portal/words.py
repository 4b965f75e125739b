"""The words that need Hindi: ours, and those of other packages.

Of other packages only what a person can meet on our pages, and only what has no Hindi
there. Read in pure Python, so that nothing needs the gettext programs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import allauth
import django
import django_filters
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Files whose words we translate, as patterns below a folder."""

    root: Path
    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    # Below the folder: a catalogue with Hindi of the package's own.
    translated: str = ""

    def files(self) -> Iterator[Path]:
        """The files in an order that is the same everywhere."""
        found = {path for pattern in self.include for path in self.root.glob(pattern)}
        for path in sorted(found):
            relative = path.relative_to(self.root)
            if not any(relative.match(pattern) for pattern in self.exclude):
                yield path


OURS = Source(
    settings.BASE_DIR,
    (
        "portal/**/*.py",
        "districts/**/*.py",
        "actionplans/**/*.py",
        "templates/**/*.html",
        "templates/**/*.txt",
    ),
    exclude=("**/migrations/*.py",),
)
# What allauth offers and we do not: signing up, confirming an address, codes by mail or
# telephone, trusted browsers, security keys. Its models are seen in the admin only,
# which is in English.
UNUSED = (
    "admin.py",
    "apps.py",
    "models.py",
    "*signup*",
    "*phone*",
    "*passkey*",
    "*login_code*",
    "*login_by_code*",
    "*confirm_*code*",
    "*reset_code*",
    "*trust*",
    "*webauthn*",
    "**/webauthn/*",
    "**/webauthn/**/*",
    "*unknown_account*",
    "*account_already_exists*",
    "*email_change.html",
    "*email_confirm*",
    "*confirm_email*",
    "*verification_sent*",
    "*verified_email_required*",
)
ALLAUTH = Path(allauth.__file__).parent
DJANGO = Path(django.__file__).parent
SOURCES = (
    OURS,
    Source(ALLAUTH, ("account/**/*.py", "mfa/**/*.py"), UNUSED),
    Source(
        ALLAUTH / "templates",
        ("account/**/*.*", "mfa/**/*.*", "allauth/**/*.*"),
        UNUSED,
    ),
    # Without the names of lookups, which no filter of ours shows.
    Source(Path(django_filters.__file__).parent, ("*.py",), ("conf.py", "utils.py")),
    Source(
        DJANGO,
        (
            "core/validators.py",
            "db/models/base.py",
            "db/models/constraints.py",
            "forms/*.py",
            "utils/text.py",
            "utils/timesince.py",
        ),
        translated="conf/locale/hi/LC_MESSAGES/django.po",
    ),
    Source(
        DJANGO / "contrib/auth",
        # Its forms give way to allauth's.
        ("password_validation.py",),
        translated="locale/hi/LC_MESSAGES/django.po",
    ),
)


class Key(NamedTuple):
    """What gettext looks a word up by; also the order of the catalogue."""

    id: str
    context: str


@dataclass(slots=True)
class Word:
    """A word or sentence that needs a translation, and the files that use it."""

    key: Key
    plural: str | None
    files: list[str]


def wanted(sources: Iterable[Source] = SOURCES) -> dict[Key, Word]:
    """Every word that needs Hindi, in the order of the catalogue."""
    words: dict[Key, Word] = {}
    for source in sources:
        known = _translated(source)
        for file in source.files():
            if _replaced(source, file):
                continue
            for word in words_of(file, _label(file)):
                if word.key not in known:
                    _add(words, word)
    return dict(sorted(words.items()))


def words_of(file: Path, label: str) -> Iterator[Word]:
    """The words that a Python file or a template hands to gettext."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        yield from _extract(text, label)
        return
    # Each call that stands for a tag is on one line. The rest is blotted out, but its
    # indentation is not Python's.
    for line in templatize(text, origin=label).splitlines():
        if "(" in line:
            yield from _extract(line.strip(), label)


def _extract(code: str, label: str) -> Iterator[Word]:
    found = extract("python", BytesIO(code.encode()), KEYWORDS)
    for _line, message, _comments, context in found:
        one, *plural = message if isinstance(message, tuple) else (message,)
        if one:
            key = Key(one, context or "")
            yield Word(key, plural[0] if plural else None, [label])


def _add(words: dict[Key, Word], word: Word) -> None:
    if known := words.get(word.key):
        known.plural = known.plural or word.plural
        known.files += [file for file in word.files if file not in known.files]
    else:
        words[word.key] = word


def _translated(source: Source) -> set[Key]:
    if not source.translated:
        return set()
    with (source.root / source.translated).open("rb") as lines:
        catalogue = read_po(lines)
    return {
        Key(message.id if isinstance(message.id, str) else message.id[0], "")
        for message in catalogue
        if not message.fuzzy and message.string and all(message.string)
    }


def _replaced(source: Source, file: Path) -> bool:
    """Whether a template of another package gives way to one of ours."""
    ours = settings.BASE_DIR / "templates" / file.relative_to(source.root)
    return source is not OURS and ours.is_file()


def _label(file: Path) -> str:
    """How the catalogue names a file, wherever packages are installed."""
    for root in (ALLAUTH, DJANGO, Path(django_filters.__file__).parent):
        if file.is_relative_to(root):
            return file.relative_to(root.parent).as_posix()
    return file.relative_to(settings.BASE_DIR).as_posix()
