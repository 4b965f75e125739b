"""The workbook that is handed out: what stands in it, and what can be typed."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from actionplans.progress import FigureState
from actionplans.workbook.build import build
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q2, Q3, filed, given, in_force, typed
from tests.actionplans.workbooks import (
    ACTIONS,
    FIGURES,
    WORDS,
    Filled,
    downloaded,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, made):
    client.force_login(made.officer)
    return made.officer


def figures_in_order(made, **by_name):
    """Figures for the targets in the order in which the report asks for them."""
    targets = list(made.plan.targets.all())
    places = {getattr(made, name).pk: figure for name, figure in by_name.items()}
    return [places.get(target.pk, given()) for target in targets]


@pytest.mark.usefixtures("officer")
def test_it_is_filled_with_what_is_entered(client, made):
    figures = figures_in_order(
        made,
        stock=given(1250, note="Counted twice.", source="Survey"),
        other=given(state=FigureState.NOT_AVAILABLE, reason="disputed"),
        rate=given(state="value", numerator=30_00, denominator=40_50),
        done=given(1_00),
    )
    typed(made.place, Q2, figures, done="The laboratory was opened.")

    book = downloaded(client)

    line = str(made.stock.line_id)
    assert book.cell(FIGURES, line, "figure").value == 12.5
    assert book.cell(FIGURES, line, "note").value == "Counted twice."
    assert book.cell(FIGURES, line, "source").value == "Survey"
    other = str(made.other.line_id)
    assert book.cell(FIGURES, other, "instead").value == "Not available"
    assert book.cell(FIGURES, other, "reason").value == "The sources disagree"
    rate = str(made.rate.line_id)
    assert book.cell(FIGURES, rate, "figure").value == 30
    assert book.cell(FIGURES, rate, "whole").value == 40.5
    assert book.cell(FIGURES, str(made.done.line_id), "figure").value == "Yes"
    assert book.cell(WORDS, made.place.pk, "done").value == "The laboratory was opened."


@pytest.mark.usefixtures("officer")
def test_earlier_figures_stand_beside_the_cell_to_be_filled(client, made, on_day):
    figures = figures_in_order(made, stock=given(20_00), done=given(0))
    typed(made.place, Q2, figures, by=made.officer)
    filed(made.place, Q2, [given(20_00)])
    on_day(2027, 1, 5)

    book = downloaded(client, Q3)

    line = str(made.stock.line_id)
    assert book.cell(FIGURES, line, "before-1").value == 20
    assert book.cell(FIGURES, line, "before-2").value is None
    page, columns = book.page(FIGURES), book.columns(FIGURES)
    assert page.cell(2, columns["before-1"]).value == "Q2 2026-27"


@pytest.mark.usefixtures("officer")
def test_interventions_are_filled_with_where_they_stood(client, made):
    book = downloaded(client)

    row = {
        key: book.cell(ACTIONS, str(made.action.line_id), key).value
        for key in ("status", "percent", "released", "due_on", "budget", "action")
    }
    assert row == {
        "status": "Not started",
        "percent": 0,
        "released": None,
        "due_on": None,
        "budget": 85_00_000,
        "action": made.action.action,
    }
    due = book.cell(ACTIONS, str(made.action.line_id), "due").value
    assert due == dt.datetime.combine(made.action.due_on, dt.time())


@pytest.mark.usefixtures("officer")
def test_only_the_cells_to_be_filled_are_open(client, made):
    book = downloaded(client)

    for tab in (FIGURES, ACTIONS, WORDS):
        page = book.page(tab)
        assert page.protection.sheet
        assert page.protection.password is None
        open_ = {
            key
            for key, column in book.columns(tab).items()
            if not page.cell(3, column).protection.locked
        }
        assert (
            open_
            == {
                FIGURES: {"figure", "instead", "reason", "source", "note"},
                ACTIONS: {"status", "percent", "released", "spent", "due_on", "reason"},
                WORDS: {"done", "next_steps", "help_needed"},
            }[tab]
        )
    share = book.cell(FIGURES, str(made.rate.line_id), "whole")
    assert not share.protection.locked


@pytest.mark.usefixtures("officer")
def test_what_tells_rows_apart_is_hidden_and_headings_stay_in_sight(client):
    book = downloaded(client)

    for tab in (FIGURES, ACTIONS, WORDS):
        page, columns = book.page(tab), book.columns(tab)
        assert page.row_dimensions[1].hidden
        assert page.freeze_panes == "C3"
        assert page.print_title_rows == "$2:$2"
        assert page.page_setup.orientation == "landscape"
        assert page.sheet_properties.pageSetUpPr.fitToPage
        last = columns["quarter"]
        for key, column in columns.items():
            letter = page.cell(1, column).column_letter
            dimension = page.column_dimensions[letter]
            assert dimension.hidden == (column >= last), key


@pytest.mark.usefixtures("officer")
def test_there_is_a_choice_of_words(client, made):
    book = downloaded(client)

    rules = book.page(FIGURES).data_validations.dataValidation
    place = book.cell(FIGURES, str(made.done.line_id), "figure").coordinate
    yes_or_no = next(rule for rule in rules if place in rule.sqref)
    assert yes_or_no.formula1 == "choices_of_figure"
    where = book.book.defined_names["choices_of_figure"].attr_text
    assert where == "'Lists'!$A$1:$A$2"
    lists = book.book["Lists"]
    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in lists["D"]] == [
        "Not started",
        "In progress",
        "On hold",
        "Completed",
        "Dropped",
    ]
    status = book.page(ACTIONS).data_validations.dataValidation[0]
    assert status.formula1 == "choices_of_status"


@pytest.mark.usefixtures("officer")
def test_no_text_becomes_a_formula(client, made):
    typed(made.place, Q2, [], by=made.officer, done='=HYPERLINK("http://x.example")')

    cell = downloaded(client).cell(WORDS, made.place.pk, "done")

    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value == '=HYPERLINK("http://x.example")'


@pytest.mark.usefixtures("officer")
def test_a_number_that_a_spreadsheet_would_round_is_written_out(client, made):
    huge = 12_34_56_78_90_12_345_67
    typed(made.place, Q2, [given(huge)], by=made.officer)

    cell = downloaded(client).cell(FIGURES, str(made.stock.line_id), "figure")

    assert cell.value == "12,34,56,78,90,12,345.67"


@pytest.mark.parametrize("demo", [True, False])
def test_of_a_demonstration_the_first_line_says_that_it_is_one(settings, demo):
    settings.DEMO = demo

    book = Filled(build([], Q2))

    first = book.book.worksheets[0]
    assert first.title == "Read me"
    assert (first["A1"].value == "demonstration") == demo
    header = book.page(FIGURES).oddHeader.center.text
    assert (header == "Demonstration") == demo


@pytest.mark.usefixtures("officer")
def test_in_hindi_it_has_hindi_names(client, made):
    response = client.get("/hi" + reverse("desk:workbook", args=[Q2]))

    assert response.status_code == 200
    book = Filled(response.getvalue())
    cell = book.cell(FIGURES, str(made.stock.line_id), "district")
    assert cell.value == made.place.name_hi


@pytest.mark.usefixtures("officer")
def test_a_filed_report_is_left_out(client, made, on_day):
    other = make.district("Dhubri", ra=made.place.regional_authority())
    in_force(on_day, other)
    filed(other, Q2, by=made.officer)

    book = downloaded(client)

    column = book.columns(WORDS)["district"]
    assert [book.page(WORDS).cell(n, column).value for n in book.rows(WORDS)] == [
        "Baksa"
    ]


@pytest.mark.usefixtures("officer")
def test_with_every_report_filed_there_is_no_workbook(client, made):
    filed(made.place, Q2)

    response = client.get(reverse("desk:workbook", args=[Q2]))

    assertContains(response, "No report of this quarter is open to you")


@pytest.mark.usefixtures("officer")
def test_a_quarter_that_is_not_over_has_none(client):
    for name in ("workbook", "workbooks"):
        response = client.get(reverse(f"desk:{name}", args=[Q3]))
        assertContains(response, "opens on 1 Jan 2027")


@pytest.mark.usefixtures("officer")
def test_it_can_be_about_one_district(client, made):
    other = make.district("Dhubri", ra=made.place.regional_authority())

    book = downloaded(client, district=other.pk)

    column = book.columns(WORDS)["district"]
    assert [book.page(WORDS).cell(n, column).value for n in book.rows(WORDS)] == [
        "Dhubri"
    ]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.CONVENER, 200), (Role.STAFF, 200), (Role.CHAIR, 403)]
)
def test_who_prepares_the_report_of_a_district_gets_its_workbook(
    client, made, role, status
):
    client.force_login(make.official(role, made.place))

    address = reverse("desk:workbook", args=[Q2], query={"district": made.place.pk})

    assert client.get(address).status_code == status


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("key", ["another", "0", "x"])
def test_a_district_of_others_is_not_there(client, key):
    key = make.district().pk if key == "another" else key

    address = reverse("desk:workbook", args=[Q2], query={"district": key})

    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("more", [0, 3])
def test_it_takes_as_many_queries_however_many_districts(
    client, made, on_day, more, django_assert_num_queries
):
    for _ in range(more):
        place = make.district(ra=made.place.regional_authority())
        in_force(on_day, place)
        typed(place, Q2, [given(12_00)])
    typed(made.place, Q2, [given(12_00)])

    # Session, user, appointments, jurisdiction, districts, and eleven for the sheets.
    with django_assert_num_queries(16):
        downloaded(client)
