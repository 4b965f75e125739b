"""Files of every kind that an office may send as evidence, made when needed."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

# What every scanner takes for a virus, and no machine does.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
TABLE = b"Month,Consignments\nJuly,14\nAugust,9\n"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
ORIENTATION, MAKER, GPS, TURNED = 0x0112, 0x010F, 0x8825, 6


def sent(content, name="file.bin", content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type)


def picture(kind="JPEG", size=(60, 40), mode="RGB", **options):
    return drawn(Image.new(mode, size, None), kind, **options)


def photo(kind="JPEG"):
    """As a telephone takes it: lying on its side, with place and maker."""
    said = Image.Exif()
    said[ORIENTATION], said[MAKER] = TURNED, "Telephone of Asha"
    said[GPS] = {1: "N", 2: (26.0, 10.0, 0.0), 3: "E", 4: (91.0, 44.0, 0.0)}
    return picture(kind, exif=said, comment=b"private words")


def drawn(image, kind, **options):
    found = io.BytesIO()
    image.save(found, kind, **options)
    return found.getvalue()


def workbook(**parts):
    """A workbook of one table, with these parts besides; a part of None is left out."""
    book, found = Workbook(), io.BytesIO()
    book.active.append(["Month", "Consignments"])
    book.active["B2"].value = 14
    book.active["A2"].hyperlink = "https://portal.example/"
    book.save(found)
    return repacked(found.getvalue(), parts)


def repacked(content, parts):
    """The zip with these parts instead of its own, or besides."""
    found = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return found.getvalue()
