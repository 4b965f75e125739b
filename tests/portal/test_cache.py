"""Public pages out of memory: the same for everybody, and never out of date."""

import datetime as dt
import gzip

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.cache import Kept, Pages
from portal.models import DataVersion
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
ZIPPED = {"accept-encoding": "gzip"}


@pytest.fixture
def process(settings):
    """Makes visitors of processes of their own: each keeps its own pages."""
    settings.PAGE_CACHE_MB = 1
    DataVersion.rise()
    return Client


@pytest.fixture
def visitor(process):
    return process()


def page(name):
    return Kept(b"x" * 30, {}, name)


def queries(visitor, path, **headers):
    with CaptureQueriesContext(connection) as captured:
        visitor.get(path, headers=headers)
    return len(captured)


def test_a_page_that_is_kept_asks_only_for_the_data_version(visitor):
    first = visitor.get("/products/").text

    with CaptureQueriesContext(connection) as captured:
        again = visitor.get("/products/").text

    assert again == first
    assert [query["sql"].split()[0] for query in captured] == ["SELECT"]
    assert "dataversion" in captured[0]["sql"]


def test_a_publication_shows_on_the_next_request_of_every_process(process):
    plan = make.plan(Status.ADOPTED)
    path = plan.district.get_absolute_url()
    visitors = [process(), process()]
    for visitor in visitors:
        assert "version 1" not in visitor.get(path).text

    make.step(plan, Action.PUBLISH)

    for visitor in visitors:
        assert "version 1" in visitor.get(path).text


def test_what_has_not_changed_is_not_sent_again(visitor):
    whole = visitor.get("/products/")

    answer = visitor.get("/products/", headers={"if-none-match": whole["ETag"]})

    assert answer.status_code == 304
    assert answer.content == b""
    assert answer["ETag"] == whole["ETag"]
    assert whole["Cache-Control"] == answer["Cache-Control"] == "public, no-cache"


def test_a_page_is_still_the_same_after_a_change_that_it_does_not_show(visitor):
    before = visitor.get("/about/")
    DataVersion.objects.update(number=7)

    assert visitor.get("/about/")["ETag"] == before["ETag"]


def test_a_page_that_changed_is_sent_whole(visitor):
    before = visitor.get("/products/")
    make.product("Turmeric")
    DataVersion.rise()

    answer = visitor.get("/products/", headers={"if-none-match": before["ETag"]})

    assert answer.status_code == 200
    assert "Turmeric" in answer.text


def test_pages_travel_compressed_to_those_who_can_read_them_so(visitor):
    plain = visitor.get("/products/")
    zipped = visitor.get("/products/", headers=ZIPPED)

    assert zipped["Content-Encoding"] == "gzip"
    assert not plain.has_header("Content-Encoding")
    assert gzip.decompress(zipped.content) == plain.content
    assert int(zipped["Content-Length"]) == len(zipped.content)
    assert {"Accept-Encoding", "Cookie"} <= set(zipped["Vary"].split(", "))


def test_what_protects_a_page_comes_with_it_out_of_memory(visitor):
    visitor.get("/products/")

    kept = visitor.get("/products/")

    for header in (
        *("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options"),
        *("X-Content-Type-Options", "Referrer-Policy", "Content-Language"),
    ):
        assert kept.has_header(header), header


def test_each_request_has_its_own_id(visitor):
    ids = {visitor.get("/products/")["X-Request-ID"] for _ in range(3)}

    assert len(ids) == 3


def test_each_language_and_each_question_has_its_own_page(visitor):
    make.product("Turmeric")
    make.product("Honey")
    english = visitor.get("/products/", {"q": "Honey"}).text

    assert "Honey" in english
    assert "Turmeric" not in english
    assert "Turmeric" in visitor.get("/products/").text
    assert '<html lang="hi">' in visitor.get("/hi/products/", {"q": "Honey"}).text


def test_the_order_of_a_question_does_not_matter_but_that_of_one_name_does(visitor):
    visitor.get("/products/?q=a&sector=marine")

    assert queries(visitor, "/products/?sector=marine&q=a") == 1
    assert queries(visitor, "/products/?q=a&sector=marine&q=b") > 1
    assert queries(visitor, "/products/?q=b&sector=marine&q=a") > 1


def test_a_new_day_makes_new_pages(visitor, monkeypatch):
    visitor.get("/products/")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)

    assert queries(visitor, "/products/") > 1


def test_officials_never_read_out_of_memory_and_never_fill_it(process):
    official = process()
    official.force_login(make.official(Role.HQ_OFFICER))
    official.get("/products/")

    # The same process, after they have signed out.
    official.cookies.clear()
    assert queries(official, "/products/") > 1
    official.force_login(make.official(Role.HQ_OFFICER))
    assert queries(official, "/products/") > 1


def test_a_page_with_a_form_is_made_for_each_visitor(process):
    visitor = process()
    visitor.get("/accounts/login/")
    visitor.cookies.clear()

    answer = visitor.get("/accounts/login/")

    assert configured.CSRF_COOKIE_NAME in answer.cookies
    assert not answer.has_header("ETag")


def test_the_secret_of_an_earlier_form_is_given_to_nobody_else(process):
    """The page of a comment needs no new cookie where one came with the request."""
    consultation = make.consultation(make.plan())
    place = consultation.plan.district
    path = reverse("consultation-comment", args=[place.state.slug, place.slug])
    visitor = process()
    visitor.get(path)
    own = visitor.get(path)
    assert "csrfmiddlewaretoken" in own.text
    assert not own.has_header("ETag")

    visitor.cookies.clear()
    assert configured.CSRF_COOKIE_NAME in visitor.get(path).cookies


@pytest.mark.parametrize("path", ["/nowhere/", "/desk/", "/health/", "/products"])
def test_only_pages_that_are_there_for_everybody_are_kept(visitor, path):
    visitor.get(path)
    answer = visitor.get(path)

    assert not answer.has_header("ETag")


def test_nothing_is_kept_while_nothing_says_when_it_changes(process):
    DataVersion.objects.all().delete()
    visitor = process()
    visitor.get("/products/")

    assert queries(visitor, "/products/") > 1


def test_a_site_that_keeps_no_pages_makes_each_anew(settings):
    settings.PAGE_CACHE_MB = 0
    visitor = Client()
    visitor.get("/products/")

    assert not visitor.get("/products/").has_header("ETag")


def test_an_unknown_host_is_refused_in_our_words_and_under_our_protection(visitor):
    visitor.get("/hi/about/")

    answer = visitor.get("/about/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert '<html lang="en">' in answer.text
    assert answer.has_header("Content-Security-Policy")


def test_who_asks_after_our_health_needs_no_database(visitor):
    assert queries(visitor, "/health/") == 0


def test_what_has_a_mark_of_its_own_keeps_it(visitor):
    plan = make.plan(Status.PUBLISHED)
    path = reverse("seal-bytes", args=[plan.seal.sha256])
    visitor.get(path)

    assert visitor.get(path)["ETag"] == f'"{plan.seal.sha256}"'


@pytest.mark.parametrize("name", ["seal", "plan-print"])
def test_a_seal_is_worked_out_anew_for_everybody_who_asks(visitor, name):
    plan = make.plan(Status.PUBLISHED)
    place = plan.district
    args = [place.state.slug, place.slug, 1] if name == "plan-print" else []
    path = reverse(name, args=args or [plan.seal.sha256])
    visitor.get(path)

    assert not visitor.get(path).has_header("ETag")


def test_bytes_that_are_no_text_are_read_as_the_page_reads_them(visitor):
    """Two addresses share a page only if the page cannot tell them apart."""
    raw = "q=हल्दी".encode().decode("latin-1")
    visitor.get("/search/", QUERY_STRING=raw)

    assert "हल्दी" not in visitor.get("/search/", {"q": raw[2:]}).text


def test_questions_beyond_measure_are_answered_and_forgotten(visitor):
    path = f"/search/?q={'a' * 5000}"
    assert visitor.get(path).status_code == 200
    assert not visitor.get(path).has_header("ETag")


def test_what_nobody_asks_for_goes_when_memory_is_full():
    pages = Pages(most_bytes=3 * page("a").size)
    for name in "abc":
        pages.keep((name,), page(name))
    assert pages.find(("a",))

    pages.keep(("d",), page("d"))

    assert not pages.find(("b",))
    assert [bool(pages.find((name,))) for name in "acd"] == [True, True, True]
    assert pages.size == 3 * page("a").size


def test_a_page_larger_than_the_memory_is_not_kept():
    pages = Pages(most_bytes=10)
    pages.keep(("a",), page("a"))

    assert not pages.find(("a",))
    assert pages.size == 0
