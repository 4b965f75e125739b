"""One line of JSON for each record; nothing personal in it."""

import json
import logging
import sys

import pytest
from django.http import HttpResponse
from django.urls import resolve, reverse

from portal.logs import JSONFormatter, access_log, request_id


@pytest.fixture
def lines(caplog):
    """What was logged about requests, as the log would show it."""
    caplog.set_level(logging.INFO, logger="portal.access")
    return lambda: [
        json.loads(JSONFormatter().format(record))
        for record in caplog.records
        if record.name == "portal.access"
    ]


def record(message="told", **extra):
    made = logging.makeLogRecord({"name": "portal", "msg": message})
    vars(made).update(extra)
    return json.loads(JSONFormatter().format(made))


def test_a_record_is_one_line_of_json():
    line = record("पहली\nपंक्ति", district=12)

    assert line["message"] == "पहली\nपंक्ति"
    assert line["district"] == 12
    assert "\n" not in JSONFormatter().format(logging.makeLogRecord({"msg": "a\nb"}))


def test_a_failure_carries_its_traceback():
    try:
        raise ValueError("broken")
    except ValueError:
        line = record(exc_info=sys.exc_info())

    assert line["traceback"].endswith("ValueError: broken")


def test_a_record_within_a_request_names_it():
    token = request_id.set("abc")
    try:
        assert record()["request_id"] == "abc"
    finally:
        request_id.reset(token)
    assert "request_id" not in record()


def test_a_request_is_one_line(client, lines):
    response = client.get(reverse("health") + "?q=private")

    (line,) = lines()
    assert line["method"] == "GET"
    assert line["path"] == "/health/"
    assert line["status"] == 200
    assert line["ms"] >= 0
    assert line["user"] is None
    assert "private" not in json.dumps(line)
    assert len(response["X-Request-ID"]) == 32


def test_an_id_is_taken_from_our_own_proxy_only(client, settings):
    def given():
        headers = {"X-Request-ID": "from-outside"}
        return client.get(reverse("health"), headers=headers)["X-Request-ID"]

    settings.TRUSTED_PROXIES = 0
    assert given() != "from-outside"
    settings.TRUSTED_PROXIES = 1
    assert given() == "from-outside"


def test_an_id_that_could_forge_a_line_is_not_taken(client, settings):
    settings.TRUSTED_PROXIES = 1

    response = client.get(reverse("health"), headers={"X-Request-ID": 'a"} {"b": "c'})

    assert '"' not in response["X-Request-ID"]


def test_an_address_that_works_like_a_password_is_not_logged(rf, lines):
    path = reverse("account_reset_password_from_key", args=["1", "abc-0123456789"])
    request = rf.get(path)
    request.resolver_match = resolve(path)

    access_log(lambda request: HttpResponse())(request)

    assert "0123456789" not in lines()[0]["path"]
