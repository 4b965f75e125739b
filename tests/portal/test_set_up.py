"""Setting up can be repeated, and then takes no time."""

from unittest import mock

import pytest

from portal.management.commands import set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(monkeypatch, settings):
    """The commands that are called, none of which runs."""
    settings.DEMO = True
    command = mock.Mock()
    monkeypatch.setattr(set_up, "call_command", command)
    return lambda: [call.args[0] for call in command.call_args_list]


def run(**options):
    set_up.Command().handle(**{"full": False, **options})


def test_an_empty_database_gets_everything(called):
    run()

    assert called() == [
        "migrate",
        "createcachetable",
        "load_register",
        "load_demo",
        "demo_accounts",
    ]


def test_what_is_loaded_is_not_loaded_again(called, django_user_model):
    run()
    django_user_model.objects.create_user("officer@portal.example", name="Officer")

    run()

    assert called()[5:] == ["migrate", "createcachetable", "demo_accounts"]


def test_new_facts_are_loaded(called, monkeypatch):
    run()
    monkeypatch.setattr(set_up, "register_digest", lambda: "another")

    run()

    assert called().count("load_register") == 2


def test_a_real_site_gets_no_invented_people(called, settings):
    settings.DEMO = False

    run()

    assert called() == ["migrate", "createcachetable", "load_register"]
