"""What tests of twins ask, and how they read the answers."""

import csv
import io
import json

from django.urls import reverse

from portal.models import DataVersion


def fetched(client, name, end="json", args=None, **query):
    DataVersion.rise()
    response = client.get(reverse(f"{name}-{end}", kwargs=args, query=query))
    assert response.status_code == 200, response.content
    return response.getvalue().decode("utf-8-sig")


def record(client, name, args=None, **query):
    return json.loads(fetched(client, name, args=args, **query))


def rows(client, name, args=None, **query):
    return record(client, name, args, **query)["rows"]


def lines(client, name, args=None, **query):
    text = fetched(client, name, "csv", args, **query)
    return list(csv.DictReader(io.StringIO(text.split("\n", 1)[1])))


def page(client, name, args=None, **query):
    DataVersion.rise()
    return client.get(reverse(name, kwargs=args, query=query))


def way(place):
    return {"state": place.state.slug, "district": place.slug}


def shown(row):
    """A row as the cells of a CSV have it."""
    texts = {True: "true", False: "false", None: ""}
    return {
        name: "|".join(value)
        if isinstance(value, list)
        else texts.get(value, value)
        if isinstance(value, bool | None)
        else str(value)
        for name, value in row.items()
    }


def iso(day):
    return day and day.isoformat()


def dash(number):
    """As pages show a count, for which they have a dash if there is none."""
    return "\N{EN DASH}" if number is None else str(number)


def decimal(hundredths):
    return hundredths if hundredths is None else f"{hundredths / 100:g}"


def assert_same_targets(found, targets):
    assert [
        (row["indicator"], row["goal"], row["actual"], row["expected"], row["progress"])
        for row in found
    ] == [
        (
            line.standing.target.indicator.name,
            decimal(line.standing.target.goal),
            decimal(line.standing.result.actual),
            decimal(line.standing.result.expected_value),
            line.standing.result.verdict,
        )
        for line in targets.lines
    ]


def assert_same_actions(found, actions):
    assert [(r["action"], r["due_on"], r["budget"], r["status"]) for r in found] == [
        (
            line.intervention.action,
            iso(line.moves.due_on),
            line.intervention.budget,
            line.status,
        )
        for line in actions
    ]
