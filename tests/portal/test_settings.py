"""What the environment may say, and what the portal answers when it says too little."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from environs import validate

from portal.environment import MOST_BYTES, Environment, fernet_keys, small_picture

REAL_SITE = {
    "PORTAL_SECRET_KEY": "production-0123456789-abcdefghijklmnopqrstuvwxyz-Z",
    "PORTAL_SECOND_FACTOR_KEYS": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    "PORTAL_ALLOWED_HOSTS": "portal.example",
    "PORTAL_CONTACT_EMAIL": "contact@portal.example",
    "PORTAL_EMAIL_HOST": "mail.portal.example",
    "PORTAL_EMAIL_FROM": "portal@portal.example",
    "PORTAL_SITE_URL": "https://portal.example",
}


def start(show="''", **variables):
    """Loads the settings in a process of their own, which then shows an expression."""
    code = f"from portal import settings; print({show})"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
    off = {"PORTAL_DEMO": "off", "PORTAL_DEBUG": "off"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**kept, **off, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def no_file(monkeypatch, tmp_path):
    """No variables but those a test sets."""
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)
    return tmp_path / ".env"


def test_a_real_site_names_everything_that_is_missing_at_once():
    blank = dict.fromkeys(REAL_SITE, "")

    done = start(**blank)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("The portal cannot start.\n")
    assert all(f"{name} cannot be used." in done.stderr for name in REAL_SITE)


def test_a_real_site_starts_when_all_is_set():
    show = "settings.SECURE, settings.SESSION_COOKIE_NAME, settings.DEBUG"

    done = start(show, **REAL_SITE)

    assert done.returncode == 0, done.stderr
    assert done.stdout == "True __Host-sessionid False\n"


def test_a_demonstration_starts_with_its_keys_alone():
    keys = {k: v for k, v in REAL_SITE.items() if "KEY" in k}

    done = start("settings.EMAIL_BACKEND, settings.SECURE", PORTAL_DEMO="on", **keys)

    assert done.stdout == "django.core.mail.backends.console.EmailBackend False\n"


def test_https_is_believed_of_our_proxies_only():
    show = "settings.ALLAUTH_TRUSTED_PROXY_COUNT, hasattr(settings, '{}')".format(
        "SECURE_PROXY_SSL_HEADER"
    )

    alone = start(show, **REAL_SITE, PORTAL_TRUSTED_PROXIES="0")
    behind_one = start(show, **REAL_SITE, PORTAL_TRUSTED_PROXIES="1")

    assert (alone.stdout, behind_one.stdout) == ("0 False\n", "1 True\n")


def test_sqlite_guards_its_triggers_and_queues_its_writers():
    show = "settings.DATABASES['default']['OPTIONS']"

    done = start(show, **REAL_SITE, PORTAL_DATABASE_URL="sqlite:////tmp/other.sqlite3")

    assert "'transaction_mode': 'IMMEDIATE'" in done.stdout
    assert "recursive_triggers=ON" in done.stdout


def test_what_is_not_set_is_named_with_its_purpose(no_file, capsys):
    env = Environment(no_file)
    env.needed(env.str, "KEY", "a long random text")
    env.needed_by_real_sites("HOST", "the name of the site", "x")
    env.int("COUNT", 1)

    with pytest.raises(SystemExit) as end:
        env.finish()

    assert str(end.value).splitlines() == [
        "The portal cannot start.",
        "PORTAL_HOST is missing: it is the name of the site.",
        "PORTAL_KEY is missing: it is a long random text.",
        f"Set them in the environment or in {no_file}.",
    ]


def test_who_only_tries_the_site_need_not_name_its_host(no_file):
    env = Environment(no_file)
    env.is_real_site = False

    host = env.needed_by_real_sites("HOST", "its name", "localhost")
    env.finish()

    assert host == "localhost"


def test_the_environment_wins_over_the_file(no_file, monkeypatch):
    no_file.write_text("PORTAL_OWNER=file\nPORTAL_OTHER=file\n")
    monkeypatch.setenv("PORTAL_OWNER", "process")

    env = Environment(no_file)

    assert (env.str("OWNER"), env.str("OTHER")) == ("process", "file")


@pytest.mark.parametrize("keys", [[], ["short"], ["A" * 43 + "=", "A" * 44]])
def test_keys_that_cannot_encrypt_are_refused(keys):
    with pytest.raises(validate.ValidationError):
        fernet_keys(keys)


def test_collected_files_have_one_build_of_bootstrap():
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415

    from portal.static import StaticFiles  # noqa: PLC0415

    found = {
        path
        for finder in get_finders()
        for path, _ in finder.list(StaticFiles.ignore_patterns)
        if "bootstrap" in Path(path).name
    }

    assert found == {"bootstrap.min.css", "bootstrap.min.css.map"}


def test_an_emblem_stands_only_with_the_office_it_belongs_to(tmp_path):
    picture = tmp_path / "emblem.svg"
    picture.write_text("<svg/>")
    shown = {**REAL_SITE, "PORTAL_EMBLEM": str(picture)}

    alone = start(**shown)
    owned = start("settings.EMBLEM", **shown, PORTAL_OWNER="Directorate")

    assert "PORTAL_OWNER is missing: it is the office whose emblem" in alone.stderr
    assert owned.stdout == f"{picture}\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [("no.txt", b"text"), ("heavy.png", b"x" * (MOST_BYTES + 1)), ("gone.svg", None)],
)
def test_what_is_no_small_picture_is_no_emblem(tmp_path, name, content):
    if content:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(validate.ValidationError):
        small_picture(str(tmp_path / name))
