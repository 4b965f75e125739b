"""Signed minutes: what may be attached, and to whom it is handed out."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from actionplans.forms.document import LARGEST_MINUTES, LARGEST_PLAN, MinutesForm
from actionplans.models import Document
from portal.terms import Action, Role, Status
from portal.uploads import MEGABYTE
from tests import buckets, make, pdfs

pytestmark = pytest.mark.django_db
PDF = pdfs.plain("The minutes of the meeting, signed by chair and convener.")
OTHER = pdfs.plain("Other minutes of another meeting, signed by all of them.")


def minutes_page(held):
    return reverse("desk:meeting-minutes", args=[held.pk])


def document_page(document):
    return reverse("desk:document", args=[document.sha256])


def upload(content, name="minutes.pdf", content_type="application/pdf"):
    return {"file": SimpleUploadedFile(name, content, content_type)}


@pytest.fixture
def held():
    return make.meeting(make.district())


@pytest.fixture
def convener(client, held):
    person = make.holder_of(Role.CONVENER, held.committee.district)
    client.force_login(person)
    return person


def attached(client, held, content=PDF):
    client.post(minutes_page(held), upload(content))
    held.refresh_from_db()
    return held.minutes


@pytest.mark.usefixtures("convener")
def test_minutes_are_attached_and_named_by_what_they_are(client, held):
    response = client.post(minutes_page(held), upload(PDF, "../../scan 12.PDF"))

    assertRedirects(response, reverse("desk:meeting", args=[held.pk]))
    held.refresh_from_db()
    document = held.minutes
    digest = hashlib.sha256(PDF).hexdigest()
    assert (document.sha256, document.size) == (digest, len(PDF))
    assert document.title == "Minutes of meeting 1"
    assert document.file.name == f"documents/{digest[:2]}/{digest}"
    assert document.district == held.committee.district


def test_who_attached_them_is_kept(client, held, convener):
    document = attached(client, held)

    assert document.uploaded_by == convener.current_appointments[0]


@pytest.mark.usefixtures("convener")
@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"Just some text.", "minutes.pdf", "This is no PDF, whatever its name says."),
        (b"", "minutes.pdf", "This file is empty."),
        (pdfs.locked(), "minutes.pdf", "locked with a password"),
        (pdfs.with_script(), "minutes.pdf", "carries a script"),
        (b"MZ" + bytes(99), "minutes.pdf.exe", "This is no PDF"),
    ],
)
def test_what_is_unfit_is_refused_in_a_sentence(client, held, content, name, sentence):
    response = client.post(minutes_page(held), upload(content, name))

    assertContains(response, sentence)
    assert not Document.objects.exists()


@pytest.mark.usefixtures("convener")
def test_a_pdf_is_known_by_its_content_whatever_its_name(client, held):
    client.post(minutes_page(held), upload(PDF, "minutes.txt", "text/plain"))

    document = Document.objects.get()
    assert document.content_type == "application/pdf"
    assert (document.pages, document.has_text) == (1, True)


@pytest.mark.usefixtures("convener")
def test_a_file_that_is_too_large_is_refused_in_a_sentence(client, held, monkeypatch):
    field = MinutesForm.base_fields["file"]
    monkeypatch.setattr(field, "largest", len(PDF))

    exactly = client.post(minutes_page(held), upload(PDF))
    larger = client.post(minutes_page(held), upload(PDF + b"."))

    assert exactly.status_code == 302
    assertContains(larger, "This file is larger than")


def test_the_limits_are_ten_megabytes_for_minutes_and_more_for_plans():
    assert MinutesForm.base_fields["file"].largest == LARGEST_MINUTES == 10 * MEGABYTE
    assert LARGEST_PLAN == 25 * MEGABYTE


@pytest.mark.usefixtures("convener")
def test_no_file_at_all_is_asked_for(client, held):
    response = client.post(minutes_page(held), {"file": ""})

    assertContains(response, "Choose the file of the minutes.")


@pytest.mark.usefixtures("convener")
def test_where_files_cannot_be_stored_the_form_says_so(client, held, settings):
    buckets.use(settings, "http://127.0.0.1:1")

    response = client.post(minutes_page(held), upload(PDF))

    assertContains(response, "could not be stored just now")
    assert not Document.objects.exists()


@pytest.mark.usefixtures("convener")
def test_minutes_can_be_replaced_until_an_adoption_rests_on_them(client, held):
    first = attached(client, held)
    second = attached(client, held, OTHER)

    assert second.sha256 != first.sha256
    assert Document.objects.count() == 2


def test_minutes_may_follow_an_adoption_but_not_replace_any(client):
    plan = make.plan(Status.ASSESSED)
    decision = make.adoption(plan)
    decision.meeting.minutes = None
    decision.meeting.save()
    make.step(plan, Action.ADOPT, decision=decision)
    client.force_login(make.holder_of(Role.CONVENER, plan.district))

    first = attached(client, decision.meeting)
    second = attached(client, decision.meeting, OTHER)

    assert first
    assert second == first


@pytest.mark.usefixtures("convener")
def test_the_same_file_may_be_attached_twice(client, held):
    attached(client, held)
    attached(client, held)

    first, second = Document.objects.all()
    assert first.sha256 == second.sha256
    assert first.file.name == second.file.name
    assert client.get(document_page(first)).getvalue() == PDF


@pytest.mark.parametrize("role", list(Role))
def test_officials_who_see_the_district_get_the_document(client, held, role, convener):
    document = attached(client, held)
    client.force_login(make.official(role, held.committee.district))

    response = client.get(document_page(document))

    assert response.getvalue() == PDF


@pytest.mark.usefixtures("convener")
def test_a_document_is_handed_out_so_that_no_browser_opens_or_keeps_it(client, held):
    document = attached(client, held)

    response = client.get(document_page(document))
    response.getvalue()

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    name = f"minutes-of-meeting-1-{document.sha256[:12]}.pdf"
    assert name in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.usefixtures("convener")
def test_a_document_is_for_nobody_else(client, held):
    document = attached(client, held)
    page = document_page(document)

    client.logout()
    assertRedirects(client.get(page), f"/accounts/login/?next={page}")
    client.force_login(make.official(Role.CONVENER, make.district()))
    assert client.get(page).status_code == 404
    client.force_login(make.user())
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("key", ["0" * 64, "1", "../../etc/passwd", "A" * 64])
def test_an_address_that_is_none_is_not_found(client, held, convener, key):
    assert client.get(f"/desk/documents/{key}/").status_code == 404


@pytest.mark.usefixtures("convener")
def test_a_document_cannot_be_posted_to(client, held):
    document = attached(client, held)

    assert client.post(document_page(document)).status_code == 405
