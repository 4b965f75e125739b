"""The worklist: its order, its counts, what narrows it, and in how few queries."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from actionplans.waiting.putting_off import keep
from actionplans.waiting.rows import Kind
from actionplans.worklist import Wanted, worklist
from portal.terms import Role, Status
from tests import make
from tests.actionplans.quarters import Q1, Q2, filed, in_force
from tests.actionplans.waits import again, everything

pytestmark = pytest.mark.django_db
ANY = Wanted()


def test_districts_come_by_what_is_due_first_there(on_day):
    ra = make.regional_authority()
    on_day(2026, 11, 1)
    late = make.plan(Status.UNDER_ASSESSMENT, make.district("Barmer", ra=ra)).district
    make.district("Ajmer", ra=ra)
    on_day(2026, 11, 22)
    make.plan(Status.ADOPTED, make.district("Churu", ra=ra))

    found = worklist(make.official(Role.RA_OFFICER, late)).groups(ANY)

    assert [group.glance.district.name for group in found] == [
        "Barmer",
        "Churu",
        "Ajmer",
    ]


def test_an_official_sees_only_their_own_districts():
    mine = make.plan(Status.UNDER_ASSESSMENT).district
    make.plan(Status.UNDER_ASSESSMENT)

    found = worklist(make.official(Role.RA_OFFICER, mine))

    assert [item.district.pk for item in found.items] == [mine.pk]


def numbers(page):
    """Every link with numbers in it: where it leads, and the numbers."""
    main = page.text.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"<(table|svg|small)\b.*?</\1>", "", main, flags=re.DOTALL)
    # A button names the quarter that it opens.
    main = re.sub(r'<a class="btn.*?</a>', "", main)
    for address, text in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', main):
        counted = re.findall(r"\b\d+\b", re.sub(r"<[^>]*>", "", text))
        if counted:
            yield html.unescape(address), [int(number) for number in counted]


def length(page):
    """How long the list is that a link opened."""
    if "items" in page.context:
        return len(page.context["items"])
    return page.context["page"].paginator.count


@pytest.mark.parametrize("language", ["", "/hi"])
@pytest.mark.parametrize("narrowed", ["", "?q=district", "?kind=put-off", "?due=later"])
def test_every_number_is_that_of_the_list_it_opens(client, on_day, language, narrowed):
    officer = make.official(Role.RA_OFFICER, everything(on_day))
    for one in worklist(again(officer)).items[:2]:
        keep(one.row, dt.date(2026, 11, 30), "The record comes later.", by=officer)
    client.force_login(officer)
    start = f"{language}/desk/"

    page = client.get(f"{start}{narrowed}")

    found = dict(numbers(page))
    assert len(found) >= 5
    for address, counted in found.items():
        where = address if address.startswith("/") else f"{start}{address}"
        assert length(client.get(where)) in counted, (address, counted)


def test_the_heading_counts_what_waits_and_not_what_is_put_off(client, on_day):
    officer = make.official(Role.RA_OFFICER, everything(on_day))
    items = worklist(again(officer)).items
    keep(items[0].row, dt.date(2026, 11, 30), "The record comes later.", by=officer)
    client.force_login(officer)

    page = client.get(reverse("desk:worklist"))

    assertContains(page, f"{len(items) - 1} things wait for you")
    assert len(page.context["items"]) == sum(page.context["counts"].values())
    assert page.context["off"] == 1


def test_each_kind_has_a_chip_for_who_it_can_wait_for(client, on_day):
    client.force_login(make.official(Role.RA_OFFICER, everything(on_day)))

    page = client.get(reverse("desk:worklist"))

    assert set(page.context["counts"]) >= {
        Kind.DRAFT,
        Kind.PUBLISH,
        Kind.REPORT,
        Kind.VERIFY,
        Kind.DECISION,
        Kind.SETTLE,
    }


def test_districts_can_come_by_name(client, on_day):
    client.force_login(make.official(Role.RA_OFFICER, everything(on_day)))

    page = client.get(reverse("desk:worklist") + "?order=district")

    names = [group.glance.district.name for group in page.context["page"]]
    assert names == sorted(names)


def owing(on_day, count):
    """An officer in so many districts where only the report of Q2 is due."""
    ra = make.regional_authority()
    for number in range(count):
        plan = in_force(on_day, make.district(f"Place {number}", ra=ra))
        filed(plan.district, Q1)
    return make.official(Role.RA_OFFICER, ra)


@pytest.mark.parametrize(("count", "rows"), [(2, 2), (3, 0)])
def test_reports_alone_become_one_row_where_that_is_shorter(
    client, on_day, count, rows
):
    client.force_login(owing(on_day, count))

    page = client.get(reverse("desk:worklist"))

    assert len(page.context["page"]) == rows
    assert len(page.context["items"]) == count
    together = f"{count} districts where only the report of Q2 2026-27 is due"
    assert (together in page.text) is (rows == 0)
    for number in range(count):
        assertContains(page, f"Place {number}")
    table = reverse("desk:quarter", args=[Q2])
    assertContains(page, f'<a class="fw-semibold" href="{table}">', count=count // 3)


def test_a_narrowed_list_shows_every_report(client, on_day):
    client.force_login(owing(on_day, 3))

    page = client.get(reverse("desk:worklist") + "?kind=report")

    assert len(page.context["page"]) == 3


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.AUDITOR, "no step is yours to take"),
        (Role.MEMBER, "no step is yours to take"),
        (Role.RA_OFFICER, "Next due: the reports of Q3 2026-27, on 15 Jan 2027."),
        (Role.STATE_OFFICER, "See your districts"),
    ],
)
def test_an_empty_list_says_what_comes_next(client, on_day, role, sentence):
    place = in_force(on_day).district
    for quarter in (Q1, Q2):
        filed(place, quarter)
    client.force_login(make.official(role, place))

    page = client.get(reverse("desk:worklist"))

    assertContains(page, "Nothing waits for you")
    assertContains(page, sentence)
    assert ("Next due" in page.text) is (role == Role.RA_OFFICER)


@pytest.mark.parametrize("role", [Role.RA_OFFICER, Role.CONVENER, Role.STAFF])
def test_who_prepares_reports_finds_the_ways_to_enter_them(client, on_day, role):
    place = in_force(on_day).district
    client.force_login(make.official(role, place))

    page = client.get(reverse("desk:worklist"))

    where = [place.state.slug, place.slug, Q2]
    assertContains(page, reverse("desk:report", args=where))
    assertContains(page, reverse("desk:workbook", args=[Q2]))
    assertContains(page, reverse("desk:workbooks", args=[Q2]))


@pytest.mark.parametrize("role", [Role.STATE_OFFICER, Role.CHAIR, Role.AUDITOR])
def test_who_prepares_none_finds_which_are_owed(client, on_day, role):
    place = in_force(on_day).district
    client.force_login(make.official(role, place))

    page = client.get(reverse("desk:worklist"))

    assertNotContains(page, reverse("desk:workbook", args=[Q2]))
    assertContains(page, f"{reverse('desk:reports')}?quarter={Q2.code}&amp;is=owed")


def test_the_list_is_narrowed_by_the_address_bar(client, on_day):
    client.force_login(make.official(Role.RA_OFFICER, everything(on_day)))
    things = {
        "q=kanpur": 1,
        "q=कानपुर": 1,
        "q=nagar kanpur": 1,
        "q=nowhere": 0,
        "kind=publish": 1,
        "kind=nonsense": 13,
        "due=overdue": 1,
        "due=never": 13,
        "kind=report&due=later": 0,
        "page=99": 13,
    }

    for query, count in things.items():
        response = client.get(f"{reverse('desk:worklist')}?{query}")
        assert len(response.context["items"]) == count, query


@pytest.mark.parametrize("role", [Role.RA_OFFICER, Role.HQ_OFFICER])
@pytest.mark.parametrize("times", [1, 3])
def test_it_takes_three_queries_besides_who_asks(
    client, on_day, role, times, django_assert_num_queries
):
    for _ in range(times):
        ra = everything(on_day)
    client.force_login(make.official(role, ra))
    who_asks = 4 if role == Role.RA_OFFICER else 3  # session, user, posts, their places

    # What waits, the districts, and the tiles around theirs.
    with django_assert_num_queries(who_asks + 3):
        client.get(reverse("desk:worklist"))


def test_a_stranger_is_asked_to_sign_in(client):
    response = client.get(reverse("desk:worklist"))

    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_somebody_without_a_post_sees_that_they_hold_none(client):
    client.force_login(make.user())

    response = client.get(reverse("desk:worklist"))

    assert "You hold no post today." in response.text


def test_only_get_is_taken(client):
    client.force_login(make.official(Role.AUDITOR))

    assert client.post(reverse("desk:worklist")).status_code == 405


def test_a_quarter_that_is_all_filed_is_not_overdue_and_asks_for_nothing(
    client, on_day
):
    place = in_force(on_day).district
    client.force_login(make.holder_of(Role.RA_OFFICER, place))
    owed = client.get(reverse("desk:worklist")).text
    filed(place, Q2)

    page = client.get(reverse("desk:worklist")).text

    assert "Due 15 Oct 2026, 38 days overdue." in owed
    assert "See the reports still owed" in owed
    assert "Nothing is left to file. The last day was 15 Oct 2026." in page
    assert "38 days overdue" not in page
    assert "See the reports still owed" not in page
    assert "Enter Q2 2026-27" not in page


def test_a_district_that_never_reported_says_what_never_means(client, on_day):
    place = in_force(on_day).district
    client.force_login(make.holder_of(Role.RA_OFFICER, place))

    assertContains(client.get(reverse("desk:worklist")), "· no report filed")
