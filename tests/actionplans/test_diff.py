"""What a plan says otherwise than another version: the comparison and its pages."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from actionplans import versions
from actionplans.columns import HEAD, PARTS, TEXT
from actionplans.diff import Kind, compare
from actionplans.models import Indicator, Plan, SectionCode
from districts.models import Product
from portal.models import DataVersion
from portal.numbers import MINUS
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
ON_THE_WAY = (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH)


def said(plan):
    return versions.draft_contents(Plan.objects.whole().get(pk=plan.pk))


@pytest.fixture
def amended():
    """A plan in force and the draft that amends it, which says the same so far."""
    plan = make.plan(Status.PUBLISHED)
    return plan, make.draft(plan.district, like=plan)


def changes(amended):
    plan, draft = amended
    return compare(versions.sealed_contents(plan), said(draft))


def only_row(amended):
    (section,) = changes(amended).sections
    (row,) = section.rows
    return row


def only_field(amended):
    (field,) = only_row(amended).fields
    return field


def test_a_copy_says_the_same(amended):
    assert changes(amended).count == 0


def test_a_number_shows_its_difference_and_per_cent(amended):
    target = amended[1].targets.get(goal=50_00, milestones=None, plan_product__order=1)
    target.goal = 62_50
    target.save()

    row, field = only_row(amended), only_field(amended)

    assert (row.kind, row.title) == (Kind.CHANGED, target.indicator.name)
    assert row.about == target.plan_product.product.name
    assert (field.label, field.before, field.after) == (
        "goal",
        "50 units",
        "62.5 units",
    )
    assert field.difference == "+12.5 units (+25%)"


def test_a_share_differs_by_its_points_alone(amended):
    plan, draft = amended
    before = said(plan)
    for side, goal in ((before, 50_00), (after := said(draft), 40_00)):
        side["targets"] = side["targets"][:1]
        side["targets"][0] |= {"unit": "%", "kind": "rate", "goal": goal}

    (section,) = compare(before, after).sections

    assert section.rows[0].fields[0].difference == f"{MINUS}10 %"


def test_money_is_in_lakh_and_crore(amended):
    action = amended[1].interventions.first()
    action.budget = 1_27_50_000
    action.save()

    field = only_field(amended)

    assert (field.before, field.after) == ("₹ 85 lakh", "₹ 1.28 crore")
    assert field.difference == "+₹ 42.5 lakh (+50%)"


def test_what_was_empty_has_no_difference(amended):
    action = amended[1].interventions.first()
    action.budget = None
    action.save()

    field = only_field(amended)

    assert (field.before, field.after, field.difference) == ("₹ 85 lakh", "", "")


def test_a_day_says_how_far_it_moved(amended):
    action = amended[1].interventions.first()
    action.due_on -= dt.timedelta(days=1)
    action.save()

    assert only_field(amended).difference == "1 day earlier"


def test_a_choice_and_a_row_are_named_in_words(amended):
    draft = amended[1]
    action = draft.interventions.first()
    action.bottleneck = draft.bottlenecks.first()
    action.save()
    draft.bottlenecks.update(severity=1)

    obstacles, interventions = changes(amended).sections

    assert obstacles.code == SectionCode.BOTTLENECKS
    assert [row.fields[0].after for row in obstacles.rows] == ["Slows exports"] * 2
    assert interventions.rows[0].fields[0].after == action.bottleneck.text


def test_rows_come_and_go_with_all_that_they_say(amended):
    draft = amended[1]
    gone = draft.bottlenecks.last()
    gone.delete()
    new = make.intervention(draft, action="Open a cold store", budget=0)

    obstacles, interventions = changes(amended).sections

    assert [(row.kind, row.title) for row in obstacles.rows] == [
        (Kind.REMOVED, gone.text)
    ]
    (row,) = interventions.rows
    fields = {field.label: (field.before, field.after) for field in row.fields}
    assert (row.kind, row.title) == (Kind.ADDED, new.action)
    assert row.about == "The whole district"
    assert fields["budget"] == ("", "₹ 0")
    assert fields["lead agency"] == ("", new.lead.name)


def test_prose_is_compared_word_by_word(amended):
    section = amended[1].sections.get(code=1)
    section.body = section.body.replace("Plain words.", "Plainer words.", 1)
    section.save()

    (changed,) = changes(amended).sections
    pieces = changed.text[0].pieces

    assert [(p.kind, p.text) for p in pieces[:2]] == [
        ("del", "Plain"),
        ("ins", "Plainer"),
    ]
    assert "".join(p.text for p in pieces[2:]).startswith(" words. Plain words.")
    assert changed.count == 1


def test_long_prose_that_stays_is_shortened(amended):
    before, after = said(amended[0]), said(amended[1])
    words = "word " * 400
    before["sections"][0]["body"] = f"{words}old {words}"
    after["sections"][0]["body"] = f"{words}new {words}"

    (changed,) = compare(before, after).sections
    shown = "".join(piece.text for piece in changed.text[0].pieces)

    assert len(shown.split()) == 15 + 2 + 15 + len("……")
    assert "old" in shown
    assert "new" in shown


def test_a_section_may_no_longer_apply(amended):
    amended[1].sections.filter(code=9).update(body="", not_applicable="No school.")

    (changed,) = changes(amended).sections

    assert [field.after for field in changed.text] == ["", "No school."]
    assert changed.count == 1


def test_milestones_are_told_one_by_one(amended):
    milestone = amended[1].targets.exclude(milestones=None).first().milestones.first()
    milestone.value = 30_00
    milestone.save()

    field = only_field(amended)

    assert field.label.startswith("Milestone by 31 Mar")
    assert field.difference == "+10 units (+50%)"


def test_another_order_of_the_rows_is_one_change(amended):
    before, after = said(amended[0]), said(amended[1])
    for at in (0, 1):
        before["bottlenecks"][at]["order"] = at
        after["bottlenecks"][at]["order"] = 7 - at

    (changed,) = compare(before, after).sections

    assert changed.is_reordered
    assert changed.rows == []
    assert changed.count == 1


def test_years_and_author_stand_above_the_sections(amended):
    draft = amended[1]
    Plan.objects.filter(pk=draft.pk).update(
        year_to=draft.year_to - 1, prepared_by=Plan.PreparedBy.CONSULTANT
    )

    head = changes(amended).head

    assert [field.label for field in head] == ["last financial year", "prepared by"]
    assert "-" in head[0].after
    assert head[1].after == "Consultant"


def test_every_field_that_is_sealed_is_compared_or_left_out_on_purpose():
    """A field that a seal gets later must not be forgotten here."""
    left_out = {"line", "order", "indicator", "milestones"}
    of_the_adoption = {
        *("format", "previous", "district", "lgd_code", "state", "number"),
        *("adopted_on", "order_number", "document", "meeting", "meeting_on"),
        *("decision", "decision_text"),
    }
    plan = make.complete(make.draft())

    sealed = said(plan)

    for part, its in PARTS.items():
        compared = {column.key for column in its.columns} | left_out
        if part == "products":
            compared.add("product")
        assert set(sealed[part][0]) <= compared, part
    assert set(sealed["sections"][0]) == {"code", *(c.key for c in TEXT)}
    known = {column.key for column in HEAD} | {"sections", *PARTS} | of_the_adoption
    assert set(sealed) <= known


def test_the_labels_are_in_the_language_of_the_page(amended):
    amended[1].bottlenecks.update(severity=1)

    with translation.override("hi"):
        field = changes(amended).sections[0].rows[0].fields[0]
        assert field.label == str(
            amended[1].bottlenecks.model._meta.get_field("severity").verbose_name
        )
        assert field.label != "severity"


# The pages.


@pytest.fixture
def three_versions():
    """Three versions in a row: the goal rises from 50 to 60 to 75."""
    plan = make.plan(Status.PUBLISHED)
    for goal in (60_00, 75_00):
        latest = plan.district.plans.in_force().get()
        draft = make.draft(plan.district, like=latest)
        draft.targets.filter(milestones=None).update(goal=goal)
        for action in ON_THE_WAY:
            make.step(draft, action)
    return plan.district


def public(client, place, number, **query):
    address = reverse("plan-changes", args=[place.state.slug, place.slug, number])
    return client.get(address, query)


def test_a_version_is_compared_with_the_one_before_it(client, three_versions):
    text = public(client, three_versions, 3).text

    assert "Version 3" in text
    assert "compared with version 2" in text
    assert "+15 units (+25%)" in text
    assert 'id="section-7"' in text
    assert 'href="#section-7"' in text


def test_what_rows_name_has_the_name_of_the_page_s_language(client, three_versions):
    Indicator.objects.update(name_hi="प्रशिक्षित व्यक्ति")
    Product.objects.update(name_hi="हल्दी")
    DataVersion.rise()
    state, slug = three_versions.state.slug, three_versions.slug
    with translation.override("hi"):
        address = reverse("plan-changes", args=[state, slug, 3])

    [section] = client.get(address).context["diff"].sections

    assert {row.title for row in section.rows} == {"प्रशिक्षित व्यक्ति"}
    assert {row.about for row in section.rows} == {"हल्दी"}


def test_any_two_versions_are_compared(client, three_versions):
    assert "+25 units (+50%)" in public(client, three_versions, 3, **{"from": 1}).text
    back = public(client, three_versions, 1, **{"from": 3}).text
    assert f"{MINUS}25 units ({MINUS}33.3%)" in back


def test_the_form_chooses_both_versions_without_javascript(client, three_versions):
    answer = public(client, three_versions, 3, to="2", **{"from": "1"})

    assert answer.status_code == 302
    assert "+10 units (+20%)" in client.get(answer.url).text


@pytest.mark.parametrize("wrong", ["9", "x", "-1"])
def test_a_version_that_nobody_knows_is_not_found(client, three_versions, wrong):
    assert public(client, three_versions, 3, **{"from": wrong}).status_code == 404
    assert public(client, three_versions, 9).status_code == 404


def test_the_first_version_has_nothing_before_it(client, three_versions):
    assert "nothing to compare it with" in public(client, three_versions, 1).text


def test_what_is_not_published_is_compared_with_nothing(client, three_versions):
    newest = three_versions.plans.in_force().get()
    draft = make.draft(three_versions, like=newest)
    for action in ON_THE_WAY[:3]:
        make.step(draft, action)

    assert draft.number == 4
    assert public(client, three_versions, 4).status_code == 404
    assert public(client, three_versions, 3, **{"from": 4}).status_code == 404


def test_prose_is_escaped(client, three_versions):
    newest = three_versions.plans.in_force().get()
    draft = make.draft(three_versions, like=newest)
    section = draft.sections.get(code=1)
    section.body += " <script>alert(1)</script>"
    section.save()
    for action in ON_THE_WAY:
        make.step(draft, action)

    text = public(client, three_versions, 4).text

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_versions_of_a_plan_lead_to_what_they_changed(client, three_versions):
    place = three_versions
    text = client.get(reverse("plan", args=[place.state.slug, place.slug])).text

    for number, is_linked in ((1, False), (2, True), (3, True)):
        address = reverse("plan-changes", args=[place.state.slug, place.slug, number])
        assert (f'href="{address}"' in text) is is_linked


def test_the_public_page_takes_a_fixed_number_of_queries(
    client, three_versions, django_assert_num_queries
):
    public(client, three_versions, 3)
    with django_assert_num_queries(6):
        public(client, three_versions, 3)


def desk(client, plan, **query):
    client.force_login(make.holder_of(Role.CONVENER, plan.district))
    return client.get(reverse("desk:plan-changes", args=[plan.pk]), query)


def test_a_draft_is_compared_with_the_plan_in_force(client, amended):
    amended[1].bottlenecks.update(severity=1)

    text = desk(client, amended[1]).text

    assert "What changed since version 1" in text
    assert "Slows exports" in text


def test_a_draft_is_compared_with_any_version(client, three_versions):
    newest = three_versions.plans.in_force().get()
    draft = make.draft(three_versions, like=newest)

    assert "Both say the same." in desk(client, draft).text
    assert "+25 units (+50%)" in desk(client, draft, **{"from": 1}).text


def test_a_first_draft_has_nothing_to_be_compared_with(client):
    text = desk(client, make.complete(make.draft())).text

    assert "no adopted version with structure" in text


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 changes since adoption"),
        (1, "1 change since adoption"),
        (2, "2 changes since adoption"),
    ],
)
def test_the_head_of_an_amendment_counts_its_changes(client, amended, count, words):
    for row in amended[1].bottlenecks.all()[:count]:
        row.severity = 1
        row.save()
    client.force_login(make.holder_of(Role.CONVENER, amended[1].district))

    text = client.get(amended[1].get_absolute_url()).text

    address = reverse("desk:plan-changes", args=[amended[1].pk])
    assert f'<a href="{address}">{words}</a>' in text


def test_a_new_plan_counts_no_changes(client):
    plan = make.complete(make.draft())
    client.force_login(make.holder_of(Role.CONVENER, plan.district))

    assert "since adoption" not in client.get(plan.get_absolute_url()).text


def test_the_page_of_the_desk_takes_a_fixed_number_of_queries(
    client, amended, django_assert_max_num_queries
):
    desk(client, amended[1])
    with django_assert_max_num_queries(27) as few:
        desk(client, amended[1])
    for _ in range(5):
        make.intervention(amended[1])
        make.target(amended[1])
    with django_assert_max_num_queries(len(few)):
        desk(client, amended[1])


def test_both_texts_can_be_read_from_the_pieces(amended):
    """Whatever is marked as removed and as added, nothing else gets lost."""
    old = "The first market.\n\nIt is open on Monday and on Friday, too."
    new = "The market is new.\n\nIt is open on Sunday.\n\nIt is large."
    before, after = said(amended[0]), said(amended[1])
    before["sections"][0]["body"], after["sections"][0]["body"] = old, new

    (changed,) = compare(before, after).sections
    pieces = changed.text[0].pieces

    for left_out, text in (("ins", old), ("del", new)):
        read = "".join(piece.text for piece in pieces if piece.kind != left_out)
        assert read.split() == text.split()
