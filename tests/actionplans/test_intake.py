"""Old plans of a State handed in together: tried first, recorded all or nothing."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans import workflow
from actionplans.intake import bundle
from actionplans.models import Document, Intake, Plan
from actionplans.worklist import worklist
from portal import sheets
from portal.accounts.models import User
from portal.terms import Role, Status
from tests import make, pdfs
from tests.files import EICAR
from tests.processes import running

pytestmark = pytest.mark.django_db
PAGE = "/desk/intake/"
HEADER = [
    "District",
    "Adopted on",
    "Order number",
    "First year",
    "Last year",
    "File name",
]
GOOD = ["21-11-2024", "12/IND/2024", "2024-25", "2028-29"]


@pytest.fixture
def state():
    return make.state("Bihar")


@pytest.fixture
def places(state):
    names = ["Darbhanga", "Madhubani", "Gaya"]
    return [make.district(name, state=state) for name in names]


@pytest.fixture
def officer(client, places):
    person = make.official(Role.STATE_OFFICER, places[0])
    client.force_login(person)
    return person


def row(name, file=None, cells=GOOD):
    return [name, *cells, file or f"{name.lower()}.pdf"]


def csv_of(rows, header=HEADER, delimiter=","):
    return "\n".join(delimiter.join(map(str, r)) for r in [header, *rows]).encode()


def zip_of(files):
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return found.getvalue()


def plans_of(*names):
    return {f"{name.lower()}.pdf": pdfs.plain(f"The plan of {name}") for name in names}


def send(client, state, sheet, files):
    packed = files if isinstance(files, bytes) else zip_of(files)
    return client.post(
        PAGE,
        {
            "state": state.pk,
            "sheet": SimpleUploadedFile("sheet.csv", sheet),
            "plans": SimpleUploadedFile("plans.zip", packed),
        },
    )


def tried(client, state, rows, files):
    """The page of the trial that the two files lead to."""
    response = send(client, state, csv_of(rows), files)
    assert response.status_code == 302, response.context["form"].errors
    return client.get(response.url)


def faults(page):
    return [line.faults for line in page.context["trial"].lines]


# Recording


@pytest.mark.parametrize("role", [Role.STATE_OFFICER, Role.RA_OFFICER, Role.HQ_OFFICER])
def test_all_rows_are_recorded_at_once(client, state, role):
    ra = make.regional_authority(state=state)
    for name in ("Darbhanga", "Madhubani"):
        place = make.district(name, state=state, ra=ra)
    client.force_login(make.official(role, place))
    rows = [row("Darbhanga"), row("Madhubani")]

    page = tried(client, state, rows, plans_of("Darbhanga", "Madhubani"))
    assertContains(page, "Record 2 plans")
    assert not Plan.objects.exists()
    response = client.post(page.request["PATH_INFO"], follow=True)

    assertContains(response, "2 plans are recorded.")
    for plan in Plan.objects.with_place():
        assert (plan.status, plan.number) == (Status.UNSTRUCTURED, 1)
        assert plan.period == "2024-25 to 2028-29"
        event = plan.events.get()
        assert event.effective_on == dt.date(2024, 11, 21)
        assert event.order_number == "12/IND/2024"
        assert event.appointment.role == role
        name = plan.district.name
        with plan.document.file.open() as file:
            assert file.read() == pdfs.plain(f"The plan of {name}")
    assert Intake.objects.get().done_at


@pytest.mark.usefixtures("officer", "places")
def test_clicked_twice_they_are_recorded_once(client, state):
    page = tried(client, state, [row("Gaya")], plans_of("Gaya"))
    address = page.request["PATH_INFO"]

    client.post(address)
    again = client.post(address, follow=True)

    assert Plan.objects.count() == 1
    assertContains(again, "These plans were recorded on")


@pytest.mark.usefixtures("officer", "places")
def test_if_one_fails_at_the_last_moment_none_is_recorded(client, state, monkeypatch):
    rows = [row("Darbhanga"), row("Gaya")]
    page = tried(client, state, rows, plans_of("Darbhanga", "Gaya"))
    record, calls = workflow.record, []

    def fails_the_second_time(*args, **kwargs):
        calls.append(args)
        if len(calls) > 1:
            raise workflow.StepBlocked("Somebody was faster.")
        return record(*args, **kwargs)

    monkeypatch.setattr(workflow, "record", fails_the_second_time)
    response = client.post(page.request["PATH_INFO"])

    assertContains(response, "Somebody was faster.")
    assert not Plan.objects.exists()
    assert not Document.objects.exists()
    assert Intake.objects.get().done_at is None


@pytest.mark.usefixtures("officer")
def test_what_was_recorded_meanwhile_is_a_fault(client, state, places):
    page = tried(client, state, [row("Gaya")], plans_of("Gaya"))
    make.recorded(places[2])

    response = client.post(page.request["PATH_INFO"])

    assert faults(response) == [["A plan of this district is in force already."]]
    assert Plan.objects.count() == 1


@pytest.mark.usefixtures("officer")
def test_what_is_older_than_an_adopted_plan_is_a_fault(client, state, places):
    page = tried(client, state, [row("Gaya")], plans_of("Gaya"))
    make.plan(Status.ADOPTED, places[2])

    response = client.post(page.request["PATH_INFO"])

    (fault,) = faults(response)
    assert "A newer plan of this district is adopted" in fault[0]
    assert Plan.objects.count() == 1


# Faults


@pytest.mark.usefixtures("officer", "places")
@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["", *GOOD[1:]], "The day of the adoption is missing."),
        (["31-02-2024", *GOOD[1:]], "“31-02-2024” is no day."),
        (["21-11-2100", *GOOD[1:]], "lies in the future"),
        ([*GOOD[:2], "soon", "2028-29"], "First and last year are written like"),
        ([*GOOD[:2], "2024-25", ""], "First and last year are written like"),
        ([*GOOD[:2], "2024-25", "2031-32"], "one to five financial years"),
        ([*GOOD[:2], "2026-27", "2024-25"], "one to five financial years"),
        ([GOOD[0], "x" * 61, *GOOD[2:]], "The order number is too long."),
    ],
)
def test_each_fault_of_a_row_is_a_sentence(client, state, cells, fault):
    page = tried(client, state, [row("Gaya", cells=cells)], plans_of("Gaya"))

    ((found,),) = faults(page)
    assert fault in found
    assert "Record 1 plan" not in page.text
    client.post(page.request["PATH_INFO"])
    assert not Plan.objects.exists()


@pytest.mark.usefixtures("officer", "places")
def test_a_district_that_nobody_knows_or_that_stands_twice_is_a_fault(client, state):
    rows = [row("Atlantis"), row("Gaya"), row("Gaya", "gaya2.pdf"), row("", "x.pdf")]
    files = {name: pdfs.plain(name) for name in ("atlantis.pdf", "gaya.pdf")}

    page = tried(client, state, rows, files)

    assert faults(page) == [
        ["No district of Bihar is called “Atlantis”."],
        [],
        ["Row 3 is about this district too.", "The zip has no file “gaya2.pdf”."],
        ["The row names no district.", "The zip has no file “x.pdf”."],
    ]


def test_a_district_of_another_office_is_a_fault(client, state, places):
    client.force_login(make.official(Role.RA_OFFICER, places[0]))
    rows = [row("Darbhanga"), row("Gaya")]

    page = tried(client, state, rows, plans_of("Darbhanga", "Gaya"))

    assert faults(page) == [[], ["The district is not in your charge."]]


@pytest.mark.usefixtures("officer", "places")
def test_one_virus_in_the_zip_and_nothing_of_it_is_kept(
    client, state, settings, tmp_path
):
    address = tmp_path / "clamd.sock"
    settings.CLAMD = str(address)
    rows = csv_of([row("Gaya"), row("Darbhanga")])
    files = plans_of("Gaya", "Darbhanga")
    files["darbhanga.pdf"] += EICAR

    with running("tests.clamd", address, "well", address=address):
        response = send(client, state, rows, files)

    assertContains(response, "darbhanga.pdf: The virus scanner found “Eicar")
    assert not Intake.objects.exists()


@pytest.mark.usefixtures("officer", "places")
def test_every_file_is_judged_and_files_too_many_are_named(client, state):
    rows = [row("Darbhanga"), row("Madhubani"), row("Gaya", "darbhanga.pdf")]
    files = {
        "Plans 2024/DARBHANGA.PDF": pdfs.plain(),
        "madhubani.pdf": b"GIF89a",
        "notes.txt": b"left out",
        "__MACOSX/._madhubani.pdf": b"junk",
    }

    page = tried(client, state, rows, files)

    twice = "Another row names the same file."
    no_pdf = "This is no PDF, whatever its name says. Save it as PDF first."
    assert faults(page) == [[twice], [no_pdf], [twice]]
    assert page.context["trial"].others == ["notes.txt"]
    assertContains(page, "No row names these files")


# Questions


@pytest.mark.usefixtures("officer", "places")
def test_a_name_that_is_only_close_is_asked_and_never_taken(client, state):
    page = tried(client, state, [row("Darbanga")], plans_of("Darbanga"))
    address = page.request["PATH_INFO"]

    assertContains(page, "“Darbanga” is no name we know: is Darbhanga meant?")
    blocked = client.post(address)
    assertContains(blocked, "Some questions are not answered.")
    assert not Plan.objects.exists()
    client.post(address, {"confirmed": "2"})
    assert Plan.objects.get().district.name == "Darbhanga"


@pytest.mark.usefixtures("officer")
def test_the_same_content_twice_is_asked(client, state, places):
    same = pdfs.plain("One plan for all")
    rows = [row("Darbhanga"), row("Madhubani")]
    files = {"darbhanga.pdf": same, "madhubani.pdf": same}

    page = tried(client, state, rows, files)

    assertContains(page, "The file of row 2 has the same content: is it about both?")
    client.post(page.request["PATH_INFO"], {"confirmed": "3"})
    assert Plan.objects.count() == 2
    again = tried(client, state, [row("Gaya")], {"gaya.pdf": same})
    assertContains(again, "The same file is recorded for")


# The two files


@pytest.mark.usefixtures("officer", "places")
@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        (b"", "This file is empty."),
        (b"PK nothing", "This is no sheet that can be read."),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "This is an old Excel file."),
        (b"\0\1\2\3", "This is no sheet that can be read."),
        (csv_of([], header=["Place"]), "The sheet has no column “District”."),
        (csv_of([], header=HEADER[:-1]), "The sheet has no column “File name”."),
        (csv_of([]), "The sheet has no row that names a file."),
        (csv_of([["Gaya", "", "", "", "", ""]]), "no row that names a file"),
    ],
)
def test_a_sheet_that_is_none_is_refused(client, state, sheet, sentence):
    response = send(client, state, sheet, plans_of("Gaya"))

    assertContains(response, sentence)
    assert not Intake.objects.exists()


@pytest.mark.usefixtures("officer", "places")
@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (b"Rar!", "This is no zip that can be opened."),
        ({"../gaya.pdf": b"x"}, "leads out of its folder"),
        ({"/etc/gaya.pdf": b"x"}, "leads out of its folder"),
        ({"C:\\gaya.pdf": b"x"}, "leads out of its folder"),
        ({"gaya.pdf": bytes(3 * 1024 * 1024)}, "would grow out of all measure"),
        ({f"{n}.pdf": b"x" for n in range(301)}, "more than 300 files"),
    ],
)
def test_a_zip_that_means_no_good_is_refused(client, state, files, sentence):
    response = send(client, state, csv_of([row("Gaya")]), files)

    assertContains(response, sentence)
    assert not Intake.objects.exists()


@pytest.mark.usefixtures("officer", "places")
def test_a_zip_that_grows_too_large_is_refused(client, state, monkeypatch):
    monkeypatch.setattr(bundle, "LARGEST_UNPACKED", 100)

    response = send(client, state, csv_of([row("Gaya")]), plans_of("Gaya"))

    assertContains(response, "would grow to more than 500 MB")


@pytest.mark.usefixtures("officer", "places")
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_however_its_cells_are_parted(client, state, delimiter):
    sheet = csv_of([row("Gaya")], delimiter=delimiter)

    response = send(client, state, sheet, plans_of("Gaya"))

    assert faults(client.get(response.url)) == [[]]


@pytest.mark.usefixtures("officer", "places")
@pytest.mark.parametrize(
    "day", ["2024-11-21", "21.11.2024", "21/11/2024", "21 Nov 2024"]
)
def test_a_day_is_read_however_it_is_written(client, state, day):
    rows = [row("Gaya", cells=[day, *GOOD[1:]])]

    page = tried(client, state, rows, plans_of("Gaya"))

    assert page.context["trial"].lines[0].adopted_on == dt.date(2024, 11, 21)


@pytest.mark.usefixtures("officer", "places")
def test_an_excel_sheet_in_hindi_is_read(client, state):
    with translation.override("hi"):
        empty = client.get(reverse("desk:intake-sheet") + "?state=bihar")
    book = load_workbook(io.BytesIO(empty.content))
    sheet = book.active
    assert sheet["A1"].value == "जिला"
    assert [sheet[f"A{n}"].value for n in (2, 3, 4)] == [
        "Darbhanga",
        "Gaya",
        "Madhubani",
    ]
    for column, value in zip(
        "BCDEF",
        [dt.date(2024, 11, 21), 12, 2024, "2028-29", "gaya.pdf"],
        strict=True,
    ):
        sheet[f"{column}3"] = value
    filled = io.BytesIO()
    book.save(filled)

    response = send(client, state, filled.getvalue(), plans_of("Gaya"))

    (line,) = client.get(response.url).context["trial"].lines
    assert (line.number, line.faults, line.order_number) == (3, [], "12")
    assert (line.years, line.adopted_on) == ((2024, 2028), dt.date(2024, 11, 21))


def test_a_sheet_that_would_grow_out_of_all_measure_is_refused(monkeypatch):
    content = sheets.write(HEADER, [["x" * 1000]] * 50)
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1000)

    with pytest.raises(sheets.Unreadable, match="out of all measure"):
        sheets.read(content)


def test_a_sheet_of_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)

    for content in (csv_of([["x"]] * 3), sheets.write(HEADER, [["x"]] * 3)):
        with pytest.raises(sheets.Unreadable, match=r"more than 2,000 rows"):
            sheets.read(content)


# Who, and what waits


@pytest.mark.parametrize("role", [Role.CONVENER, Role.AUDITOR, Role.HQ_ADMIN])
def test_others_read_that_it_is_not_for_them(client, places, state, role):
    client.force_login(make.official(role, places[0]))

    assertContains(client.get(PAGE), "hand in the plans of many districts together")
    assert send(client, state, csv_of([row("Gaya")]), {}).status_code == 403


def test_an_intake_of_another_state_is_not_found(client, places):
    intake = make.intake(places[0])
    client.force_login(make.official(Role.STATE_OFFICER, make.district()))

    assert client.get(reverse("desk:intake", args=[intake.pk])).status_code == 404


@pytest.mark.usefixtures("places")
def test_what_was_tried_and_not_recorded_waits_for_who_sent_it(client, state, officer):
    page = tried(client, state, [row("Gaya")], plans_of("Gaya"))
    address = page.request["PATH_INFO"]

    (pending,) = worklist(User.objects.get(pk=officer.pk)).intakes
    assert (pending.state.name, pending.since) == ("Bihar", timezone.localdate())
    assertContains(client.get(reverse("desk:worklist")), f'href="{address}"')

    client.post(address)
    assert worklist(User.objects.get(pk=officer.pk)).intakes == []


@pytest.mark.usefixtures("places")
def test_whoever_sent_it_drops_it_with_its_files(
    client, state, officer, django_capture_on_commit_callbacks
):
    page = tried(client, state, [row("Nowhere")], plans_of("Nowhere"))
    address, intake = page.request["PATH_INFO"], Intake.objects.get()
    assertContains(page, "Drop what was sent")

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, {"drop": "yes"}, follow=True)

    assertContains(answer, "It is dropped: nothing was recorded.")
    assert worklist(User.objects.get(pk=officer.pk)).intakes == []
    assert client.get(address).status_code == 404
    for file in (intake.sheet, intake.files):
        assert not file.storage.exists(file.name)


@pytest.mark.usefixtures("officer")
def test_what_others_sent_or_what_is_recorded_is_not_dropped(client, state, places):
    page = tried(client, state, [row("Gaya")], plans_of("Gaya"))
    address = page.request["PATH_INFO"]
    other = make.official(Role.STATE_OFFICER, places[0])
    sender = client.session["_auth_user_id"]

    client.force_login(other)
    assertNotContains(client.get(address), "Drop what was sent")
    assert client.post(address, {"drop": "yes"}).status_code == 403
    client.force_login(User.objects.get(pk=sender))
    client.post(address)
    client.post(address, {"drop": "yes"})

    assert Intake.objects.get().done_at


@pytest.mark.parametrize("times", [1, 4])
def test_a_trial_takes_the_same_queries_however_long_it_is(
    client, state, times, django_assert_num_queries
):
    names = [f"Place {chr(65 + n)}{n}" for n in range(3 * times)]
    places = [make.district(name, state=state) for name in names]
    client.force_login(make.official(Role.STATE_OFFICER, places[0]))
    page = tried(client, state, [row(n) for n in names], plans_of(*names))

    # Session, user, posts; the intake, rights; districts, those open, those with a
    # plan, files known.
    with django_assert_num_queries(9):
        response = client.get(page.request["PATH_INFO"])

    assert faults(response) == [[]] * len(names)


def test_the_page_is_left_after_the_files_are_sent(client, officer, state, places):
    response = send(client, state, csv_of([row("Gaya")]), plans_of("Gaya"))

    intake = Intake.objects.get()
    assertRedirects(response, reverse("desk:intake", args=[intake.pk]))
    assert intake.uploaded_by == officer.current_appointments[0]
