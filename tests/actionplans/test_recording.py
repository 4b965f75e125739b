"""An old plan as its document: recording, releasing, structuring and replacing it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans import stages, workflow
from actionplans.forms.document import RecordForm
from actionplans.models import Document, DocumentRelease, Plan, PlanEvent
from actionplans.stages import Stage
from portal.models import DataVersion
from portal.periods import financial_year_of
from portal.terms import PUBLIC, Action, Role, Status
from tests import make, pdfs

pytestmark = pytest.mark.django_db
YEAR = financial_year_of(timezone.localdate())
ADOPTED_ON = dt.date(YEAR - 1, 7, 1)
CONTENT = pdfs.plain()


def page(place):
    return reverse("desk:district-record", args=[place.state.slug, place.slug])


def public_page(place, name="district", *more):
    return reverse(name, args=[place.state.slug, place.slug, *more])


def said(**changes):
    content = changes.pop("content", CONTENT)
    file = SimpleUploadedFile("plan.pdf", content, "application/pdf")
    typed = {
        "kind": Action.RECORD,
        "file": file,
        "kept": "",
        "year_from": YEAR - 1,
        "year_to": YEAR + 2,
        "adopted_on": ADOPTED_ON.isoformat(),
        "order_number": "12/IND/2025",
        **changes,
    }
    return {key: value for key, value in typed.items() if value is not None}


@pytest.fixture
def place():
    return make.district("Darbhanga")


@pytest.fixture
def officer(client, place):
    person = make.official(Role.RA_OFFICER, place)
    client.force_login(person)
    return person


# Recording


@pytest.mark.parametrize("role", [Role.RA_OFFICER, Role.HQ_OFFICER])
def test_an_adopted_plan_is_recorded_with_its_document(client, place, role):
    client.force_login(make.official(role, place))

    response = client.post(page(place), said())

    plan = Plan.objects.get()
    assertRedirects(response, plan.get_absolute_url())
    assert (plan.status, plan.number, plan.structured) == ("unstructured", 1, False)
    assert (plan.year_from, plan.year_to) == (YEAR - 1, YEAR + 2)
    event = plan.events.get()
    assert (event.action, event.effective_on) == (Action.RECORD, ADOPTED_ON)
    assert event.order_number == "12/IND/2025"
    assert event.appointment.role == role
    document = plan.document
    assert (document.kind, document.pages, document.has_text) == ("plan", 1, True)
    assert document.uploaded_by == event.appointment
    with document.file.open() as file:
        assert file.read() == CONTENT


@pytest.mark.usefixtures("officer")
def test_a_draft_is_recorded_and_goes_on_as_any_other(client, place):
    client.post(page(place), said(kind=Action.RECORD_DRAFT, adopted_on=""))

    plan = Plan.objects.get()
    assert (plan.status, plan.number, plan.structured) == ("draft", None, True)
    assert plan.document
    assert plan.events.get().action == Action.RECORD_DRAFT
    make.step(make.complete(plan), Action.SUBMIT)
    assert plan.status == Status.UNDER_ASSESSMENT


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"file": None}, "Choose the file of the plan."),
        ({"content": b"GIF89a"}, "This is no PDF"),
        ({"content": pdfs.with_launch()}, "carries a script"),
        ({"adopted_on": ""}, "Give the day of the adoption."),
        ({"adopted_on": "2100-01-01"}, "This day lies in the future."),
        ({"year_to": YEAR - 1, "year_from": YEAR}, "one to five financial years"),
        ({"kept": "made:up", "file": None}, "Choose the file of the plan."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(client, place, changes, sentence):
    response = client.post(page(place), said(**changes))

    assertContains(response, sentence)
    assert not Plan.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.usefixtures("officer")
def test_an_adoption_before_the_district_existed_is_refused(client, place):
    place.since = ADOPTED_ON + dt.timedelta(days=1)
    place.save()

    response = client.post(page(place), said())

    assertContains(response, "On this day the district did not exist.")


@pytest.mark.usefixtures("officer")
def test_a_file_is_kept_while_the_rest_is_put_right(client, place):
    refused = client.post(page(place), said(adopted_on=""))
    kept = refused.context["form"]["kept"].value()

    assertContains(refused, "Your file of 1 page is kept.")
    client.post(page(place), said(file=None, kept=kept))

    with Plan.objects.get().document.file.open() as file:
        assert file.read() == CONTENT


@pytest.mark.usefixtures("officer")
def test_a_scan_is_flagged_wherever_the_document_stands(client, place):
    client.post(page(place), said(content=pdfs.scan()))

    plan = Plan.objects.get()
    assert plan.document.has_text is False
    for address in (plan.get_absolute_url(), document_page(plan)):
        assertContains(client.get(address), "This is a scan: nobody can search it")


def test_a_file_recorded_for_another_district_asks_whether_it_is_meant(client, place):
    other = make.district("Madhubani", ra=place.regional_authority())
    client.force_login(make.official(Role.RA_OFFICER, place))
    client.post(page(place), said())

    asked = client.post(page(other), said())
    assertContains(asked, "The same file is recorded for Darbhanga.")
    assert not other.plans.exists()

    kept = asked.context["form"]["kept"].value()
    client.post(page(other), said(file=None, kept=kept, is_meant="on"))
    assert other.plans.get().document.sha256 == place.plans.get().document.sha256


@pytest.mark.usefixtures("officer")
def test_of_two_clicks_the_second_records_nothing(client, place):
    client.post(page(place), said())

    again = client.post(page(place), said(), follow=True)

    assertContains(again, "The district has such a plan already.")
    assert PlanEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "sentence", "open_kind"),
    [
        (Status.PUBLISHED, "A plan of this district is in force", "record-draft"),
        (Status.UNSTRUCTURED, "A plan of this district is in force", "record-draft"),
        (Status.DRAFT, "A plan of this district is being prepared", "record"),
        (Status.ASSESSED, "A plan of this district is being prepared", "record"),
    ],
)
def test_what_a_district_has_already_cannot_be_recorded_beside_it(
    client, status, sentence, open_kind
):
    place = make.plan(status).district
    client.force_login(make.official(Role.RA_OFFICER, place))

    response = client.get(page(place))

    assertContains(response, sentence)
    kinds = [key for key, _label in response.context["form"].fields["kind"].choices]
    assert kinds == [open_kind]


def test_with_both_there_is_no_form_but_a_way_back(client):
    place = make.plan(Status.PUBLISHED).district
    make.draft(place)
    client.force_login(make.official(Role.RA_OFFICER, place))

    response = client.get(page(place))

    assert response.context["form"] is None
    assertContains(response, "Back to the district")


def test_beside_a_newer_plan_that_is_adopted_no_older_one_is_recorded(client):
    place = make.plan(Status.ADOPTED).district
    client.force_login(make.official(Role.RA_OFFICER, place))

    response = client.get(page(place))

    assert response.context["form"] is None
    assertContains(response, "an older one is too late")
    with pytest.raises(PermissionDenied):
        make.recorded(place)


def test_who_is_overtaken_while_sending_is_told_and_records_nothing(
    client, place, officer, monkeypatch
):
    save = RecordForm.save

    def overtaken(form, by):
        make.recorded(place)
        return save(form, by)

    monkeypatch.setattr(RecordForm, "save", overtaken)

    response = client.post(page(place), said())

    assertContains(response, "The district has such a plan already.")
    assert place.plans.count() == 0  # The other's was rolled back with ours.


def test_a_district_that_is_no_more_says_so(client, place):
    place.until = timezone.localdate()
    place.save()
    client.force_login(make.official(Role.HQ_OFFICER))

    assertContains(client.get(page(place)), "The district is no more")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RA_OFFICER, Role.HQ_OFFICER}))
def test_others_of_the_district_may_not_record(client, place, role):
    client.force_login(make.official(role, place))

    assert client.get(page(place)).status_code == 403
    assert client.post(page(place), said()).status_code == 403
    assert not Plan.objects.exists()


# The document and its release


def document_page(plan):
    return reverse("desk:plan-document", args=[plan.pk])


def download(plan):
    return reverse("public-document", args=[plan.document.sha256])


@pytest.mark.parametrize("role", [Role.RA_OFFICER, Role.CONVENER, Role.HQ_OFFICER])
def test_a_document_is_released_once_somebody_says_it_holds_no_personal_data(
    client, role
):
    plan = make.recorded()
    client.force_login(make.official(role, plan.district))
    before = DataVersion.current().number

    refused = client.post(document_page(plan), {})
    assertContains(refused, "Read the document and tick this first.")
    assert not DocumentRelease.objects.exists()

    for _twice in range(2):
        client.post(document_page(plan), {"is_clean": "on"})
    release = DocumentRelease.objects.get()
    assert release.released_by.role == role
    assert DataVersion.current().number > before


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.RA_OFFICER, Role.CONVENER, Role.HQ_OFFICER})
)
def test_others_read_about_the_document_and_release_nothing(client, role):
    plan = make.recorded()
    client.force_login(make.official(role, plan.district))

    assertNotContains(client.get(document_page(plan)), "Release the document")
    answer = client.post(document_page(plan), {"is_clean": "on"})
    assert answer.status_code == 403
    assert not DocumentRelease.objects.exists()


def test_a_plan_without_a_document_has_no_such_page(client):
    plan = make.draft()
    client.force_login(make.holder_of(Role.CONVENER, plan.district))

    assert client.get(document_page(plan)).status_code == 404


def test_everybody_downloads_what_is_released_and_nothing_else(client):
    plan = make.recorded()

    assert client.get(download(plan)).status_code == 404
    release(plan)
    response = client.get(download(plan))

    with plan.document.file.open() as file:
        assert response.getvalue() == file.read()
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "steps",
    [[], [Action.SUBMIT, Action.ASSESS, Action.ADOPT], [Action.DISCARD]],
    ids=lambda steps: "-".join(steps) or "draft",
)
def test_the_document_of_a_plan_that_is_not_public_is_not_released(client, steps):
    place = make.district()
    officer = make.official(Role.RA_OFFICER, place)
    plan = make.complete(
        workflow.record(
            make.document(place, officer),
            by=officer,
            years=(YEAR, YEAR + 4),
            adopted=None,
        )
    )
    for action in steps:
        make.step(plan, action)
    assert plan.status not in PUBLIC
    client.force_login(officer)

    assertNotContains(client.get(document_page(plan)), "Release the document")
    answer = client.post(document_page(plan), {"is_clean": "on"})

    assert answer.status_code == 403
    assert not DocumentRelease.objects.exists()
    release(plan)
    assert client.get(download(plan)).status_code == 404


def test_with_its_plan_annulled_a_document_is_public_no_longer(client):
    plan = make.recorded()
    release(plan)

    make.step(plan, Action.ANNUL)

    assert client.get(download(plan)).status_code == 404
    page = client.get(public_page(plan.district, "plan-version", 1))
    assertContains(page, "Headquarters annulled this version")
    assertNotContains(page, download(plan))


def release(plan):
    officer = make.holder_of(Role.RA_OFFICER, plan.district).current_appointments[0]
    DocumentRelease.objects.create(document=plan.document, released_by=officer)


# What the public sees


def test_the_public_reads_that_there_is_only_the_document(client):
    plan = make.plan(Status.UNSTRUCTURED)
    typed = plan.targets.first().verification
    place = plan.district

    for name in ("district", "plan"):
        response = client.get(public_page(place, name))
        assertContains(response, "Not structured yet: only the document is here")
        assertContains(response, "order 12/2025")
        assertContains(response, "The document is not released")
        assertNotContains(response, typed)
    release(plan)
    for name in ("district", "plan"):
        assertContains(client.get(public_page(place, name)), download(plan))


def test_what_is_handed_in_is_not_public_before_it_is_checked(client):
    plan = make.plan(Status.TRANSCRIBED)
    action = plan.interventions.first().action

    for name in ("district", "plan"):
        assertNotContains(client.get(public_page(plan.district, name)), action)
    officer = make.official(Role.STATE_OFFICER, plan.district)
    make.step(plan, Action.TRANSCRIBE, officer)

    for name in ("district", "plan"):
        assertContains(client.get(public_page(plan.district, name)), action)


@pytest.mark.parametrize(
    ("status", "stage", "days_ago"),
    [
        (Status.UNSTRUCTURED, Stage.ADOPTED, 365),
        (Status.TRANSCRIBED, Stage.ADOPTED, 365),
    ],
)
def test_an_old_adoption_counts_from_its_own_day(status, stage, days_ago):
    plan = make.plan(status)

    standing = stages.standings()[plan.district_id]

    assert standing.stage == stage
    adopted_on = timezone.localdate() - dt.timedelta(days=days_ago)
    assert standing.reached[Stage.ADOPTED] == adopted_on
    assert Stage.PUBLISHED not in standing.reached


def test_a_recorded_draft_counts_as_drafted_and_a_checked_plan_as_published(client):
    place = make.district()
    client.force_login(make.official(Role.RA_OFFICER, place))
    client.post(page(place), said(kind=Action.RECORD_DRAFT))
    checked = make.plan(Status.TRANSCRIBED)
    make.step(
        checked, Action.TRANSCRIBE, make.official(Role.HQ_OFFICER, checked.district)
    )

    found = stages.standings()

    assert found[place.pk].stage == Stage.DRAFTED
    assert found[checked.district_id].stage == Stage.PUBLISHED


# Structuring it, and replacing it


def test_an_old_plan_is_typed_on_the_pages_of_every_plan(client):
    plan = make.recorded()
    client.force_login(make.holder_of(Role.CONVENER, plan.district))

    for name, more in (("plan-section", 7), ("part-new", "targets")):
        address = reverse(f"desk:{name}", args=[plan.pk, more])
        assert client.get(address).status_code == 200


def test_nothing_is_handed_in_before_something_is_typed(client):
    plan = make.recorded()
    client.force_login(make.holder_of(Role.CONVENER, plan.district))
    step = reverse("desk:plan-step", args=[plan.pk, Action.HAND_IN])

    first = "Type its products, an intervention and a target first."
    assertContains(client.get(step), first)
    with pytest.raises(workflow.StepBlocked, match=first):
        make.step(plan, Action.HAND_IN)
    make.complete(plan)
    assertNotContains(client.get(step), first)


def test_a_transcription_is_checked_by_another_office_and_sealed_with_the_document():
    plan = make.plan(Status.TRANSCRIBED)
    record = plan.events.get(action=Action.RECORD)
    convener = make.holder_of(Role.CONVENER, plan.district)

    assert not convener.may(Action.TRANSCRIBE, plan)
    officer = make.official(Role.RA_OFFICER, plan.district)
    make.step(plan, Action.TRANSCRIBE, officer)

    assert (plan.status, plan.structured, plan.number) == ("published", True, 1)
    body = plan.seal.body
    assert f'"document":"{plan.document.sha256}"' in body
    assert f'"adopted_on":"{record.effective_on}"' in body
    assert f'"order_number":"{record.order_number}"' in body


def test_who_checks_sees_document_and_differences_beside_the_structure(client):
    plan = make.plan(Status.UNSTRUCTURED)
    make.step(plan, Action.HAND_IN, note="The document counts tonnes, not rupees.")
    client.force_login(make.official(Role.STATE_OFFICER, plan.district))
    step = reverse("desk:plan-step", args=[plan.pk, Action.TRANSCRIBE])
    handed_out = reverse("desk:document", args=[plan.document.sha256])

    for address in (plan.get_absolute_url(), step):
        response = client.get(address)
        assertContains(response, handed_out)
        assertContains(response, "Where the structure differs from the document:")
        assertContains(response, "The document counts tonnes, not rupees.")


def test_a_returned_transcription_is_typed_on():
    plan = make.plan(Status.TRANSCRIBED)
    officer = make.official(Role.RA_OFFICER, plan.district)

    make.step(plan, Action.RETURN, officer)

    assert plan.status == Status.UNSTRUCTURED
    assert make.holder_of(Role.CONVENER, plan.district).may(Action.EDIT, plan)


def test_the_note_beside_a_transcription_is_that_of_its_last_handing_in(client):
    plan = make.plan(Status.UNSTRUCTURED)
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    make.step(plan, Action.HAND_IN, note="It counts tonnes.")
    make.step(plan, Action.RETURN, officer)
    make.step(plan, Action.HAND_IN, note="It counts quintals.")
    first = plan.events.filter(action=Action.HAND_IN).earliest("pk")
    again = PlanEvent.objects.get(pk=first.pk)
    again.pk, again.replaces = None, first
    again.save(force_insert=True)
    client.force_login(officer)

    text = client.get(plan.get_absolute_url()).text

    beside = text.partition('aria-labelledby="document"')[2].partition("</section>")[0]
    assert "It counts quintals." in beside
    assert "It counts tonnes." not in beside


@pytest.mark.parametrize("status", [Status.UNSTRUCTURED, Status.TRANSCRIBED])
def test_an_old_plan_that_is_annulled_says_so_and_can_be_recorded_again(client, status):
    plan = make.plan(status)
    typed = plan.interventions.first().action

    make.step(plan, Action.ANNUL)

    page = client.get(public_page(plan.district, "plan-version", 1))
    assertContains(page, "Headquarters annulled this version")
    assertNotContains(page, typed)
    assert stages.standings()[plan.district_id].stage < Stage.ADOPTED
    assert make.recorded(plan.district).number == 2
    again = client.get(public_page(plan.district, "plan"))
    assertContains(again, public_page(plan.district, "plan-version", 1))


def test_a_new_plan_replaces_an_unstructured_one_and_its_annulment_brings_it_back(
    client,
):
    old = make.recorded()
    new = make.plan(Status.PUBLISHED, old.district)

    old.refresh_from_db()
    assert (old.status, old.structured, new.number) == ("superseded", False, 2)
    response = client.get(public_page(old.district, "plan-version", 1))
    assertContains(response, "This version is not in force.")

    make.step(new, Action.ANNUL)
    old.refresh_from_db()
    assert old.status == Status.UNSTRUCTURED


# The meter


def test_the_list_counts_structured_plans_and_documents_and_opens_them(client):
    ra = make.regional_authority()
    for status in (
        Status.PUBLISHED,
        Status.SUPERSEDED,
        Status.ADOPTED,
        Status.UNSTRUCTURED,
        Status.TRANSCRIBED,
        Status.DRAFT,
    ):
        make.plan(status, make.district(ra=ra))
    client.force_login(make.official(Role.RA_OFFICER, ra))

    response = client.get(reverse("desk:plans"))

    assertContains(response, "5 districts have an adopted plan:")
    found = response.context["filterset"].structured
    assert (found.structured, found.as_document) == (3, 2)
    for kind, count in (("structured", 3), ("document", 2)):
        opened = client.get(reverse("desk:plans") + f"?adopted={kind}")
        assert opened.context["page"].paginator.count == count


def test_an_amendment_about_to_be_published_is_not_counted_twice(client):
    plan = make.plan(Status.PUBLISHED)
    make.plan(Status.ADOPTED, plan.district)
    client.force_login(make.official(Role.RA_OFFICER, plan.district))

    found = client.get(reverse("desk:plans")).context["filterset"].structured

    assert (found.structured, found.as_document) == (1, 0)
