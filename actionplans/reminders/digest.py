"""One mail with everything that a person is reminded of, as subject and plain text."""

from __future__ import annotations

import datetime as dt
import textwrap
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplans.glance import Place
from actionplans.reminders.due import Thing
from portal.accounts.models import User
from portal.naming import local_name
from portal.numbers import grouped
from portal.periods import written

COLUMNS = 72
# More would not be read in a mail; the worklist has them all.
LINES_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A thing on the rung on which the person is reminded of it."""

    thing: Thing
    rung: int
    on: dt.date
    is_mine: bool

    @property
    def what(self) -> str:
        return self.thing.item.what

    @property
    def detail(self) -> str:
        return self.thing.item.detail

    @property
    def days(self) -> int:
        """How long it is overdue; below zero, how long there still is."""
        return (self.on - self.thing.due_on).days

    @property
    def when(self) -> str:
        if self.days == 0:
            return _("Due today")
        late = ngettext(
            "Was due on %(day)s, %(days)s day ago",
            "Was due on %(day)s, %(days)s days ago",
            self.days,
        )
        ahead = ngettext(
            "Due on %(day)s, in %(days)s day",
            "Due on %(day)s, in %(days)s days",
            -self.days,
        )
        return (late if self.days > 0 else ahead) % {
            "day": written(self.thing.due_on),
            "days": grouped(abs(self.days)),
        }

    @property
    def waits_for(self) -> str:
        """The offices that should do it, for who is only told."""
        if self.is_mine:
            return ""
        return ", ".join(str(role.label) for role in self.thing.roles)

    @property
    def url(self) -> str:
        """Where to do it or, for who is only told, the district's page."""
        if self.is_mine:
            return site_url(self.thing.item.url)
        place = self.thing.item.district
        return site_url(reverse("desk:district", args=[place.state.slug, place.slug]))


@dataclass(frozen=True, slots=True)
class Group:
    """A district with what is due there, oldest first."""

    district: Place
    lines: list[Line]

    @property
    def name(self) -> str:
        return f"{local_name(self.district)}, {local_name(self.district.state)}"


class Digest:
    """What one person is reminded of on a day. Words are in the language set then."""

    def __init__(self, user: User, on: dt.date, lines: list[Line]) -> None:
        self.user = user
        self.on = on
        self.lines = sorted(lines, key=_oldest_first)

    @property
    def subject(self) -> str:
        due, overdue = len(self.lines), sum(line.days > 0 for line in self.lines)
        counts = {"due": grouped(due), "overdue": grouped(overdue)}
        if overdue:
            said = ngettext(
                "%(due)s thing is due in your districts, %(overdue)s overdue",
                "%(due)s things are due in your districts, %(overdue)s overdue",
                due,
            )
        else:
            said = ngettext(
                "%(due)s thing is due in your districts",
                "%(due)s things are due in your districts",
                due,
            )
        return said % counts

    @property
    def text(self) -> str:
        words = {
            "digest": self,
            "worklist_url": site_url(reverse("desk:worklist")),
            "mail_url": site_url(reverse("desk:mail")),
            "demo": settings.DEMO,
        }
        return folded(render_to_string("actionplans/mail/digest.txt", words))

    @property
    def posts(self) -> list[str]:
        """The posts for which the person gets the mail."""
        return [str(post) for post in self.user.current_appointments]

    @cached_property
    def shown(self) -> list[Line]:
        """What is the person's own comes before what they are told of."""
        mine_first = sorted(self.lines, key=lambda line: not line.is_mine)
        return mine_first[:LINES_SHOWN]

    @property
    def left_out(self) -> int:
        return len(self.lines) - len(self.shown)

    @property
    def mine(self) -> list[Group]:
        return grouped_by_district([line for line in self.shown if line.is_mine])

    @property
    def told(self) -> list[Group]:
        return grouped_by_district([line for line in self.shown if not line.is_mine])


def grouped_by_district(lines: list[Line]) -> list[Group]:
    """The district with the oldest thing first."""
    found: dict[int, Group] = {}
    for line in lines:
        place = line.thing.item.district
        found.setdefault(place.pk, Group(place, [])).lines.append(line)
    return list(found.values())


def _oldest_first(line: Line) -> tuple[dt.date, str, str, int]:
    key = line.thing.key
    return line.thing.due_on, line.thing.item.district.name, key.kind, key.thing


def site_url(path: str) -> str:
    return urljoin(settings.SITE_URL, path)


def folded(text: str) -> str:
    """Long lines broken at 72 columns under their own indent; addresses stay whole."""
    return "\n".join(_fold(line) for line in text.strip().splitlines()) + "\n"


def _fold(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    if len(line) <= COLUMNS or "://" in line:
        return line.rstrip()
    return textwrap.fill(
        line.strip(),
        COLUMNS,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
