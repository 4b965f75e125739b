"""Who gets in, by what, and what an address, a link or a code no longer opens."""

import datetime as dt
import json
import re
import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.adapter import AccountAdapter
from portal.accounts.models import User
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WRONG = "No account has this address and this password."


@pytest.fixture(autouse=True)
def _hashes_quickly(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEMO = True


def with_password(user):
    user.set_password(make.PASSWORD)
    user.save()
    return user


@pytest.fixture
def invented():
    """An official of the demonstration, who needs no second factor."""
    return with_password(make.official(Role.CONVENER, make.district("Darbhanga")))


@pytest.fixture
def real():
    """An official who is no demonstration account and has set up nothing yet."""
    user = make.official(Role.CONVENER, make.district())
    user.is_demonstration = False
    return with_password(user)


@pytest.fixture
def guarded(real):
    """The same with a telephone and recovery codes."""
    TOTP.activate(real, SECRET)
    RecoveryCodes.activate(real)
    return real


def code(secret=SECRET, ahead=0):
    """What the telephone shows, or will show so many half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def sign_in(client, user, password=make.PASSWORD, to=LOGIN, **more):
    return client.post(to, {"login": user.email, "password": password, **more})


def links(mail):
    return re.findall(r"https?://\S+", mail.body)


def test_an_official_signs_in_and_comes_to_the_worklist(client, invented):
    response = sign_in(client, invented)

    assert response.url == reverse("desk:worklist")
    assert "Darbhanga" in client.get(response.url).text


def test_the_address_may_be_typed_in_capitals(client, invented):
    invented.email = invented.email.upper()

    assert sign_in(client, invented).url == reverse("desk:worklist")


def test_after_sign_in_one_is_where_one_wanted_to_be(client, invented):
    wanted = reverse("desk:plans")
    asked = client.get(wanted)

    response = sign_in(client, invented, to=asked.url)

    assert asked.url.startswith(LOGIN)
    assert response.url == wanted


def test_nobody_is_led_away_to_another_site(client, invented):
    response = sign_in(client, invented, next="https://elsewhere.example/")

    assert response.url == reverse("desk:worklist")


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client, invented):
    wrong = sign_in(client, invented, "not the password")
    unknown = sign_in(client, User(email="nobody@portal.example"))

    assert WRONG in wrong.text
    assert WRONG in unknown.text
    assert "_auth_user_id" not in client.session


def test_what_was_typed_stays_but_never_the_password(client, invented):
    page = sign_in(client, invented, "not the password").text

    assert f'value="{invented.email}"' in page
    assert "not the password" not in page


def test_password_managers_recognise_the_fields(client):
    page = client.get(LOGIN).text

    assert re.search(r'name="login"[^>]* autocomplete="username"', page)
    assert re.search(r'name="password"[^>]* autocomplete="current-password"', page)
    assert "placeholder" not in page


@pytest.mark.parametrize("demo", [True, False])
def test_only_a_demonstration_says_where_its_accounts_are(client, settings, demo):
    settings.DEMO = demo

    page = client.get(LOGIN).text

    assert ("manage.py demo_accounts" in page) is demo
    assert "export-hub-demonstration" not in page


def test_a_closed_account_opens_nothing(client, invented):
    User.objects.update(is_active=False)

    response = sign_in(client, invented)

    assert response.url == reverse("account_inactive")
    assert "This account is closed" in client.get(response.url).text
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client):
    words = {"email": "new@portal.example", "password1": make.PASSWORD}
    words["password2"] = make.PASSWORD

    page = client.get("/accounts/signup/")
    client.post("/accounts/signup/", words)

    assert "Nobody signs up here" in page.text
    assert not User.objects.exists()


def test_signing_out_is_a_post_and_leads_home(client, invented):
    client.force_login(invented)

    asked = client.get("/accounts/logout/")
    response = client.post("/accounts/logout/")

    assert "_auth_user_id" not in client.session
    assert asked.status_code == 200
    assert response.url == "/"


# Passwords


def test_a_new_official_sets_the_first_password_by_mail(client, mailoutbox):
    newcomer = make.official(Role.MEMBER, make.district())

    client.post("/accounts/password/reset/", {"email": newcomer.email})

    [mail] = mailoutbox
    assert mail.subject == "[Demonstration] Set your password"
    assert mail.to == [newcomer.email]
    [link] = links(mail)
    form = client.get(link, follow=True)
    typed = {"password1": "quiet looms of panipat", "password2": ""}
    typed["password2"] = typed["password1"]
    done = client.post(form.request["PATH_INFO"], typed, follow=True)
    assert "The password is set" in done.text
    assert sign_in(client, newcomer, "quiet looms of panipat").status_code == 302
    assert mailoutbox[1].subject == "[Demonstration] Your password was set"
    assert client.get(link).status_code == 200
    assert "This link holds no longer" in client.get(link).text


def test_the_link_speaks_the_language_in_which_it_was_asked_for(client, mailoutbox):
    client.post("/hi/accounts/password/reset/", {"email": make.user().email})

    [link] = links(mailoutbox[0])
    assert "/hi/accounts/password/reset/key/" in link


def test_asking_for_an_unknown_address_looks_the_same_and_sends_nothing(
    client, mailoutbox
):
    known = client.post("/accounts/password/reset/", {"email": make.user().email})
    unknown = client.post("/accounts/password/reset/", {"email": "a@b.example"})

    assert known.url == unknown.url
    assert client.get(known.url).status_code == 200
    assert len(mailoutbox) == 1


def test_a_weak_password_is_refused_beside_its_field(client, invented):
    client.force_login(invented)

    page = client.post(
        "/accounts/password/change/",
        {"oldpassword": make.PASSWORD, "password1": "short", "password2": "short"},
    ).text

    described = r'name="password1"[^>]* aria-describedby="id_password1_helptext'
    assert re.search(f'{described} id_password1_error"', page)
    assert 'id="id_password1_error"' in page
    assert 'href="#id_password1"' in page
    assert "at least 12 characters" in page


def test_a_changed_password_is_told_by_mail(client, invented, mailoutbox):
    client.force_login(invented)
    new = "quiet looms of panipat"

    response = client.post(
        "/accounts/password/change/",
        {"oldpassword": make.PASSWORD, "password1": new, "password2": new},
        follow=True,
    )

    assert "The password is changed." in response.text
    assert "The password of your account was changed." in mailoutbox[0].body
    assert "127.0.0.1" in mailoutbox[0].body


def test_an_address_that_headquarters_replaced_opens_nothing(
    client, invented, mailoutbox
):
    former = invented.email
    client.post("/accounts/password/reset/", {"email": former})
    assert EmailAddress.objects.filter(email=former).exists()
    client.force_login(make.official(Role.HQ_ADMIN))

    response = client.post(
        reverse("admin:accounts_user_change", args=[invented.pk]),
        {"name": "S. Devi", "email": "S.Devi@Portal.example", "is_active": "on"},
    )

    client.logout()
    invented.refresh_from_db()
    assert response.status_code == 302
    assert invented.email == "s.devi@portal.example"
    assert WRONG in sign_in(client, User(email=former)).text
    client.post("/accounts/password/reset/", {"email": former})
    assert len(mailoutbox) == 1
    assert sign_in(client, invented).url == reverse("desk:worklist")


def test_the_page_of_the_address_offers_no_way_to_change_it(client, invented):
    client.force_login(invented)

    page = client.get("/accounts/email/").text
    client.post("/accounts/email/", {"action_add": "", "email": "mine@x.example"})

    assert invented.email in page
    assert 'name="email"' not in page
    assert not EmailAddress.objects.filter(email="mine@x.example").exists()


# The second factor


@pytest.mark.parametrize(
    "address", ["/desk/", "/hi/desk/", "/desk/plans/", "/desk/reports/", "/admin/"]
)
def test_the_desk_is_closed_until_the_second_factor_is_set_up(client, real, address):
    sign_in(client, real)

    response = client.get(address)

    assert response.url.endswith("/accounts/2fa/totp/activate/")
    assert client.get(response.url).status_code == 200


def test_on_a_real_site_invented_officials_need_one_too(client, invented, settings):
    settings.DEMO = False
    sign_in(client, invented)

    assert client.get("/desk/").url == reverse("mfa_activate_totp")


def test_setting_it_up_opens_the_desk_and_shows_recovery_codes(client, real):
    sign_in(client, real)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret

    done = client.post(page.request["PATH_INFO"], {"code": code(secret)}, follow=True)

    assert 'src="data:image/svg+xml;base64,' in page.text
    assert secret in page.text
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data
    assert secret not in json.dumps(kept)
    codes = RecoveryCodes(
        Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    ).get_unused_codes()
    assert all(one in done.text for one in codes)
    assert client.get("/desk/").status_code == 200


def test_a_wrong_code_sets_nothing_up(client, real):
    sign_in(client, real)
    client.get("/accounts/2fa/totp/activate/")

    page = client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).text

    assert "This code does not hold." in page
    assert not Authenticator.objects.exists()


def test_sign_in_asks_for_the_code_after_the_password(client, guarded):
    asked = sign_in(client, guarded)
    assert asked.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    page = client.get(asked.url).text

    response = client.post(asked.url, {"code": code()})

    assert 'autocomplete="one-time-code"' in page
    assert response.url == reverse("desk:worklist")
    assert client.get(response.url).status_code == 200


def test_a_wrong_code_does_not_let_in(client, guarded):
    asked = sign_in(client, guarded)

    page = client.post(asked.url, {"code": "000000"}).text

    assert "This code does not hold." in page
    assert "_auth_user_id" not in client.session


def test_nobody_comes_to_the_code_without_the_password(client, guarded):
    assert client.get("/accounts/2fa/authenticate/").url == reverse("account_login")


def test_a_recovery_code_lets_in_once(client, guarded):
    kept = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    spare = RecoveryCodes(kept).get_unused_codes()[0]

    first = client.post(sign_in(client, guarded).url, {"code": spare})
    client.logout()
    second = client.post(sign_in(client, guarded).url, {"code": spare})

    assert first.url == reverse("desk:worklist")
    assert second.status_code == 200
    assert "_auth_user_id" not in client.session


def test_recovery_codes_are_shown_only_after_the_second_factor(client, guarded):
    client.force_login(guarded)
    asked = client.get("/accounts/2fa/recovery-codes/")
    assert asked.url.startswith(reverse("mfa_reauthenticate"))

    client.post(asked.url, {"code": code()})

    shown = client.get("/accounts/2fa/recovery-codes/").text
    kept = client.get("/accounts/2fa/recovery-codes/download/")
    codes = kept.text.split()
    assert len(codes) == 10
    assert all(one in shown for one in codes)
    assert "attachment" in kept["Content-Disposition"]
    assert client.get("/accounts/2fa/").text.count("10 codes are left") == 1
    asked = client.get("/accounts/2fa/recovery-codes/generate/").text
    assert "The 10 codes that are left no longer count then." in asked
    client.post("/accounts/2fa/recovery-codes/generate/")
    renewed = client.get("/accounts/2fa/recovery-codes/download/").text.split()
    assert not set(renewed) & set(codes)


def test_taking_the_telephone_off_closes_the_desk_again(client, guarded, mailoutbox):
    client.force_login(guarded)
    client.post(reverse("mfa_reauthenticate"), {"code": code()})

    page = client.get("/accounts/2fa/totp/deactivate/")
    client.post("/accounts/2fa/totp/deactivate/")

    assert "the desk stays closed" in page.text
    assert client.get("/desk/").url == reverse("mfa_activate_totp")
    assert [mail.subject for mail in mailoutbox] == [
        "[Demonstration] Your second factor was taken off"
    ]


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize(
    "mail",
    [
        "account/email/password_changed",
        "account/email/password_reset",
        "account/email/password_set",
        "mfa/email/recovery_codes_generated",
        "mfa/email/totp_activated",
        "mfa/email/totp_deactivated",
    ],
)
def test_what_happens_to_an_account_is_told_by_mail(
    rf, invented, mailoutbox, mail, language
):
    request = rf.get("/", headers={"User-Agent": "A browser"})

    with request_context(request), override(language):
        AccountAdapter().send_notification_mail(mail, invented)

    [sent] = mailoutbox
    assert sent.to == [invented.email]
    assert "127.0.0.1" in sent.body
    assert sent.subject.startswith("[Demonstration] ")
    assert "\n\n\n" not in sent.body


# Asked again before what cannot be taken back


def adoption(chair):
    plan = make.plan(Status.ASSESSED, chair.current_appointments[0].district)
    make.adoption(plan)
    return reverse("desk:plan-step", args=[plan.pk, Action.ADOPT])


def test_an_invented_official_is_asked_for_the_password_again(client):
    chair = with_password(make.official(Role.CHAIR, make.district()))
    step = adoption(chair)
    client.force_login(chair)

    asked = client.get(step)
    page = client.get(asked.url).text
    wrong = client.post(asked.url, {"password": "not the password"}).text
    response = client.post(asked.url, {"password": make.PASSWORD})

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert "Your password again" in page
    assert "This is not your password." in wrong
    assert response.url == step
    assert client.get(step).status_code == 200


def test_everybody_else_is_asked_for_the_code_and_not_for_less(client):
    chair = with_password(make.official(Role.CHAIR, make.district()))
    User.objects.filter(pk=chair.pk).update(is_demonstration=False)
    TOTP.activate(chair, SECRET)
    step = adoption(chair)
    client.force_login(chair)

    asked = client.get(step)
    by_password = client.get(reverse("account_reauthenticate"))
    response = client.post(asked.url, {"code": code()})

    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    assert by_password.url == reverse("mfa_reauthenticate")
    assert response.url == step
    assert client.get(step).status_code == 200


def test_the_proof_holds_for_five_minutes(client):
    chair = with_password(make.official(Role.CHAIR, make.district()))
    step = adoption(chair)
    sign_in(client, chair)
    assert client.get(step).status_code == 200

    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] -= 301
    session.save()

    assert client.get(step).url.startswith(reverse("account_reauthenticate"))


# Limits, posts that ended, the look


@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_too_many_attempts_are_refused_in_our_look(client, prefix):
    responses = [client.post(f"{prefix}{LOGIN}") for _ in range(31)]

    assert [r.status_code for r in responses] == [200] * 30 + [429]
    page = responses[-1].text
    assert f'<html lang="{"hi" if prefix else "en"}">' in page
    assert "css/portal" in page


def test_an_account_is_shut_for_a_while_after_wrong_passwords(client, invented):
    for _ in range(5):
        sign_in(client, invented, "not the password")

    page = sign_in(client, invented).text

    assert "Wait five minutes" in page
    assert "_auth_user_id" not in client.session


def test_a_post_that_ended_opens_nothing(client, real):
    place = real.current_appointments[0].district
    plan = make.plan(Status.DRAFT, place)
    real.appointments.update(until=timezone.localdate() - dt.timedelta(days=1))

    sign_in(client, real)

    former = User.objects.get(pk=real.pk)
    assert client.get("/desk/").status_code == 200
    assert not former.charge()
    assert not former.may(Action.EDIT, plan)
    assert client.get(reverse("desk:plan", args=[plan.pk])).status_code == 404
    page = reverse("desk:district", args=[place.state.slug, place.slug])
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("name", "signed_in"),
    [
        ("account_login", False),
        ("account_inactive", False),
        ("account_signup", False),
        ("account_reset_password", False),
        ("account_reset_password_done", False),
        ("account_reset_password_from_key_done", False),
        ("account_email_verification_sent", False),
        ("account_logout", True),
        ("account_email", True),
        ("account_change_password", True),
        ("account_reauthenticate", True),
        ("mfa_index", True),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_every_page_of_sign_in_is_in_our_look(
    client, invented, name, signed_in, prefix
):
    if signed_in:
        client.force_login(invented)

    response = client.get(prefix + reverse(name))

    assert response.status_code == 200
    assert f'<html lang="{"hi" if prefix else "en"}">' in response.text
    assert "css/portal" in response.text
    assert ('<body class="desk">' in response.text) is signed_in


def test_links_that_no_longer_hold_say_so(client):
    spent = ["/accounts/password/reset/key/1-abc-def/", "/accounts/confirm-email/x:y/"]

    pages = [client.get(address, follow=True).text for address in spent]

    assert all("This link holds no longer" in page for page in pages)
