"""The rules of the house that a test can keep."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from actionplans.twins.urls import urlpatterns as twins
from portal.diagram import life_of_a_plan

ROOT = Path(settings.BASE_DIR)
CODE = [
    path
    for app in ("portal", "districts", "actionplans")
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SITE = {"portal/urls.py", "portal/settings.py"}
# What each package may import of the others.
MAY_IMPORT = {
    "portal": set(),
    "portal.accounts": {"portal", "districts"},
    "districts": {"portal"},
    "actionplans": {"portal", "portal.accounts", "districts"},
}
# Everything a stranger may open, by the name of its address.
PUBLIC = {
    "about",
    "accessibility",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "admin-login",
    "compare",
    "consultation",
    "consultation-comment",
    "consultations",
    "contact",
    "copyright",
    "data",
    "datapackage",
    "district",
    "districts",
    "emblem",
    "health",
    "help",
    "home",
    "hs",
    "hs-code",
    "method",
    "monitor",
    "plan",
    "plan-changes",
    "plan-pdf",
    "plan-print",
    "plan-version",
    "plans",
    "privacy",
    "product",
    "product-part",
    "products",
    "public-document",
    "ready",
    "regional-authorities",
    "regional-authority",
    "robots",
    "seal",
    "seal-bytes",
    "search",
    "sector",
    "sectors",
    "security",
    "services",
    "sitemap",
    "sitemap-index",
    "sitemap-section",
    "sources",
    "state",
    "states",
    "suggestions",
    "verify",
}


def package(path: Path) -> str:
    accounts = "accounts" in path.parts
    return "portal.accounts" if accounts else path.relative_to(ROOT).parts[0]


def imported(path: Path) -> set[str]:
    """Our packages that the module imports when it runs, not for its types."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    names = chain.from_iterable(
        [node.module or ""]
        if isinstance(node, ast.ImportFrom)
        else [alias.name for alias in node.names]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    )
    found = set()
    for name in names:
        top = name.split(".")[0]
        if top in MAY_IMPORT:
            is_accounts = name.startswith("portal.accounts")
            found.add("portal.accounts" if is_accounts else top)
    return found


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path):
    if str(path.relative_to(ROOT)) not in SITE:
        own = package(path)
        assert imported(path) - {own} <= MAY_IMPORT[own]


def test_files_stay_under_300_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in CODE
        if (lines := len(path.read_text().splitlines())) > 300
    }
    assert long == {}


def test_every_file_comes_in_by_the_one_way():
    """The intake takes a zip that is too large for it: its files go by that way."""
    asks = re.compile(r"forms\.(File|Image)Field\(|\bFILES\[|\bFILES\.get")
    others = [
        str(path.relative_to(ROOT)) for path in CODE if asks.search(path.read_text())
    ]
    assert others == ["actionplans/forms/intake.py"]


def named_patterns(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from named_patterns(entry, namespace + inner)
        elif isinstance(entry, URLPattern):
            yield namespace + (entry.name or ""), entry.callback


def test_the_list_of_public_pages_is_complete_and_no_longer():
    """A page is closed unless its view says otherwise and the list above has it."""
    opened = {
        name
        for name, view in named_patterns(get_resolver())
        if getattr(view, "login_required", True) is False
        and not name.startswith(("admin:", "account_signup", "account_confirm"))
    }
    listed = {n for n in PUBLIC if not n.startswith("account_")}
    listed |= {twin.name for twin in twins}
    assert {n for n in opened if not n.startswith(("account_", "mfa_"))} == listed


def test_every_desk_page_needs_somebody_signed_in():
    for name, view in named_patterns(get_resolver()):
        if name.startswith("desk:"):
            assert getattr(view, "login_required", True), name


def test_every_template_is_used():
    text = "\n".join(path.read_text() for path in [*CODE, *TEMPLATES])
    by_libraries = ("account/", "mfa/", "allauth/", "bootstrap5/", "django/")
    by_django = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    unused = [
        name
        for path in TEMPLATES
        if not (name := str(path.relative_to(ROOT / "templates"))).startswith(
            by_libraries
        )
        and name not in by_django
        and name not in text
    ]
    assert unused == []


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)
def test_templates_have_no_inline_script_style_or_handler(path):
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_partials_say_what_they_take():
    silent = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if path.name.startswith("_") and "Takes" not in path.read_text()[:500]
    ]
    assert silent == []


def test_the_diagram_in_the_readme_is_the_one_of_the_rules():
    assert life_of_a_plan() in (ROOT / "README.md").read_text()


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b")
    left = [str(path) for path in [*CODE, *TEMPLATES] if marks.search(path.read_text())]
    assert left == []
