"""How every form is drawn: labels, hints, mistakes, and what ties them together."""

import re

import pytest
from crispy_forms.layout import Column, Fieldset, Row
from crispy_forms.utils import render_crispy_form
from django import forms

from actionplans.forms.layout import DayInput, laid_out

MISSING = "Say why, in a sentence."
LATER = "Somebody else saved this meanwhile."


class Sample(forms.Form):
    why = forms.CharField(
        label="Why",
        help_text="In sentences.",
        error_messages={"required": MISSING},
        widget=forms.Textarea(attrs={"placeholder": "Why?", "class": "wide"}),
    )
    note = forms.CharField(label="Note", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "One"), ("b", "Two")])
    answer = forms.ChoiceField(
        label="Is there an owner?",
        help_text="Look into section 7.",
        choices=[("y", "Yes"), ("n", "No")],
        widget=forms.RadioSelect,
    )
    reasons = forms.MultipleChoiceField(
        label="Reasons",
        choices=[("a", "Baseline"), ("b", "Targets")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    earlier = forms.BooleanField(label="It was earlier", required=False)
    day = forms.DateField(label="Holds from", widget=DayInput)
    file = forms.FileField(label="Minutes", help_text="A PDF.")
    fixed = forms.CharField(label="Product", required=False, disabled=True)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = laid_out(
            "why",
            Row(Column("note", css_class="col-md-6"), Column("kind")),
            Fieldset("Check<b>list</b>", "answer", "reasons"),
            *("earlier", "day", "file", "fixed", "revision"),
        )

    def clean(self):
        if self.data.get("note") == "late":
            self.add_error(None, LATER)


class Search(forms.Form):
    """A form that asks for nothing."""

    place = forms.CharField(label="Place", required=False)


def drawn(form):
    return re.sub(r"\s+", " ", render_crispy_form(form))


def element(page, name):
    """The opening tag of the control of that name."""
    return re.search(rf'<\w+ [^>]*name="{name}"[^>]*>', page)[0]


def summary(page):
    found = re.search(r'<div class="field note warn" role="alert">(.*?)</div>', page)
    return found and found[1]


def test_a_field_stands_under_its_label_and_hint():
    page = drawn(Sample())

    label = page.index('<label for="id_why">Why</label>')
    hint = page.index('<div class="hint" id="id_why_helptext">In sentences.</div>')
    assert label < hint < page.index('name="why"')
    assert 'aria-describedby="id_why_helptext"' in element(page, "why")


def test_a_label_is_not_said_again_by_a_placeholder():
    page = drawn(Sample())

    assert "placeholder" not in page
    assert 'class="wide form-control"' in element(page, "why")


def test_a_fresh_form_blames_nobody():
    page = drawn(Sample())

    assert summary(page) is None
    assert "aria-invalid" not in page
    assert "p-off" not in page


def test_a_mistake_is_a_shape_and_a_sentence_to_which_the_field_points():
    page = drawn(Sample({"note": "x"}))

    error = re.search(r'<div class="[^"]*" id="id_why_error">(.*?)</div>', page)[1]
    assert 'href="#p-off"' in error
    assert MISSING in error
    control = element(page, "why")
    assert 'aria-describedby="id_why_helptext id_why_error"' in control
    assert 'aria-invalid="true"' in control
    assert 'class="wide form-control bad"' in control


def test_the_summary_links_to_each_field_that_has_to_be_put_right():
    page = drawn(Sample({"note": "late", "day": "2026-11-22", "kind": "a"}))

    found = summary(page)
    assert f'<p class="mb-0">{LATER}</p>' in found
    assert "Revision: This field is required." in found
    assert "3 fields have to be put right" in found
    assert f'<a href="#id_why">Why</a>: {MISSING}' in found
    targets = re.findall(r'href="#(\w+)"', found)
    assert targets == ["id_why", "id_answer_0", "id_file"]
    assert all(f'id="{target}"' in page for target in targets)


def test_choices_are_a_group_with_a_legend():
    page = drawn(Sample({"note": "x"}))

    group = re.search(r'<fieldset class="field" id="div_id_answer".*?</fieldset>', page)
    legend = '<legend class="label">Is there an owner?</legend>'
    assert legend in group[0]
    assert 'aria-describedby="id_answer_helptext id_answer_error"' in group[0]
    assert re.findall(r'<label for="(\w+)">', group[0]) == [
        "id_answer_0",
        "id_answer_1",
    ]
    assert group[0].count('type="radio"') == 2


def test_several_may_be_ticked():
    page = drawn(Sample({"reasons": ["b"]}))

    boxes = re.findall(r'<input type="checkbox" name="reasons"[^>]*>', page)
    assert ["checked" in box for box in boxes] == [False, True]


def test_a_single_box_stands_before_its_label():
    page = drawn(Sample())

    assert re.search(
        r'<input type="checkbox" name="earlier"[^>]*><label for="id_earlier">', page
    )


@pytest.mark.parametrize(
    ("name", "optional"),
    [("Why", False), ("Note", True), ("Kind", False), ("Product", False)],
)
def test_only_what_may_stay_empty_says_so(name, optional):
    page = drawn(Sample())

    said = re.search(rf"<label[^>]*>{name}(.*?)</label>", page)[1]
    assert ("(optional)" in said) is optional


def test_what_is_asked_for_later_is_not_called_optional():
    class Half(Sample):
        asked_later = ("note",)

    assert re.search(r"<label[^>]*>Note</label>", drawn(Half()))


def test_a_group_that_may_stay_empty_says_so_and_a_box_does_not():
    page = drawn(Sample())

    assert re.search(r"<legend[^>]*>Reasons <span[^>]*>\(optional\)</span>", page)
    assert ">It was earlier</label>" in page


def test_a_form_that_asks_for_nothing_need_not_say_that_it_does():
    assert "(optional)" not in drawn(Search())


def test_natives_are_used_for_days_files_and_choices():
    page = drawn(Sample())

    assert 'type="date"' in element(page, "day")
    assert 'type="file"' in element(page, "file")
    assert 'aria-describedby="id_file_helptext"' in element(page, "file")
    assert 'class="form-select"' in element(page, "kind")


def test_what_is_hidden_stays_hidden():
    page = drawn(Sample())

    assert 'type="hidden"' in element(page, "revision")
    assert "div_id_revision" not in page


def test_fields_of_a_fieldset_stand_under_its_legend():
    page = drawn(Sample())

    found = re.search(r"<fieldset ?> ?<legend[^>]*>Check<b>list</b></legend>", page)
    assert found.end() < page.index('id="div_id_answer"')


def test_labels_can_be_for_screen_readers_only():
    form = Sample()
    form.helper.form_show_labels = False

    page = drawn(form)

    assert '<label for="id_why" class="visually-hidden">Why' in page
    assert '<legend class="label visually-hidden">Is there an owner?' in page


def test_what_was_typed_is_kept():
    page = drawn(Sample({"why": "<Because>", "kind": "b", "answer": "n"}))

    assert "&lt;Because&gt;" in page
    assert '<option value="b" selected>' in page
    assert re.search(r'value="n"[^>]* checked', page)
