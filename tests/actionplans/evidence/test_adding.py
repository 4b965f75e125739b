"""Files behind the figures of a report: who adds which, and what is refused."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.models import Evidence, Report
from portal.models import ParkedPost
from portal.parking import form_id
from portal.terms import Role, Status
from tests import files, make, pdfs
from tests.actionplans.papers import (
    PAPER,
    PREPARERS,
    added,
    of,
    page,
    sent,
    stored,
)
from tests.actionplans.quarters import Q2, Q3
from tests.processes import running

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", PREPARERS)
def test_who_prepares_the_report_puts_a_file_behind_a_figure(client, place, line, role):
    person = make.holder_of(role, place)
    client.force_login(person)

    response = client.post(page(place, line), sent())

    assertRedirects(response, page(place, line))
    row = Evidence.objects.get()
    assert (row.title, row.content_type) == (
        "Page 12 of the register",
        "application/pdf",
    )
    assert (row.size, row.scan) == (len(PAPER), "not_scanned")
    assert row.uploaded_by == person.current_appointments[0]
    assert row.report == Report.objects.get(district=place, quarter=Q2.code)
    assert row.report.prepared_by == row.uploaded_by
    with row.file.open() as file:
        assert file.read() == PAPER


@pytest.mark.usefixtures("officer")
def test_the_page_lists_what_stands_there_and_how_it_was_looked_at(client, place, line):
    client.post(page(place, line), sent(files.picture(), "The signboard"))
    row = Evidence.objects.get()

    response = client.get(page(place, line))

    assertContains(
        response, f'<a href="{of("evidence", row)}">The signboard</a>', html=True
    )
    assertContains(response, "JPG, ")
    assertContains(response, "Not scanned for viruses")


def test_a_file_lies_under_a_random_key_and_nobody_names_it(place, line):
    row = added(place, line)

    assert row.file.name == f"evidence/{row.pk}"
    assert row.pk.version == 4


@pytest.mark.usefixtures("officer")
def test_behind_an_intervention_files_stand_too(client, plan):
    action = plan.interventions.first()

    client.post(page(plan.district, action.line_id), sent())

    assertContains(client.get(page(plan.district, action.line_id)), action.action)
    assert Evidence.objects.get().line_id == action.line_id


@pytest.mark.parametrize("role", sorted(set(Role) - set(PREPARERS)))
def test_others_of_the_district_read_and_add_nothing(client, place, line, role):
    added(place, line)
    client.force_login(make.official(role, place))

    response = client.get(page(place, line))

    assertContains(response, "Page 12")
    assertNotContains(response, 'type="file"')
    assertNotContains(response, "Take away")
    assert client.post(page(place, line), sent()).status_code == 403
    assert Evidence.objects.count() == 1


def test_elsewhere_nobody_knows_of_it(client, place, line):
    row = added(place, line)
    client.force_login(make.official(Role.RA_OFFICER, make.district()))

    for address in (page(place, line), of("evidence", row), of("evidence-remove", row)):
        assert client.get(address).status_code == 404
    assert client.post(of("evidence-remove", row)).status_code == 404


def test_only_the_lines_of_the_plan_have_files(client, plan, officer):
    elsewhere = make.plan(Status.PUBLISHED).targets.first().line_id
    others = [plan.bottlenecks.first().line_id, elsewhere, uuid.uuid4()]

    for line in others:
        assert client.post(page(plan.district, line), sent()).status_code == 404
    assert stored() == []


@pytest.mark.usefixtures("officer")
def test_what_is_only_in_a_draft_is_not_asked_for_yet(client, plan):
    draft = make.draft(plan.district, like=plan)
    line = make.target(draft).line_id

    assert client.get(page(plan.district, line)).status_code == 404


@pytest.mark.usefixtures("officer")
def test_before_its_quarter_has_ended_a_report_takes_no_files(client, place, line):
    response = client.post(page(place, line, Q3), sent())

    assert response.url.endswith(f"/reports/{Q3.code}/")
    assert stored() == []


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (files.SVG, "This is no PDF, no picture"),
        (files.HTML, "This is no PDF, no picture"),
        (b"", "This file is empty."),
        (pdfs.with_script(), "carries a script"),
        (bytes(10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
    ids=["svg", "html", "empty", "script", "large"],
)
def test_what_is_unfit_is_refused_and_the_words_stay(
    client, place, line, content, sentence
):
    response = client.post(page(place, line), sent(content, "The register"))

    assertContains(response, sentence)
    assertContains(response, 'value="The register"')
    assert not Evidence.objects.exists()
    assert stored() == []


@pytest.mark.usefixtures("officer")
def test_the_same_file_stands_on_a_line_once(client, plan, line):
    client.post(page(plan.district, line), sent())

    response = client.post(page(plan.district, line), sent(title="Again"))

    assertContains(response, "This file stands here already.")
    assert len(stored()) == 1
    other = plan.interventions.first().line_id
    client.post(page(plan.district, other), sent())
    assert len(stored()) == 2


@pytest.mark.usefixtures("officer")
def test_a_virus_is_named_and_nothing_is_kept(client, place, line, settings, tmp_path):
    address = tmp_path / "clamd.sock"
    settings.CLAMD = str(address)
    with running("tests.clamd", address, "well", address=address):
        response = client.post(page(place, line), sent(b"a,b\n" + files.EICAR))
        client.post(page(place, line), sent(title="Clean"))

    assertContains(response, "Eicar-Test-Signature")
    assert Evidence.objects.get().scan == Evidence.Scan.CLEAN
    assert len(stored()) == 1


def test_a_form_sent_without_a_session_keeps_the_words_and_asks_for_the_file_again(
    client, place, line
):
    person = make.holder_of(Role.RA_OFFICER, place)
    token = form_id(person.pk, page(place, line))
    client.post(page(place, line), sent(title="The register", form_id=token))
    client.force_login(person)

    offer = client.get(reverse("parked", args=[ParkedPost.objects.get().key]))
    again = client.post(page(place, line), {"title": "The register"})

    assertContains(offer, "Files are not kept: choose them again")
    assertContains(again, "Choose the file.")
    assertContains(again, 'value="The register"')


def test_a_failed_transaction_leaves_no_file_behind(place, line, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(Evidence, "save", fail)

    with pytest.raises(RuntimeError):
        added(place, line)
    assert stored() == []
    assert not Report.objects.exists()


@pytest.mark.usefixtures("officer")
def test_where_files_cannot_be_stored_the_form_says_so(
    client, place, line, monkeypatch
):
    def fail(*_args, **_kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(type(default_storage), "save", fail, raising=False)

    response = client.post(page(place, line), sent())

    assertContains(response, "could not be stored just now")
    assert not Evidence.objects.exists()
