"""Finds one page of each kind by its links, as a visitor would."""

import re
from html import unescape
from http import HTTPStatus
from itertools import chain, islice

from django.urls import Resolver404, resolve
from django.utils.translation import override

LINK = re.compile(r'href="(/[^"#]*)')
PREFIXES = {"en": "", "hi": "/hi"}
# Within an address, what makes another kind of page of it.
TELLING = ("action", "number", "part")


class Walk:
    """From page to page by links, one page of each kind; several may walk in turn."""

    def __init__(self, language="en", within=""):
        self.language = language
        self.prefix = PREFIXES[language]
        self.within = within
        self.seen = set()

    @property
    def names(self):
        return {name for name, _telling in self.seen}

    def pages(self, visitor, starts, lists=()):
        """Addresses of pages of kinds that nobody has seen, in the order found.

        Of each of the `lists`, also the first page of the name given with it.
        """
        found = list(self._firsts(visitor, lists))
        trodden = set()
        ways = [self.prefix + start for start in starts]
        ways += chain.from_iterable(self.links(visitor, way) for way in found)
        while ways:
            way = ways.pop(0)
            kind = self.kind(way)
            if kind is None or kind in trodden:
                continue
            trodden.add(kind)
            if (links := self.links(visitor, way)) and kind not in self.seen:
                found.append(way)
            ways += links
        self.seen |= {self.kind(way) for way in found}
        return list(dict.fromkeys(found))

    def _firsts(self, visitor, lists):
        for start, name in lists:
            links = self.links(visitor, self.prefix + start)
            wanted = (link for link in links if self.name(link) == name)
            yield from islice(wanted, 1)

    def kind(self, way):
        try:
            with override(self.language):
                match = resolve(way.partition("?")[0])
        except Resolver404:
            return None
        if not match.view_name.startswith(self.within):
            return None
        telling = [str(match.kwargs.get(key, "")) for key in TELLING]
        return match.view_name, tuple(telling)

    def name(self, way):
        kind = self.kind(way)
        return kind and kind[0]

    def links(self, visitor, way):
        """None at all if the page does not open, or is none."""
        answer = visitor.context.request.get(way, max_redirects=0)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if answer.status != HTTPStatus.OK or not is_page:
            return []
        return [unescape(link) for link in LINK.findall(answer.text())]
