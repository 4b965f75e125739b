"""A draft before the public: who reads what when, and how one comments on it."""

import datetime as dt
import hashlib
import re
import time

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actionplans import consultations
from actionplans.consultations import COMMENTS_AN_HOUR, Phase, holds_address, phase
from actionplans.forms.consultation import SALT
from actionplans.models import ConsultationComment, SectionCode
from portal.models import ParkedPost
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
TEXT = "The road floods every July: put a bridge first."


def address(place, name="consultation", **query):
    return reverse(name, args=[place.state.slug, place.slug], query=query)


def writing(place, **query):
    return address(place, "consultation-comment", **query)


def drawn(consultation, seconds_ago=60):
    return signing.dumps([consultation.pk, int(time.time()) - seconds_ago], salt=SALT)


def typed(consultation, **values):
    return {
        "section": SectionCode.BOTTLENECKS,
        "standing": "exporter",
        "text": TEXT,
        "homepage": "",
        "drawn": drawn(consultation),
        **values,
    }


def shown(on, **values):
    return make.comment(on, status=ConsultationComment.Status.SHOWN, **values)


@pytest.fixture
def opened():
    return make.consultation(make.plan())


@pytest.fixture
def place(opened):
    return opened.plan.district


def closed(on_day, **values):
    """One that ended a week ago, with a comment of these values that is shown."""
    made = make.consultation(make.plan())
    shown(made, **values)
    later = made.closes_on + 7 * DAY
    on_day(later.year, later.month, later.day)
    return made


# What can be read


def test_everybody_reads_the_draft_as_it_was_on_opening(client, opened, place):
    target = opened.plan.targets.first()

    page = client.get(address(place))

    for code in SectionCode:
        assertContains(page, f'<h3 id="h-{int(code)}">{int(code)}. {code.label}</h3>')
    assertContains(page, target.verification)
    assertContains(page, opened.plan.interventions.first().action)
    assertContains(page, "₹ 85 lakh")
    assertContains(page, "Samples travel eleven days to be tested.")
    assertContains(page, opened.sha256)


def test_what_is_changed_after_opening_does_not_show(client, opened, place):
    plan = opened.plan
    plan.sections.update(body="A secret that nobody outside knows yet. " * 3)
    plan.targets.update(verification="A secret register")
    plan.interventions.update(action="A secret laboratory")
    make.intervention(plan, plan.products.first(), action="A secret road")

    assertNotContains(client.get(address(place)), "secret")
    assertNotContains(client.get(writing(place, section=4)), "secret")


def test_a_draft_without_consultation_has_no_page(client):
    place = make.plan().district

    assert client.get(address(place)).status_code == 404
    assert client.get(writing(place)).status_code == 404
    assert client.post(writing(place), {"text": TEXT}).status_code == 404


def test_before_its_first_day_nothing_of_the_draft_shows(client):
    plan = make.plan()
    opens = timezone.localdate() + 2 * DAY
    made = make.consultation(plan, opens_on=opens, closes_on=opens + 9 * DAY)

    page = client.get(address(plan.district))

    assert phase(made) == Phase.UPCOMING
    district = client.get(plan.district.get_absolute_url())
    assertContains(district, "The draft plan opens to comment on")
    assertContains(page, "can be read and commented on from")
    assertNotContains(page, "Samples travel")
    assertNotContains(page, plan.targets.first().verification)
    assertRedirects(client.get(writing(plan.district)), address(plan.district))


@pytest.mark.parametrize("days", [0, 2, 30])
@pytest.mark.parametrize(
    "steps", [[Action.DISCARD], [Action.SUBMIT, Action.ASSESS, Action.ADOPT]]
)
def test_what_never_opened_is_never_read(client, later, steps, days):
    plan = make.plan()
    opens = timezone.localdate() + 2 * DAY
    made = make.consultation(plan, opens_on=opens, closes_on=opens + 9 * DAY)
    for action in steps:
        make.step(plan, action)
    later(days)

    district = client.get(plan.district.get_absolute_url())
    listed = client.get("/consultations/")

    assert client.get(address(plan.district)).status_code == 404
    assert client.get(address(plan.district, n=1)).status_code == 404
    assert client.post(writing(plan.district), typed(made)).status_code == 404
    assertNotContains(district, address(plan.district))
    assertNotContains(listed, address(plan.district))


def test_what_never_opened_takes_no_number(client, on_day):
    first = closed(on_day, text="Said in the first.")
    opens = timezone.localdate() + 2 * DAY
    make.consultation(first.plan, opens_on=opens, closes_on=opens)
    make.step(first.plan, Action.DISCARD)
    second = make.consultation(make.plan(place=first.plan.district))
    shown(second, text="Said in the second.")
    place = first.plan.district

    assertContains(client.get(address(place, n=2)), "Said in the second.")
    over = second.closes_on + DAY
    on_day(over.year, over.month, over.day)
    assertContains(client.get("/consultations/"), f"{address(place)}?n=2")


def test_only_comments_that_are_shown_are_on_the_page(client, opened, place):
    make.comment(opened, text="Waits to be read by somebody.")
    make.comment(opened, text="Insults my uncle.", status="hidden", hidden_because="X")
    shown(opened, text="Build a bridge.", answer="We will.", outcome="taken_up")

    page = client.get(address(place))

    assertContains(page, "Build a bridge.")
    assertContains(page, "We will.")
    assertContains(page, "1 comment can be read here.")
    assertNotContains(page, "Waits to be read by somebody")
    assertNotContains(page, "my uncle")


def test_html_in_a_comment_is_text(client, opened, place):
    shown(opened, text="<script>alert(1)</script>", answer="<b>No</b>")

    page = client.get(address(place))

    assertNotContains(page, "<script>alert")
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")
    assertContains(page, "&lt;b&gt;No&lt;/b&gt;")


def test_afterwards_it_says_what_became_of_each_comment(client, on_day):
    made = closed(
        on_day, text="Build a bridge.", answer="In the plan now.", outcome="taken_up"
    )
    place = made.plan.district

    page = client.get(address(place))

    assert phase(made) == Phase.CLOSED
    assertContains(page, "You said, we did")
    assertContains(page, "<dt>Taken up</dt><dd>1</dd>", html=True)
    assertContains(page, "Build a bridge.", count=1)
    assertContains(page, "In the plan now.")
    assertNotContains(page, "Comment on this section")
    assertContains(client.get("/consultations/"), f"{address(place)}?n=1")


def test_a_draft_that_was_given_up_says_so_and_takes_no_comments(client, opened, place):
    sent = typed(opened)
    make.step(opened.plan, Action.DISCARD)

    page = client.get(address(place))
    answer = client.post(writing(place), sent)

    assertContains(page, "The district has given this draft up.")
    assertNotContains(page, "Write a comment")
    assertContains(answer, "nothing was sent", status_code=409)
    assertContains(answer, TEXT, status_code=409)
    assert not opened.comments.exists()


def test_a_plan_adopted_before_the_last_day_is_linked_once_public(client):
    plan = make.plan()
    make.consultation(plan)
    steps = (Action.SUBMIT, Action.ASSESS, Action.ADOPT)
    for action in steps:
        make.step(plan, action)
    version = f"/districts/{plan.district.state.slug}/{plan.district.slug}/plan/1/"
    assertNotContains(client.get(address(plan.district)), version)

    make.step(plan, Action.PUBLISH)

    page = client.get(address(plan.district))
    assertContains(page, "the plan was decided on before")
    assertContains(page, version)


def test_a_plan_under_assessment_is_still_commented_on(client, opened, place):
    make.step(opened.plan, Action.SUBMIT)

    client.post(writing(place), typed(opened))

    assert opened.comments.count() == 1
    assertContains(client.get(address(place)), "<b>Under assessment</b>", html=True)


def test_earlier_ones_keep_an_address(client, on_day):
    first = closed(on_day, text="Said in the first.")
    second = make.consultation(first.plan)
    shown(second, text="Said in the second.")
    place = first.plan.district

    newest = client.get(address(place))

    assertContains(newest, "Said in the second.")
    assertContains(newest, f"{address(place)}?n=1")
    assertContains(client.get(address(place, n=1)), "Said in the first.")
    assertContains(client.get(address(place, n=2)), "Said in the second.")


@pytest.mark.parametrize("n", ["0", "3", "-1", "x", "१", "9" * 5000])
def test_a_number_that_there_is_not_is_not_found(client, opened, place, n):
    assert client.get(address(place, n=n)).status_code == 404


def test_an_open_one_comes_before_one_that_is_to_come(client, on_day):
    first = closed(on_day, text="Said in the first.")
    opens = timezone.localdate() + 30 * DAY
    make.consultation(first.plan, opens_on=opens, closes_on=opens)

    assertContains(client.get(address(first.plan.district)), "Said in the first.")


def test_the_list_has_the_open_ones_of_the_country(client, opened, place):
    other = make.plan()
    opens = timezone.localdate() + DAY
    make.consultation(other, opens_on=opens, closes_on=opens)
    gone = make.consultation(make.plan())
    make.step(gone.plan, Action.DISCARD)

    page = client.get(reverse("consultations"))

    assertContains(page, "1 draft is open to comment")
    assertContains(page, address(place))
    assertNotContains(page, address(other.district))
    assertNotContains(page, address(gone.plan.district))


def test_every_page_leads_to_the_list(client):
    assertContains(client.get("/about/"), 'href="/consultations/"')


def test_an_empty_list_says_so(client):
    assertContains(client.get("/consultations/"), "No draft is open to comment today.")


def test_the_page_of_the_district_leads_to_it(client, opened, place):
    page = client.get(place.get_absolute_url())
    assertContains(page, address(place))
    assertContains(page, "The draft plan is open to comment until")

    make.step(opened.plan, Action.DISCARD)

    page = client.get(place.get_absolute_url())
    assertContains(page, address(place))
    assertNotContains(page, "open to comment")


def test_all_of_it_is_there_in_hindi(client, opened, place):
    for page in (address(place), writing(place), "/consultations/"):
        answer = client.get(f"/hi{page}")
        assertContains(answer, '<html lang="hi">')
        assertContains(client.get(page), f'href="/hi{page}" lang="hi" hreflang="hi"')


@pytest.mark.parametrize("comments", [0, 50])
def test_the_page_takes_the_same_queries_however_much_is_said(
    client, opened, place, comments, django_assert_num_queries
):
    member = make.official(Role.MEMBER, place).current_appointments[0]
    for number in range(comments):
        shown(opened, said_by=member if number % 2 else None, section=number % 11 + 1)

    # District, consultations, the copy, comments, tally, data version.
    with django_assert_num_queries(6):
        client.get(address(place))


@pytest.mark.parametrize("drafts", [1, 4])
def test_the_list_takes_the_same_queries_however_long(
    client, drafts, django_assert_num_queries
):
    for _ in range(drafts):
        make.consultation(make.plan())

    with django_assert_num_queries(4):  # count, page, closed, data version
        client.get("/consultations/")


# Commenting


def test_a_stranger_comments_and_is_thanked(client, opened, place):
    page = client.get(writing(place, section=4))
    assertContains(page, '<option value="4" selected>')

    answer = client.post(writing(place), typed(opened))

    assertRedirects(answer, f"{address(place, sent='yes')}#sent")
    assertContains(client.get(answer.url), "Thank you: your comment has come in.")
    kept = opened.comments.get()
    assert (kept.section, kept.standing, kept.text) == (4, "exporter", TEXT)
    assert kept.status == ConsultationComment.Status.WAITING
    assert kept.said_by is None
    assertNotContains(client.get(address(place)), TEXT)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": "Too short"}, "at least 10 characters"),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"text": " " * 40}, "This field is required."),
        ({"section": "12"}, "Select a valid choice"),
        ({"section": ""}, "This field is required."),
        ({"standing": "minister"}, "Select a valid choice"),
        ({"standing": ""}, "This field is required."),
    ],
)
def test_what_is_left_out_is_asked_for(client, opened, place, values, sentence):
    answer = client.post(writing(place), typed(opened, **values))

    assertContains(answer, sentence)
    assert not opened.comments.exists()


def test_line_ends_count_once_as_in_the_browser(client, opened, place):
    text = "x\r\n" * 999 + "xx"

    client.post(writing(place), typed(opened, text=text))

    assert len(opened.comments.get().text) == 2000


@pytest.mark.parametrize("seconds_ago", [0, 1])
def test_faster_than_anybody_types_is_asked_again(client, opened, place, seconds_ago):
    sent = typed(opened, drawn=drawn(opened, seconds_ago))

    answer = client.post(writing(place), sent)

    assertContains(answer, "That was very quick.")
    assertContains(answer, TEXT)
    assert not opened.comments.exists()


def test_a_day_old_form_is_shown_again_and_then_taken(client, opened, place):
    sent = typed(opened, drawn=drawn(opened, 25 * 60 * 60))

    answer = client.post(writing(place), sent)

    assertContains(answer, "open for more than a day")
    assertContains(answer, TEXT)
    form = answer.context["form"]
    assert signing.loads(form.drawn, salt=SALT)[0] == opened.pk
    assert not opened.comments.exists()


@pytest.mark.parametrize("forged", ["", "1:x:y", "of another"])
def test_a_form_that_we_did_not_draw_is_not_trusted(client, opened, place, forged):
    other = make.consultation(make.plan())
    token = drawn(other) if forged == "of another" else forged

    client.post(writing(place), typed(opened, drawn=token))

    assert not opened.comments.exists()


def test_a_program_that_fills_every_field_is_refused(client, opened, place):
    page = client.get(writing(place))
    assertContains(page, 'name="homepage" tabindex="-1"')
    assertContains(page, 'class="field visually-hidden" aria-hidden="true"')

    answer = client.post(writing(place), typed(opened, homepage="http://spam.example"))

    # A person whose browser filled it in sees the field, and can empty it.
    assertNotContains(answer, 'aria-hidden="true">\n        <label')
    assertContains(answer, "Only a program fills this in")
    assert not opened.comments.exists()


def test_one_sender_sends_five_an_hour(client, opened, place):
    for number in range(COMMENTS_AN_HOUR):
        client.post(writing(place), typed(opened, text=f"{TEXT} {number}"))

    answer = client.post(writing(place), typed(opened, text=f"{TEXT} once more"))

    assertContains(answer, "Five comments an hour", status_code=429)
    assertContains(answer, "once more", status_code=429)
    assert opened.comments.count() == COMMENTS_AN_HOUR

    client.post(writing(place), typed(opened, text=TEXT), REMOTE_ADDR="203.0.113.9")
    assert opened.comments.count() == COMMENTS_AN_HOUR + 1


def test_an_hour_later_the_sender_may_go_on(client, opened, place, rf):
    sender = consultations.sender_of(rf.get("/"), None)
    hour_ago = timezone.now() - dt.timedelta(minutes=61)
    for _ in range(COMMENTS_AN_HOUR):
        make.comment(opened, sender=sender, received_at=hour_ago)

    assert client.post(writing(place), typed(opened)).status_code == 302


def test_a_double_click_is_one_comment(client, opened, place):
    for _ in range(2):
        assert client.post(writing(place), typed(opened)).status_code == 302

    assert opened.comments.count() == 1


def test_the_sender_is_counted_behind_our_proxy_and_kept_unreadable(
    client, opened, place, settings
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    senders = set()
    for number, seen in enumerate(["198.51.100.7", "198.51.100.8", "198.51.100.8"]):
        sent = typed(opened, text=f"{TEXT} {number}")
        client.post(
            writing(place),
            sent,
            headers={"x-forwarded-for": f"10.9.9.{number}, {seen}"},
        )
        senders.add(opened.comments.latest("pk").sender)

    assert len(senders) == 2
    assert all(len(sender) == 64 and "198" not in sender[:3] for sender in senders)


def test_one_network_of_the_new_internet_is_one_sender(rf):
    one, same, other = (
        consultations.sender_of(rf.get("/", REMOTE_ADDR=seen), None)
        for seen in ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1")
    )

    assert one == same != other


def test_a_day_later_nothing_is_kept_of_the_sender(client, opened, place):
    old = make.comment(
        opened, sender="a" * 64, received_at=timezone.now() - dt.timedelta(hours=25)
    )

    client.post(writing(place), typed(opened))

    old.refresh_from_db()
    assert old.sender == ""
    assert opened.comments.latest("pk").sender


def test_only_the_page_that_writes_sets_a_cookie(opened, place):
    stranger = Client()
    for page in (address(place), address(place, sent="yes"), "/consultations/"):
        assert stranger.get(page).cookies == {}

    answer = stranger.get(writing(place))

    assert set(answer.cookies) == {"csrftoken"}
    assert "no-store" in answer["Cache-Control"]


def test_no_other_site_can_send_a_comment(opened, place):
    stranger = Client(enforce_csrf_checks=True)
    sent = typed(opened)
    assert stranger.post(writing(place), sent).status_code == 403

    page = stranger.get(writing(place))
    token = str(page.context["csrf_token"])
    answer = stranger.post(writing(place), sent | {"csrfmiddlewaretoken": token})

    assert answer.status_code == 302
    assert opened.comments.count() == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.STATE_OFFICER, Role.HQ_OFFICER])
def test_an_official_speaks_for_an_office_and_never_by_name(
    client, opened, place, role
):
    person = make.official(role, place)
    client.force_login(person)
    asked = client.get(writing(place))
    assertContains(asked, "You write as:")
    assertNotContains(asked, 'name="standing"')
    assertContains(asked, 'name="form_id"')

    client.post(writing(place), typed(opened, standing="buyer"))

    kept = opened.comments.get()
    assert kept.said_by.user == person
    assert kept.standing == ConsultationComment.Standing.OFFICE
    opened.comments.update(status="shown")
    page = Client().get(address(place))
    assertContains(page, role.label)
    assertNotContains(page, person.name)


def test_an_official_who_was_signed_out_meanwhile_loses_nothing(client, opened, place):
    person = make.official(Role.MEMBER, place)
    client.force_login(person)
    form = client.get(writing(place)).text
    form_id = re.search(r'name="form_id" value="([^"]+)"', form)[1]
    client.logout()

    answer = client.post(writing(place), typed(opened, form_id=form_id))

    assert answer.url.startswith(reverse("account_login"))
    assert ParkedPost.objects.get(user=person).fields["text"] == [TEXT]
    assert not opened.comments.exists()


@pytest.mark.parametrize("where", ["elsewhere", "silent"])
def test_whoever_has_no_office_there_writes_like_everybody(
    client, opened, place, where
):
    elsewhere = make.official(Role.CONVENER, make.district())
    silent = make.official(Role.AUDITOR)
    client.force_login(elsewhere if where == "elsewhere" else silent)

    client.post(writing(place), typed(opened))

    assert opened.comments.get().said_by is None


def test_officials_of_one_office_building_do_not_stop_each_other(client, opened, place):
    for number in range(COMMENTS_AN_HOUR + 1):
        client.force_login(make.official(Role.MEMBER, place))
        client.post(writing(place), typed(opened, text=f"{TEXT} {number}"))

    assert opened.comments.count() == COMMENTS_AN_HOUR + 1


def test_after_the_last_day_nothing_comes_in(client, on_day):
    made = closed(on_day)
    place = made.plan.district

    assertRedirects(client.get(writing(place)), address(place))
    answer = client.post(writing(place), typed(made))

    assertContains(answer, "The consultation is closed", status_code=409)
    assert made.comments.count() == 1


@pytest.mark.parametrize("day", [0, 30])
def test_the_first_and_the_last_day_count(client, opened, place, on_day, day):
    when = opened.opens_on + day * DAY
    on_day(when.year, when.month, when.day)

    client.post(writing(place), typed(opened))

    assert opened.comments.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "Write to ramesh.kumar@example.in",
        "Call 98765 43210.",
        "+91-9876543210",
        "०९८७६५४३२१०",
        "my number:09876543210",
    ],
)
def test_an_address_or_a_number_is_noticed(text):
    assert holds_address(text)


@pytest.mark.parametrize(
    "text",
    ["1,20,000 rupees in 2026-27", "HS 09103020", "at 5 pm @ the hall", "12345678901"],
)
def test_other_figures_are_no_number_of_a_person(text):
    assert not holds_address(text)


# Opening it


def test_a_second_one_waits_for_the_first(client, opened):
    plan = opened.plan
    client.force_login(make.holder_of(Role.CONVENER, plan.district))
    page = reverse("desk:plan-step", args=[plan.pk, Action.CONSULT])

    asked = client.get(page)
    today = timezone.localdate().isoformat()
    sent = {
        "after": plan.events.latest("pk").pk,
        "opens_on": today,
        "closes_on": today,
        "confirm": "yes",
    }
    answer = client.post(page, sent)

    assertContains(asked, "A consultation on this plan runs until")
    assertNotContains(asked, "Continue")
    assertContains(answer, "A consultation on this plan runs until")
    assert plan.consultations.count() == 1


def test_after_it_closed_another_can_follow(on_day):
    made = closed(on_day)

    make.consultation(made.plan)

    assert made.plan.consultations.count() == 2


def test_the_step_warns_what_becomes_public(client):
    plan = make.plan()
    client.force_login(make.holder_of(Role.RA_OFFICER, plan.district))

    page = client.get(reverse("desk:plan-step", args=[plan.pk, Action.CONSULT]))

    assertContains(page, "The draft becomes public as it is now")
    assertContains(page, "ninety days at most")


def test_the_copy_is_hashed_and_names_no_person(opened):
    assert opened.sha256 == hashlib.sha256(opened.body.encode()).hexdigest()
    assert opened.plan.status == Status.DRAFT
    assert "Official" not in opened.body
