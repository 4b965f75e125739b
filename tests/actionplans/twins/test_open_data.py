"""The page that tells of all twins, and the package that describes them."""

import datetime as dt
import json
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplans.twins.catalogue import LISTS, RECORDS, TABLES
from portal.models import DataVersion
from tests.actionplans.twins.answers import page

pytestmark = pytest.mark.django_db


def test_the_page_of_open_data_tells_every_column(client):
    text = unescape(page(client, "data").text)

    for dataset in (*LISTS, *TABLES):
        assert f'id="{dataset.name}"' in text
        for column in dataset.columns:
            assert f">{column.name}</th>" in text
            assert str(column.meaning) in text
    for one in RECORDS:
        for part in one.parts:
            assert f"<code>{part}</code>" in text


def test_the_page_of_open_data_speaks_hindi(client):
    assert "खुला डेटा" in client.get("/hi/data/").text


def test_who_has_the_data_package_is_told_so(client):
    DataVersion.rise()
    first = client.get(reverse("datapackage"))

    again = client.get(reverse("datapackage"), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    DataVersion.objects.update(changed_at=timezone.now() + dt.timedelta(hours=1))
    assert client.get(reverse("datapackage"))["ETag"] != first["ETag"]


def test_the_data_package_describes_every_table(client, settings):
    settings.DEMO = True
    package = json.loads(client.get(reverse("datapackage")).content)

    assert next(iter(package)) == "demonstration"
    resources = {one["name"]: one for one in package["resources"]}
    assert set(resources) == {one.name for one in (*LISTS, *TABLES)}
    readings = resources["readings"]
    assert readings["path"] == "http://testserver/data/readings.csv"
    assert readings["dialect"] == {"headerRows": [2]}
    types = {field["name"]: field["type"] for field in readings["schema"]["fields"]}
    assert types["value"] == "number"
    assert (types["quarter"], types["is_verified"]) == ("string", "boolean")
    for resource in resources.values():
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert len(names) == len(set(names))
        assert resource["licenses"]
