"""What whoever watches the process is told."""

from unittest import mock

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from portal import health


@pytest.fixture(autouse=True)
def _looks_anew():
    health.find_problems.cache_clear()


def test_alive_asks_nothing_of_the_database(client):
    response = client.get(reverse("health"))

    assert response.json() == {"alive": True}


@pytest.mark.django_db
def test_ready_when_all_migrations_and_triggers_are_there(client):
    response = client.get(reverse("ready"))

    assert response.status_code == 200
    assert response.json() == {"ready": True, "problems": []}


@pytest.mark.django_db
def test_not_ready_without_a_migration(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    response = client.get(reverse("ready"))

    assert response.status_code == 503
    assert response.json()["problems"] == [
        "The migration sessions.0001_initial is not applied."
    ]


@pytest.mark.django_db
def test_not_ready_without_a_trigger(client):
    with mock.patch.object(health, "missing_triggers", return_value=["plan_no_delete"]):
        response = client.get(reverse("ready"))

    assert response.status_code == 503
    assert response.json()["problems"] == ["The trigger plan_no_delete is missing."]


@pytest.mark.django_db
def test_a_stranger_who_keeps_asking_makes_no_work(client, monkeypatch):
    monkeypatch.setattr(health, "SECONDS_KEPT", 3600)
    client.get(reverse("ready"))

    with mock.patch.object(health, "missing_triggers") as looked:
        response = client.get(reverse("ready"))

    assert response.json()["ready"]
    assert not looked.called


def test_not_ready_without_a_database(client):
    failing = mock.patch.object(
        health, "unapplied_migrations", side_effect=DatabaseError("secret.example:5432")
    )
    with failing:
        response = client.get(reverse("ready"))

    assert response.status_code == 503
    assert response.json()["problems"] == ["The database does not answer."]


@pytest.mark.parametrize("name", ["health", "ready"])
def test_health_is_read_and_never_written(client, name):
    assert client.post(reverse(name)).status_code == 405
    assert not reverse(name).startswith("/hi/")
