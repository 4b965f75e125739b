"""Which words need Hindi, and when the catalogue is complete."""

import gettext

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal import catalogue
from portal.words import OURS, SOURCES, Key, Source, Word, wanted, words_of

HINDI = {
    Key("One plan", ""): ("%(n)s plans", ["%(n)s योजना", "%(n)s योजनाएँ"]),
    Key("May", "verb"): (None, ["सकता है"]),
    Key("Welcome, %(name)s.", ""): (None, ["स्वागत है, %(name)s।"]),
}


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A catalogue of its own."""
    path = tmp_path / "hi" / "LC_MESSAGES" / "django.po"
    monkeypatch.setattr(catalogue, "path", lambda: path)
    return path


def words(*names):
    keys = names or HINDI
    return {
        key: Word(key, HINDI.get(key, (None,))[0], ["portal/x.py"])
        for key in sorted(keys)
    }


def write(file, changes=None):
    """A complete catalogue, in which some texts are replaced."""
    catalogue.update(file, words())
    text = file.read_text(encoding="utf-8")
    for key, (_plural, strings) in HINDI.items():
        before, after = text.split(f'msgid "{key.id}"')
        for string in strings:
            after = after.replace('""\n', f'"{string}"\n', 1)
        text = f'{before}msgid "{key.id}"{after}'
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def found_in(path, text):
    path.write_text(text, encoding="utf-8")
    return {(word.key, word.plural) for word in words_of(path, "label")}


def test_python_code_is_read(tmp_path):
    found = found_in(
        tmp_path / "code.py",
        'from x import gettext_lazy as _\na = _("One")\nif True:\n'
        '    b = pgettext_lazy("verb", "May")\n'
        '    c = ngettext("One plan", "%(n)s plans", n)\n'
        '    d = _("Two "\n          "parts")\n    e = _(name)\n',
    )

    assert found == {
        (Key("One", ""), None),
        (Key("May", "verb"), None),
        (Key("One plan", ""), "%(n)s plans"),
        (Key("Two parts", ""), None),
    }


def test_templates_are_read(tmp_path):
    found = found_in(
        tmp_path / "page.html",
        """
        {% load i18n %}
          <p title="it's {{ x|default:_("none") }}">{% translate "100% done" %} it's
            {% translate "May" context "verb" %} {# can't #}</p>
        {% blocktranslate count n=list|length trimmed %}
          One "plan"
        {% plural %}
          {{ n }} plans
        {% endblocktranslate %}
        {% comment %} {% translate "unused" %} isn't {% endcomment %}
        """,
    )

    assert found == {
        (Key("none", ""), None),
        (Key("100%% done", ""), None),
        (Key("May", "verb"), None),
        (Key('One "plan"', ""), "%(n)s plans"),
    }


def test_what_a_package_translates_itself_is_left_to_it():
    ids = {key.id for key in wanted(source for source in SOURCES if source is not OURS)}

    assert "This field is required." not in ids
    assert "Null characters are not allowed." in ids
    assert "Two-Factor Authentication" in ids or "Authenticator code" in ids


def test_a_template_of_ours_replaces_the_package_s(tmp_path, settings):
    settings.BASE_DIR = tmp_path / "site"
    for root in ("package", "site/templates"):
        (tmp_path / root / "account").mkdir(parents=True)
        page = tmp_path / root / "account" / "login.html"
        page.write_text(f'{{% load i18n %}}{{% translate "{root}" %}}')
    package = Source(tmp_path / "package", ("account/*.html",))

    assert wanted([package]) == {}


def test_the_catalogue_changes_with_its_words_only(file):
    write(file)
    before = file.read_bytes()

    catalogue.update(file, words())

    assert file.read_bytes() == before
    assert b"POT-Creation-Date" not in before
    assert b"portal/x.py:" not in before


def test_hindi_of_words_that_went_goes(file):
    write(file)

    catalogue.update(file, words(Key("May", "verb")))

    assert set(catalogue.read(file)) == {Key("May", "verb")}
    assert "सकता है" in file.read_text(encoding="utf-8")


def test_a_guess_is_not_taken_for_hindi(file):
    write(file, {"#: portal/x.py\nmsgctxt": "#: portal/x.py\n#, fuzzy\nmsgctxt"})
    assert list(catalogue.problems(words(), catalogue.read(file))) == ["Fuzzy: 'May'"]

    catalogue.update(file, words())

    assert "सकता है" not in file.read_text(encoding="utf-8")


def test_a_complete_catalogue_has_no_problems(file):
    write(file)

    assert list(catalogue.problems(words(), catalogue.read(file))) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("सकता है", "", "Not translated: 'May' (portal/x.py)"),
        ("%(n)s योजनाएँ", "", "Not translated: 'One plan' (portal/x.py)"),
        ("है, %(name)s", "है, %(nam)s", "Placeholders differ: 'Welcome, %(name)s.'"),
        ("है, %(name)s", "है, %(name)", "Placeholders differ: 'Welcome, %(name)s.'"),
        ("%(n)s योजनाएँ", "%(m)s योजनाएँ", "Placeholders differ: 'One plan'"),
        ('msgctxt "verb"\n', "", "Not in the catalogue: 'May' (portal/x.py)"),
    ],
)
def test_what_is_wrong_is_named(file, old, new, problem):
    write(file, {old: new})

    found = list(catalogue.problems(words(), catalogue.read(file)))

    assert any(line.startswith(problem) for line in found), found


def test_words_that_nothing_uses_are_named(file):
    write(file)
    used = {key: word for key, word in words().items() if key.context != "verb"}

    assert list(catalogue.problems(used, catalogue.read(file))) == [
        "Nothing uses: 'May'"
    ]


def test_the_compiled_catalogue_speaks_hindi(file):
    write(file)

    target = catalogue.compile_catalogue(file)

    with target.open("rb") as binary:
        spoken = gettext.GNUTranslations(binary)
    assert spoken.pgettext("verb", "May") == "सकता है"
    assert spoken.ngettext("One plan", "%(n)s plans", 1) == "%(n)s योजना"
    assert spoken.ngettext("One plan", "%(n)s plans", 2) == "%(n)s योजनाएँ"


def test_the_command_fails_while_hindi_is_missing(file, monkeypatch, capsys):
    used = "portal.management.commands.catalogue.wanted"
    monkeypatch.setattr(used, words)
    call_command("catalogue")
    assert capsys.readouterr().out == "3 words, 3 without complete Hindi.\n"

    with pytest.raises(CommandError, match="3 problems"):
        call_command("catalogue", "--check")

    write(file)
    call_command("catalogue", "--check")
    assert capsys.readouterr().out == "All 3 words have Hindi.\n"
