"""A quarter's workbook in the hands of somebody who fills it."""

from io import BytesIO
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from actionplans.models import Report
from actionplans.preparing import prepare
from actionplans.progress import Kind
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import Q2

FIGURES, ACTIONS, WORDS = "figures", "interventions", "words"


class Filled:
    """The workbook as a spreadsheet program shows it, its cells by what they are."""

    def __init__(self, content):
        self.book = load_workbook(BytesIO(content))

    def page(self, tab):
        """A sheet is known by its keys, however it is called."""
        pages = self.book.worksheets
        return next(p for p in pages if str(p["A1"].value).startswith(f"{tab}:"))

    def columns(self, tab):
        row = self.page(tab)[1]
        return {str(c.value).partition(":")[2]: c.column for c in row if c.value}

    def rows(self, tab):
        return list(range(3, self.page(tab).max_row + 1))

    def row(self, tab, line):
        """The number of the row about a line, or about a district."""
        columns = self.columns(tab)
        key = columns.get("line", columns["district-key"])
        page = self.page(tab)
        return next(n for n in self.rows(tab) if page.cell(n, key).value == line)

    def cell(self, tab, line, key):
        return self.page(tab).cell(self.row(tab, line), self.columns(tab)[key])

    def put(self, tab, line, **values):
        for key, value in values.items():
            self.cell(tab, line, key).value = value

    def figure(self, target, figure=None, **values):
        if figure is not None:
            values["figure"] = figure
        self.put(FIGURES, str(target.line_id), **values)

    def action(self, action, **values):
        self.put(ACTIONS, str(action.line_id), **values)

    def words(self, place, **values):
        self.put(WORDS, place.pk, **values)

    def saved(self):
        found = BytesIO()
        self.book.save(found)
        return found.getvalue()


def ground(on_day, **place):
    """A district with a plan in force that asks for figures of three kinds."""
    on_day(2026, 5, 10)
    plan = make.complete(make.draft(make.district("Baksa", **place)))
    rate = make.target(plan, indicator=make.indicator(Kind.RATE))
    done = make.target(plan, indicator=make.indicator(Kind.DONE), baseline=0, goal=1_00)
    for action in ("submit", "assess", "adopt", "publish"):
        make.step(plan, action)
    on_day(2026, 11, 22)
    stock, other = plan.targets.filter(kind=Kind.STOCK)[:2]
    return SimpleNamespace(
        plan=plan,
        place=plan.district,
        officer=make.holder_of(Role.RA_OFFICER, plan.district),
        stock=stock,
        other=other,
        rate=rate,
        done=done,
        action=plan.interventions.first(),
    )


def downloaded(client, quarter=Q2, **query):
    response = client.get(reverse("desk:workbook", args=[quarter], query=query))
    assert response.status_code == 200, response
    return Filled(response.getvalue())


def sent(client, content, quarter=Q2):
    """What the page says to a workbook, given as bytes or as it was filled."""
    content = content if isinstance(content, bytes) else content.saved()
    file = SimpleUploadedFile("filled.xlsx", content)
    address = reverse("desk:workbooks", args=[quarter])
    return client.post(address, {"file": file}, follow=True)


def tried(client, content, quarter=Q2):
    """The page that shows what the workbook would change."""
    page = sent(client, content, quarter)
    assert "trial" in page.context, page.context["form"].errors
    return page


def faults(page):
    return [str(fault) for fault in page.context["trial"].faults]


def changes(page):
    """Before and after of each change, by what it is about."""
    items = page.context["trial"].items
    return {item.what: (item.theirs, item.mine) for item in items}


def address(page):
    return page.request["PATH_INFO"]


def entry(place, target, quarter=Q2):
    rows = prepare(place, quarter).figures
    return next(row.entry for row in rows if row.target.line_id == target.line_id)


def value(place, target):
    found = entry(place, target)
    return found and found.value


def report(place):
    return Report.objects.get(district=place, quarter=Q2.code)


def other_book():
    found = BytesIO()
    Workbook().save(found)
    return found.getvalue()


def take(client, page, **data):
    """The answer to the button of the page that shows what would change."""
    return client.post(address(page), data, follow=True)
