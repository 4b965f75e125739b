"""Files behind figures: handed out, taken away until filing, and kept from then on."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans.corrected_figures import correct
from actionplans.evidence import files
from actionplans.models import Evidence, Reading, Report
from actionplans.reporting import FiledAlready
from portal.models import DataVersion
from portal.terms import Role
from tests import buckets, make, pdfs
from tests.actionplans.papers import (
    CORRECTORS,
    FIGURES,
    PAPER,
    PREPARERS,
    added,
    of,
    page,
    sent,
    stored,
)
from tests.actionplans.quarters import Q2, Q3, filed, given

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", PREPARERS)
def test_until_filing_a_file_is_taken_away_after_one_more_question(
    client, place, line, role, django_capture_on_commit_callbacks
):
    row = added(place, line)
    client.force_login(make.holder_of(role, place))

    assertContains(client.get(of("evidence-remove", row)), "deleted for good")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(of("evidence-remove", row))

    assertRedirects(response, page(place, line))
    assert not Evidence.objects.exists()
    assert stored() == []


def test_a_file_goes_only_when_the_row_has_gone_for_good(
    place, line, officer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks():
        files.remove(added(place, line), by=officer)

    assert len(stored()) == 1


@pytest.mark.parametrize("role", sorted(set(Role) - set(PREPARERS)))
def test_others_take_nothing_away(client, place, line, role):
    row = added(place, line)
    client.force_login(make.official(role, place))

    assert client.post(of("evidence-remove", row)).status_code == 403
    assert len(stored()) == 1


@pytest.mark.usefixtures("officer")
def test_behind_a_filed_report_files_stay(client, place, line):
    row = added(place, line)
    filed(place, Q2, FIGURES)

    response = client.post(of("evidence-remove", row), follow=True)

    assertContains(response, "The report is filed: its files stay.")
    assertNotContains(response, "Take away")
    assert len(stored()) == 1


@pytest.mark.usefixtures("officer")
def test_a_filed_report_without_the_figure_says_so(client, place, line):
    before = client.get(page(place, line))
    filed(place, Q2)

    assertContains(before, "No figure is entered yet.")
    assertContains(client.get(page(place, line)), "The report gives no figure.")


@pytest.mark.parametrize("role", CORRECTORS)
def test_who_corrects_figures_adds_files_after_filing_and_they_say_so(
    client, place, line, role
):
    before = added(place, line)
    filed(place, Q2, FIGURES)
    client.force_login(make.holder_of(role, place))
    version = DataVersion.objects.get().number

    client.post(page(place, line), sent(pdfs.plain("Later."), "Later"))

    response = client.get(page(place, line))
    assertContains(response, "after filing on 22 Nov 2026", count=1)
    later = Evidence.objects.exclude(pk=before.pk).get()
    assert later.is_added_later
    assert DataVersion.objects.get().number > version


def test_staff_add_nothing_after_filing_and_are_told_why(client, place, line):
    filed(place, Q2, FIGURES)
    client.force_login(make.holder_of(Role.STAFF, place))

    response = client.post(page(place, line), sent(), follow=True)

    assertContains(response, "The report was filed meanwhile")
    assertNotContains(response, 'type="file"')
    assert stored() == []


def test_whoever_files_first_wins_over_a_file_on_its_way(place, line):
    staff = make.holder_of(Role.STAFF, place)
    filed(place, Q2, FIGURES)

    with pytest.raises(FiledAlready):
        added(place, line, by=staff)
    assert stored() == []


@pytest.mark.parametrize("role", list(Role))
def test_officials_who_see_the_district_get_the_file(client, place, line, role):
    row = added(place, line)
    client.force_login(make.official(role, place))

    assert client.get(of("evidence", row)).getvalue() == PAPER


@pytest.mark.usefixtures("officer")
def test_a_file_is_handed_out_so_that_no_browser_runs_or_keeps_it(client, place, line):
    row = added(place, line)

    response = client.get(of("evidence", row))
    response.getvalue()

    assert response.streaming
    assert response["Content-Type"] == "application/pdf"
    name = f"{place.slug}-20262-page-12-{row.sha256[:12]}.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Length"] == str(len(PAPER))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("officer")
def test_a_file_that_cannot_be_fetched_is_a_page_that_says_so(client, place, line):
    row = added(place, line)
    row.file.storage.delete(row.file.name)

    response = client.get(of("evidence", row))

    assertContains(response, "does not give this one now", status_code=503)


def test_a_stranger_is_asked_to_sign_in_for_a_file(client, place, line):
    address = of("evidence", added(place, line))

    assertRedirects(client.get(address), f"/accounts/login/?next={address}")


@pytest.mark.usefixtures("officer")
def test_the_filed_report_counts_the_files_of_each_row(client, plan, line):
    place = plan.district
    added(place, line)
    added(place, line, pdfs.plain("Another."))
    added(place, plan.interventions.first().line_id)
    filed(place, Q2, FIGURES)

    response = client.get(
        reverse("desk:report", args=[place.state.slug, place.slug, Q2])
    )

    link = f'<a class="nw" href="{page(place, line)}">2 files</a>'
    assertContains(response, link, html=True)
    assertContains(response, "Add evidence")
    for row in Evidence.objects.all():
        assertContains(response, of("evidence", row))


@pytest.mark.parametrize("more", [0, 12])
def test_the_files_of_all_rows_take_one_query(
    plan, line, more, django_assert_num_queries
):
    place = plan.district
    for number in range(more + 1):
        added(place, line, pdfs.plain(f"Page {number}."))
    report = Report.objects.get()

    with django_assert_num_queries(1):
        assert len(files.files_of(report)[line]) == more + 1
        assert files.files_of(report)
    assert files.files_of(Report(district=place, quarter=Q3.code)) == {}


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("more", [0, 12])
def test_the_page_takes_as_many_queries_however_many_files(
    client, plan, line, more, django_assert_num_queries
):
    for number in range(more + 1):
        added(plan.district, line, pdfs.plain(f"Page {number}."))
    client.get(page(plan.district, line))

    with django_assert_num_queries(9):
        client.get(page(plan.district, line))


def test_the_public_reads_how_many_files_stand_behind_filed_figures(client, plan, line):
    place = plan.district
    public = reverse("district", args=[place.state.slug, place.slug])
    row = added(place, line)
    words = "Evidence for its figures: 1 file, which the officials"

    assertNotContains(client.get(public), words)
    filed(place, Q2, FIGURES)

    response = client.get(public)
    assertContains(response, words, count=1)
    assertNotContains(response, str(row.pk))
    assertNotContains(response, row.title)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.RA_OFFICER, "Verify<"),
        (Role.CONVENER, "not verified yet"),
    ],
)
def test_the_filed_report_leads_to_what_waits_to_be_verified(
    client, place, role, words
):
    filed(place, Q2, FIGURES)
    convener = make.holder_of(Role.CONVENER, place)
    reading = Reading.objects.earliest("pk")
    correct(reading, given(15_00), by=convener, because="Counted again.")
    client.force_login(make.holder_of(role, place))

    response = client.get(
        reverse("desk:report", args=[place.state.slug, place.slug, Q2])
    )

    assertContains(response, words, count=1)


def test_all_of_it_works_the_same_in_a_bucket(
    client, place, line, officer, settings, django_capture_on_commit_callbacks
):
    with buckets.serving() as address:
        buckets.use(settings, address)
        client.post(page(place, line), sent())
        row = Evidence.objects.get()
        assert stored() == [str(row.pk)]
        response = client.get(of("evidence", row))
        assert response.getvalue() == PAPER
        assert response["Content-Length"] == str(len(PAPER))
        assert "attachment" in response["Content-Disposition"]
        with django_capture_on_commit_callbacks(execute=True):
            client.post(of("evidence-remove", row))
        assert stored() == []


@pytest.mark.usefixtures("officer")
def test_a_bucket_that_does_not_answer_is_a_sentence(client, place, line, settings):
    row = added(place, line)
    buckets.use(settings, "http://127.0.0.1:1")

    refused = client.post(page(place, line), sent(pdfs.plain("Another.")))
    away = client.get(of("evidence", row))

    assertContains(refused, "could not be stored just now")
    assertContains(away, "does not give this one now", status_code=503)
