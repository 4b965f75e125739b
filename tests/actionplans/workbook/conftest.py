"""An officer with a district whose workbook is downloaded."""

import pytest

from tests.actionplans.workbooks import downloaded, ground


@pytest.fixture
def made(on_day):
    return ground(on_day)


@pytest.fixture
def book(client, made):
    client.force_login(made.officer)
    return downloaded(client)
