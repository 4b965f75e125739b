"""The Hindi catalogue: kept in step with the words that need it, checked, compiled."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po
from django.conf import settings

from portal.words import Key, Word

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|%[a-z]|\{\w*\}")
HEADER = r"""# The portal's words in Hindi; `manage.py catalogue` keeps the list.
msgid ""
msgstr ""
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Language: hi\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"""


def path() -> Path:
    return settings.LOCALE_PATHS[0] / "hi" / "LC_MESSAGES" / "django.po"


def read(file: Path) -> dict[Key, Message]:
    """The messages of a catalogue, without its header."""
    with file.open("rb") as lines:
        catalogue = read_po(lines, locale="hi")
    return {_key(message): message for message in catalogue if message.id}


def _key(message: Message) -> Key:
    one = message.id if isinstance(message.id, str) else message.id[0]
    return Key(one, message.context or "")


def _forms(message: Message) -> list[str]:
    """The Hindi of a message: one text, or one for each number."""
    string = message.string or ""
    return [string] if isinstance(string, str) else list(string)


def _is_complete(message: Message) -> bool:
    return not message.fuzzy and all(_forms(message))


def render(words: dict[Key, Word], known: dict[Key, Message]) -> str:
    """The text of the catalogue: every wanted word, with the Hindi that is known.

    Nothing in it changes but words: no dates, no line numbers, no guesses.
    """
    entries = [HEADER]
    for key, word in words.items():
        message = known.get(key)
        strings = _forms(message) if message and not message.fuzzy else [""]
        lines = [f"#: {file}" for file in word.files]
        if key.context:
            lines.append(f"msgctxt {normalize(key.context)}")
        lines.append(f"msgid {normalize(key.id)}")
        if word.plural is None:
            lines.append(f"msgstr {normalize(strings[0])}")
        else:
            strings = (strings * 2)[:2]
            lines.append(f"msgid_plural {normalize(word.plural)}")
            lines += [f"msgstr[{n}] {normalize(s)}" for n, s in enumerate(strings)]
        entries.append("\n".join(lines) + "\n")
    return "\n".join(entries)


def update(file: Path, words: dict[Key, Word]) -> None:
    """Writes the catalogue anew; Hindi of words that nothing uses any more goes."""
    known = read(file) if file.exists() else {}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(render(words, known), encoding="utf-8")


def compile_catalogue(file: Path) -> Path:
    """Writes the form that Django reads, beside the catalogue."""
    with file.open("rb") as lines:
        catalogue = read_po(lines, locale="hi")
    target = file.with_suffix(".mo")
    with target.open("wb") as out:
        write_mo(out, catalogue)
    return target


def problems(words: dict[Key, Word], known: dict[Key, Message]) -> Iterator[str]:
    """What keeps the catalogue from being complete, as sentences."""
    for key, word in words.items():
        message = known.get(key)
        if message is None:
            yield f"Not in the catalogue: {key.id!r} ({word.files[0]})"
        elif message.fuzzy:
            yield f"Fuzzy: {key.id!r}"
        elif not _is_complete(message):
            yield f"Not translated: {key.id!r} ({word.files[0]})"
        elif not _places_agree(word, _forms(message)):
            yield f"Placeholders differ: {key.id!r} and {message.string!r}"
    for key in known.keys() - words.keys():
        yield f"Nothing uses: {key.id!r}"


def _places_agree(word: Word, strings: list[str]) -> bool:
    """Whether each form has the placeholders of the word, or of its plural."""
    allowed = [_places(text) for text in (word.key.id, word.plural) if text]
    return all(_places(string) in allowed for string in strings)


def _places(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))
