"""The adopted plan as PDF/UA: made from sealed bytes, in two scripts, of any text."""

import datetime as dt
import json
import re
import unicodedata
from io import BytesIO

import pypdf
import pypdfium2
import pytest
from django.conf import settings as site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from actionplans.models import Erratum, SectionCode
from actionplans.paper import paper_of, pdf, press
from actionplans.paper.letters import UNKNOWN, covered, legible
from portal.terms import Action, Confirmation, Role, Status
from tests import make
from tests.actionplans.tampering import tamper

pytestmark = pytest.mark.django_db
HINDI = (
    "मुरादाबाद जिले के निर्यात के आँकड़े: क्षेत्र, त्रिकोण, ज्ञान, श्रम, कर्तृत्व। "
    "वर्ष की मात्रा में वृद्धि हुई है और उद्योगों को लाभ हुआ है। " * 3
).strip()
DARK = 128


def address(plan, name="plan-pdf"):
    place = plan.district
    return reverse(name, args=[place.state.slug, place.slug, plan.number])


def download(client, plan, prefix="", **headers):
    answer = client.get(prefix + address(plan), headers=headers)
    return answer, b"".join(answer) if answer.streaming else answer.content


def adopted(change=lambda plan: None):
    """A published plan that was changed while it was a draft."""
    plan = make.complete(make.draft())
    change(plan)
    for action in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(plan, action)
    return plan


def in_hindi(plan):
    plan.sections.filter(code=1).update(body=HINDI)


def pages(content):
    document = pypdfium2.PdfDocument(content)
    try:
        found = []
        for page in document:
            text = page.get_textpage()
            found.append(text.get_text_range())
            text.close()
            page.close()
        return found
    finally:
        document.close()


def words(content):
    """All that can be copied out of it, with one space between words."""
    return re.sub(r"\s+", " ", " ".join(pages(content)).replace("\u200b", ""))


def catalog(content):
    return pypdf.PdfReader(BytesIO(content)).trailer["/Root"]


def test_the_pdf_says_what_was_sealed(client):
    plan = adopted()

    answer, content = download(client, plan)

    assert answer["Content-Type"] == "application/pdf"
    text = words(content)
    for code in SectionCode:
        assert f"{int(code)}. {code.label}" in text
    action, target = plan.interventions.first(), plan.targets.first()
    for said in (
        plan.district.name,
        plan.period,
        "No. 1: The plan is adopted.",
        action.action,
        "₹ 85 lakh",
        target.indicator.name,
        "10 units",
        "50 units",
        target.verification,
        "Samples travel eleven days to be tested.",
        plan.seal.sha256,
    ):
        assert said in text


def test_seal_and_address_can_be_copied_out_of_it(client):
    plan = adopted()

    _answer, content = download(client, plan)

    text = "".join(pages(content)[0].split())
    seal = reverse("seal", args=[plan.seal.sha256])
    assert plan.seal.sha256 in pages(content)[0]
    assert f"http://testserver{seal}" in text
    links = [
        note.get_object()["/A"]["/URI"]
        for page in pypdf.PdfReader(BytesIO(content)).pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    ]
    assert set(links) == {f"http://testserver{seal}"}


def test_nothing_in_it_comes_from_the_rows(client):
    plan = adopted()
    tamper("plansection", "UPDATE {table} SET body = 'Typed in later.'")
    tamper("target", "UPDATE {table} SET verification = 'Typed in later.'")

    _answer, content = download(client, plan)

    assert "Typed in later" not in words(content)
    assert "Plain words." in words(content)


def test_it_is_pdf_ua_with_title_language_and_tags(client):
    plan = adopted()

    for prefix, language in (("", "en"), ("/hi", "hi")):
        _answer, content = download(client, plan, prefix)
        root = catalog(content)
        metadata = root["/Metadata"].get_data().decode()
        assert re.search(r"pdfuaid:part>1<|pdfuaid:part=.1.", metadata)
        assert root["/MarkInfo"]["/Marked"].value is True
        assert "/StructTreeRoot" in root
        assert root["/Lang"].startswith(language)
        title = pypdf.PdfReader(BytesIO(content)).metadata.title
        assert plan.district.name in title
        assert plan.period.split()[0] in title


def tags(node):
    """Every element of the structure that a screen reader follows."""
    node = node.get_object()
    if not isinstance(node, dict):
        return
    if "/S" in node:
        yield node
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        yield from tags(child)


def test_a_screen_reader_finds_headings_tables_and_what_the_picture_is(client):
    plan = adopted()

    _answer, content = download(client, plan)

    found = list(tags(catalog(content)["/StructTreeRoot"]))
    kinds = [str(node["/S"]) for node in found]
    assert {"/Title", "/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Figure"} <= set(
        kinds
    )
    # Contents, eleven sections, the record.
    assert kinds.count("/H1") == 13
    (picture,) = [node for node in found if node["/S"] == "/Figure"]
    assert picture["/Alt"].startswith("QR code with the address")


def test_pages_are_numbered_and_bear_the_seal(client):
    plan = adopted()

    _answer, content = download(client, plan)

    found = pages(content)
    for number, text in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in text
        assert plan.seal.sha256[:12] in text


def test_devanagari_reads_as_it_was_written(client):
    plan = adopted(in_hindi)

    for prefix in ("", "/hi"):
        _answer, content = download(client, plan, prefix)
        assert HINDI in words(content)


def test_labels_speak_the_language_of_the_address(client):
    plan = adopted()

    _answer, content = download(client, plan, "/hi")

    with translation.override("hi"):
        label = SectionCode.DISTRICT.label
    assert f"1. {label}" in words(content)
    assert "District profile" not in words(content)


def fonts_of(content):
    found = {}
    for page in pypdf.PdfReader(BytesIO(content)).pages:
        for reference in page["/Resources"].get("/Font", {}).values():
            font = reference.get_object()
            inner = font["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            name = str(font["/BaseFont"]).partition("+")[2]
            files = {"/FontFile2", "/FontFile3"} & set(descriptor)
            found[name.partition("-Identity")[0]] = bool(files)
    return found


def test_our_fonts_and_no_others_are_embedded(client):
    plan = adopted(in_hindi)

    _answer, content = download(client, plan)

    found = fonts_of(content)
    assert {"NotoSans-Regular", "NotoSans-Bold", "NotoSansDevanagari-Regular"} <= set(
        found
    )
    assert all(name.startswith("NotoSans") for name in found)
    assert all(found.values())


def ink(content, page):
    """The rows of the page that have ink, as rows of grey."""
    document = pypdfium2.PdfDocument(content)
    try:
        bitmap = document[page].render(scale=1, grayscale=True, draw_annots=False)
        data, width = bytes(bitmap.buffer), bitmap.stride
        rows = [data[at : at + width] for at in range(0, len(data), width)]
        bitmap.close()
        return [row for row in rows if min(row[: bitmap.width]) < DARK]
    finally:
        document.close()


def test_devanagari_is_drawn_and_not_as_boxes(client):
    """Words of different letters look different; boxes would all be the same."""
    seen = []
    for word in ("क्षत्र", "त्रक्ष", "क ष त र"):
        plan = adopted(lambda p, w=word: p.sections.filter(code=1).update(body=w * 40))
        _answer, content = download(client, plan)
        first = next(n for n, t in enumerate(pages(content)) if "\n1. " in f"\n{t}")
        assert first
        seen.append(tuple(ink(content, 2)))

    assert all(len(rows) > 20 for rows in seen)
    assert len(set(seen)) == 3


def test_the_same_seal_gives_the_same_bytes(client, settings, tmp_path):
    plan = adopted(in_hindi)
    _answer, first = download(client, plan)
    settings.MEDIA_ROOT = tmp_path / "another"

    _answer, second = download(client, plan)

    assert first == second
    stamp = pypdf.PdfReader(BytesIO(first)).metadata.creation_date
    assert stamp == plan.seal.sealed_at.replace(microsecond=0)


HOSTILE = [
    '#import "@preview/x:1.0.0": *',
    '#panic("no") #read("/etc/passwd") #eval("1")',
    "$x$ $ sum_(i=1)^n $ `raw` *bold* _it_ = Heading\n== Two <label> @ref // no",
    "[ ] { } ( ) \\ \\u{41} ~ --- ... https://example.org 'quotes' \"double\"",
    "W" * 2000,
    "x\r\ny\rz\u2028a\u2029b\tc\x0bd\x1be",
    "emoji \U0001f600 \U0001f468\u200d\U0001f469 and 漢字 and العربية",
    "தமிழ் తెలుగు ಕನ್ನಡ മലയാളം বাংলা ગુજરાતી ਪੰਜਾਬੀ ଓଡ଼ିଆ",
    "e\u0301 \u202eright to left\u202c \ufeff \ufffd \ufffe \U000e0001",
    "%PDF /Type << >> stream endobj",
    "{{ plan }} {% load i18n %} <script>alert(1)</script> &amp;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_somebody_typed_is_text(client, text):
    def everywhere(plan):
        body = f"{text}\n\n" + "Plain words. " * 10
        plan.sections.filter(code__in=[1, 3]).update(body=body)
        plan.sections.filter(code=2).update(body="", not_applicable=text[:300])
        plan.bottlenecks.update(text=text[:300], unblock=text[:300])
        plan.interventions.update(action=text[:300], due_moved=text[:300])
        plan.targets.update(explanation=text[:500], verification=text[:200])

    plan = adopted(everywhere)

    answer, content = download(client, plan)

    assert answer.status_code == 200
    assert catalog(content)["/MarkInfo"]["/Marked"].value is True
    assert bare(legible(unicodedata.normalize("NFC", text))) in bare(words(content))


def bare(text):
    """Without spaces, and without signs that have no shape."""
    return "".join(
        c for c in text if not c.isspace() and unicodedata.category(c) != "Cf"
    )


def test_letters_without_a_font_are_told(client):
    plan = adopted(lambda p: p.sections.filter(code=1).update(body="漢字 " * 60))

    _answer, content = download(client, plan)

    assert "A letter for which this document has no font" in words(content)
    _answer, content = download(client, adopted())
    assert "A letter for which this document has no font" not in words(content)


def test_the_scripts_of_india_have_fonts():
    for text in HOSTILE[7].split():
        assert UNKNOWN not in legible(text), text
    usual = "₹ 1,234 \u2013 “निर्यात” \u2212 ५०"
    assert legible(usual) == usual
    assert legible("a → b ≥ 3 ● x") == "a -> b >= 3 • x"
    assert ord("漢") not in covered()


def test_line_breaks_and_paragraphs_are_kept(client):
    body = "First line\nsecond line\n\nAnother paragraph " + "of words " * 30
    plan = adopted(lambda p: p.sections.filter(code=1).update(body=body))

    _answer, content = download(client, plan)

    text = "\n".join(pages(content)).replace("\r\n", "\n")
    assert "First line\nsecond line\nAnother paragraph of words" in text


def full(plan):
    """Thirty targets and forty interventions."""
    chosen = list(plan.products.all())
    for number in range(26):
        make.target(plan, chosen[number % 2])
    for number in range(38):
        make.intervention(
            plan, chosen[number % 2], action=f"Long action {number}. " * 12
        )


def test_a_large_plan_fits_and_numbers_its_parts(client):
    plan = adopted(full)

    _answer, content = download(client, plan)

    text = words(content)
    assert "T30" in text
    assert "I40" in text
    assert "T31" not in text
    with CaptureQueriesContext(connection) as queries:
        download(client, plan)
    assert len(queries) == 2


def test_parts_name_each_other_by_their_numbers(client):
    def tied(plan):
        action = plan.interventions.first()
        action.bottleneck = plan.bottlenecks.first()
        action.save()
        action.targets.set(plan.targets.filter(plan_product=action.plan_product))

    plan = adopted(tied)

    _answer, content = download(client, plan)

    text = words(content)
    assert "Against the bottleneck: B1 · For the targets: T1, T2" in text
    assert "Interventions: I1" in text
    assert "Interventions: none" in text


def erratum(plan, status, **values):
    by, other = (
        make.holder_of(role, plan.district).current_appointments[0]
        for role in (Role.CONVENER, Role.RA_OFFICER)
    )
    decided = status != Confirmation.WAITING
    return Erratum.objects.create(
        plan=plan,
        district=plan.district,
        section=SectionCode.DISTRICT,
        reason="A typing error.",
        recorded_by=by,
        status=status,
        decided_by=other if decided else None,
        decided_at=timezone.now() if decided else None,
        **values,
    )


def test_confirmed_errata_are_listed_and_make_another_pdf(client):
    plan = adopted()
    before, _content = download(client, plan)
    erratum(plan, Confirmation.CONFIRMED, wrong="Plain words", right="Clear words")
    erratum(plan, Confirmation.WAITING, wrong="Plain", right="Still waiting")
    erratum(plan, Confirmation.REFUSED, wrong="Plain", right="Was refused")

    after, content = download(client, plan)

    text = words(content)
    assert "Errata" in text
    assert "Not part of the sealed text." in text
    assert "Clear words" in text
    assert "Still waiting" not in text
    assert "Was refused" not in text
    assert before["ETag"] != after["ETag"]


def test_a_demonstration_says_so_on_every_page(client, settings):
    plan = adopted()
    settings.DEMO = True
    answer, content = download(client, plan)
    assert all("DEMONSTRATION" in text for text in pages(content))
    assert "demonstration-" in answer["Content-Disposition"]

    settings.DEMO = False
    answer, content = download(client, plan)
    assert "DEMONSTRATION" not in words(content)
    assert "demonstration" not in answer["Content-Disposition"]


def test_it_is_made_once_and_who_has_it_is_told(client, monkeypatch):
    plan = adopted()
    answer, content = download(client, plan)
    monkeypatch.setattr(press.typst, "compile", None)

    again, same = download(client, plan)
    unchanged, nothing = download(client, plan, **{"if-none-match": answer["ETag"]})

    assert same == content
    assert again["ETag"] == answer["ETag"]
    assert (unchanged.status_code, nothing) == (304, b"")


def test_another_edition_of_the_fonts_makes_another_pdf(client, monkeypatch):
    plan = adopted()
    answer, _content = download(client, plan)
    monkeypatch.setattr(press, "_letters", lambda: b"another edition")

    again, _content = download(client, plan)

    assert again["ETag"] != answer["ETag"]


def test_a_failed_printing_leaves_nothing_half_done(client, monkeypatch, settings):
    plan = adopted()
    paper = paper_of(plan.seal, [], "https://portal.example/")
    place = pdf(paper)
    whole = place.read_bytes()
    place.unlink()
    assert list(place.parent.iterdir()) == []

    assert pdf(paper).read_bytes() == whole
    assert [path.name for path in place.parent.iterdir()] == [place.name]


@pytest.mark.parametrize("name", ["plan-pdf", "plan-print"])
@pytest.mark.parametrize("status", [Status.ADOPTED, Status.ANNULLED])
def test_only_public_versions_are_printed_for_everybody(client, name, status):
    plan = make.plan(status)

    assert client.get(address(plan, name)).status_code == 404


@pytest.mark.parametrize("name", ["plan-pdf", "plan-print"])
def test_a_changed_text_is_not_printed_under_its_seal(client, name):
    plan = adopted()
    tamper("seal", "UPDATE {table} SET body = 'no JSON at all'")

    answer = client.get(address(plan, name), follow=True)

    assert answer.redirect_chain == [(reverse("seal", args=[plan.seal.sha256]), 302)]
    assert "<b>The stored bytes do not give this hash.</b>" in answer.text


@pytest.mark.parametrize("name", ["plan-pdf", "plan-print"])
def test_a_plan_without_seal_has_no_paper(client, name):
    plan = make.plan(Status.UNSTRUCTURED)

    assert client.get(address(plan, name)).status_code == 404


def test_the_desk_prints_a_plan_before_it_is_published(client):
    plan = make.plan(Status.ADOPTED)
    client.force_login(make.official(Role.MEMBER, plan.district))

    answer = client.get(reverse("desk:plan-pdf", args=[plan.pk]))

    assert plan.seal.sha256 in words(b"".join(answer))
    assert answer["Cache-Control"] == "private, no-cache"
    assert (
        reverse("desk:plan-pdf", args=[plan.pk])
        in client.get(reverse("desk:plan", args=[plan.pk])).text
    )


def test_the_desk_has_nothing_to_print_of_a_draft(client):
    plan = make.plan(Status.DRAFT)
    client.force_login(make.official(Role.CONVENER, plan.district))

    assert client.get(reverse("desk:plan-pdf", args=[plan.pk])).status_code == 404


def test_the_page_to_print_has_the_sealed_text(client):
    plan = adopted(in_hindi)
    erratum(plan, Confirmation.CONFIRMED, wrong="Plain words", right="Clear words")
    tamper("target", "UPDATE {table} SET verification = 'Typed in later.'")

    text = client.get(address(plan, "plan-print")).text

    for said in (
        HINDI,
        plan.seal.sha256,
        plan.interventions.first().action,
        "₹ 85 lakh",
        "Register of the District Industries Centre",
        "Clear words",
        'role="img"',
    ):
        assert said in text
    assert "Typed in later" not in text


def test_the_page_to_print_escapes_what_somebody_typed(client):
    plan = adopted(lambda p: p.interventions.update(action="<script>x</script>"))

    text = client.get(address(plan, "plan-print")).text

    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text


def test_every_word_that_the_paper_says_of_itself_is_used():
    folder = site.BASE_DIR / "templates"
    names = ("documents/plan.typ", "actionplans/plan_print.html")
    template = "".join((folder / name).read_text() for name in names)
    plan = make.plan(Status.ADOPTED)
    paper = paper_of(plan.seal, [], "https://portal.example/")

    unused = [word for word in paper.words if f"words.{word}" not in template]
    assert unused == []
    assert json.loads(plan.seal.body)["district"] == paper.district
    assert isinstance(paper.sealed_at, dt.datetime)
