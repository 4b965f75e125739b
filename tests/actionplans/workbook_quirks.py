"""What spreadsheet programs do to a workbook when they save it, done by hand."""

import io
import re
import zipfile
from xml.sax.saxutils import escape

SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")


def rewritten(content, change):
    """The workbook with each of its sheets changed by a function of text."""
    found = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            text = old.read(part)
            if SHEET.fullmatch(part.filename):
                text = change(text.decode()).encode()
            new.writestr(part.filename, text)
    return found.getvalue()


def shared_strings(content):
    """As Excel writes text: in a part of its own, by numbers."""
    said = []

    def change(text):
        def share(found):
            said.append(found[2])
            return f'<c {found[1]}t="s"><v>{len(said) - 1}</v></c>'

        return re.sub(r'<c ([^>]*?)t="inlineStr"><is>(.*?)</is></c>', share, text)

    changed = rewritten(content, change)
    items = "".join(f"<si>{one}</si>" for one in said)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_part(changed, "sharedStrings", f'<sst xmlns="{main}">{items}</sst>')


def with_part(content, name, text):
    """With a further part, and the word of it that the workbook needs."""
    found = io.BytesIO()
    spoken = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{name}+xml"
    word = f'<Override PartName="/xl/{name}.xml" ContentType="{spoken}"/></Types>'
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename == f"xl/{name}.xml":
                continue
            said = old.read(part).decode()
            if part.filename == "[Content_Types].xml" and spoken not in said:
                said = said.replace("</Types>", word)
            new.writestr(part.filename, said)
        new.writestr(f"xl/{name}.xml", text)
    return found.getvalue()


def text_numbers(content):
    """Every number as text, as after a paste from a web page."""

    def change(text):
        return re.sub(
            r'<c ([^>]*?)t="n"><v>([^<]+)</v></c>',
            r'<c \1t="str"><v>\2</v></c>',
            text,
        )

    return rewritten(content, change)


def without_styles(content):
    """No formats: days are then plain serial numbers, and nothing is locked."""

    def change(text):
        text = re.sub(r'(<c [^>]*?)s="\d+"\s*', r"\1", text)
        return re.sub(r"<sheetProtection[^>]*/>", "", text)

    return rewritten(content, change)


def without_spans(content):
    """Rows that say no more than their number."""

    def change(text):
        return re.sub(r'<row r="(\d+)"[^>]*>', r'<row r="\1">', text)

    return rewritten(content, change)


def with_spaces(content):
    """Text with spaces at its ends, which somebody left there."""
    return rewritten(content, lambda text: text.replace("</t></is>", "  </t></is>"))


def with_dimension(content):
    """A size of the sheet that is wrong, as some programs leave it."""

    def change(text):
        return re.sub(r'<dimension ref="[^"]*"\s*/>', '<dimension ref="A1"/>', text)

    return rewritten(content, change)


def with_values(content, values):
    """Formulas with the values that the program has worked out."""

    def change(text):
        for place, value in values.items():
            text = re.sub(
                rf'(<c r="{place}"[^>]*>)<f>(.*?)</f><v\s*/?>(</v>)?',
                rf"\1<f>\2</f><v>{escape(value)}</v>",
                text,
            )
        return text

    return rewritten(content, change)


ALL = {
    "as it was": lambda content: content,
    "shared strings": shared_strings,
    "numbers as text": text_numbers,
    "no styles": without_styles,
    "no spans": without_spans,
    "spaces": with_spaces,
    "wrong dimension": with_dimension,
}
