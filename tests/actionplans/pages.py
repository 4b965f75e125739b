"""What the tests of the public pages share: counts on a page and what they open."""

import re
from html import unescape

from django.urls import reverse

LINK = re.compile(r'<a[^>]*? href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def counts(page):
    """Every link to a list of districts whose words begin with a number, with it."""
    start = reverse("districts")
    found = {}
    for href, words in LINK.findall(page.content.decode()):
        text = re.sub(r"<[^>]*>", " ", words).replace(",", "").split()
        numbers = [word for word in text if word.isdigit()]
        if re.fullmatch(re.escape(start) + r"(\?.*)?", href) and numbers:
            found[unescape(href)] = int(numbers[0])
    return found


def rows(page):
    return page.context["page"].paginator.count


def assert_every_count_opens_its_list(client, address):
    found = counts(client.get(address))
    assert found, "the page has no counts"
    opened = {href: rows(client.get(href)) for href in found}
    assert opened == found
