"""What templates say: days, numbers, names in either language, shapes with words."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from actionplans.freshness import Freshness
from actionplans.models import ActionStatus
from actionplans.progress import Verdict
from portal.periods import Quarter
from portal.templatetags.portal import SHAPES

DARBHANGA = SimpleNamespace(name="Darbhanga", name_hi="दरभंगा")
NEW = SimpleNamespace(name="Noklak & <Co>", name_hi="")


def said(template, language="en", **context):
    with translation.override(language):
        return Template("{% load portal %}" + template).render(Context(context))


def days_from_today(days):
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("template", "value", "text"),
    [
        ("{{ it|grouped }}", 1234567, "12,34,567"),
        ("{{ it|hundredths }}", 123450, "1,234.5"),
        ("{{ it|rupees }}", 79_85_00_00_000, "₹ 7,985 crore"),
        ("{{ it|financial_year }}", 2026, "2026-27"),
        ("{{ it|quarter }}", 20262, "Q2 2026-27"),
        ("{{ it|day }}", dt.date(2026, 9, 5), "5 Sep 2026"),
    ],
)
def test_numbers_and_days_are_written_as_india_writes_them(template, value, text):
    assert said(template, it=value) == text


@pytest.mark.parametrize(
    ("month", "text"),
    [(9, "5 सितंबर 2026"), (11, "5 नवंबर 2026"), (12, "5 दिसंबर 2026")],
)
def test_hindi_days_spell_the_month_out(month, text):
    assert said("{{ it|day }}", "hi", it=dt.date(2026, month, 5)) == text


def test_a_moment_is_shown_as_its_day_in_india():
    late = dt.datetime(2026, 11, 20, 20, 0, tzinfo=dt.UTC)

    assert said("{{ it|day }}", it=late) == "21 Nov 2026"


def test_a_day_nobody_recorded_is_no_text():
    assert said("{{ it|day }}{{ it|ago }}", it=None) == ""


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "today"), (-1, "yesterday"), (-2, "2 days ago"), (-90, "90 days ago")],
)
def test_days_past_are_counted(days, text):
    assert said("{{ it|ago }}", it=days_from_today(days)) == text


def test_a_moment_today_was_today():
    assert said("{{ it|ago }}", it=timezone.now()) == "today"


@pytest.mark.parametrize(
    ("days", "text", "glyph"),
    [
        (-44, "44 days overdue", "p-off"),
        (-1, "1 day overdue", "p-off"),
        (0, "today", "p-risk"),
        (1, "in 1 day", "p-risk"),
        (7, "in 7 days", "p-risk"),
        (8, "in 8 days", "p-due"),
    ],
)
def test_what_is_due_says_when_with_a_shape(days, text, glyph):
    drawn = said(
        '{% include "_ui/due.html" with on=it only %}', it=days_from_today(days)
    )

    assert f"</svg>{text}</span>" in drawn
    assert f'href="#{glyph}"' in drawn


@pytest.mark.parametrize(
    ("place", "language", "text"),
    [
        (DARBHANGA, "en", "Darbhanga"),
        (DARBHANGA, "hi", "दरभंगा"),
        (NEW, "en", "Noklak &amp; &lt;Co&gt;"),
        (NEW, "hi", '<span lang="en">Noklak &amp; &lt;Co&gt;</span>'),
    ],
)
def test_a_name_is_in_the_language_of_the_page_or_says_that_it_is_not(
    place, language, text
):
    assert said("{% name it %}", language, it=place) == text


@pytest.mark.parametrize(
    ("place", "language", "text"),
    [
        (DARBHANGA, "en", '<span lang="hi">दरभंगा</span>'),
        (DARBHANGA, "hi", '<span lang="en">Darbhanga</span>'),
        (NEW, "en", ""),
    ],
)
def test_the_other_name_is_marked_as_the_other_language(place, language, text):
    assert said("{% other_name it %}", language, it=place) == text


def test_a_unit_without_hindi_is_given_in_english():
    unit = SimpleNamespace(unit="tonnes", unit_hi="टन")
    bare = SimpleNamespace(unit="tonnes", unit_hi="")

    assert said("{% unit it %}", it=unit) == "tonnes"
    assert said("{% unit it %}", "hi", it=unit) == "टन"
    assert said("{% unit it %}", "hi", it=bare) == "tonnes"


def test_every_verdict_and_every_state_of_work_has_a_shape():
    states = [*Verdict.values, *ActionStatus.values]

    assert set(states) <= set(SHAPES)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_a_shape_and_a_word(verdict):
    drawn = said('{% include "_ui/verdict.html" with verdict=it only %}', it=verdict)

    assert f'href="#{SHAPES[verdict][0]}"' in drawn
    assert f"</svg>{verdict.label}</span>" in drawn


@pytest.mark.parametrize("freshness", Freshness)
def test_freshness_is_a_shape_and_a_word(freshness):
    partial = '{% include "_ui/freshness.html" with freshness=it only %}'

    drawn = said(partial, it=freshness)

    assert f'href="#f-{freshness.value}"' in drawn
    assert f"</svg>{freshness.label}</span>" in drawn


def test_a_quarter_is_written_from_its_code():
    assert said("{{ it|quarter }}", it=Quarter(2026, 4).code) == "Q4 2026-27"
