"""Pictures that people send, drawn anew: what else travelled in the file is gone.

Neither the place nor the time of taking nor the owner of the telephone stays, and
nothing that only looks like a picture.
"""

from __future__ import annotations

import struct
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from portal.uploads import Unfit

STARTS_WITH = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"RIFF": "WEBP",
}
CONTENT_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# Few telephones take larger ones; a few bytes can claim to be any size.
MOST_DOTS = 50_000_000
# A sheet of paper at 300 dots per inch is 3,508 high; more is drawn smaller.
LONGEST_SIDE = 4000
QUALITY = 90


def kind_of(content: bytes) -> str | None:
    """The kind of picture by its first bytes; None if it is none that is taken."""
    kinds = (kind for start, kind in STARTS_WITH.items() if content.startswith(start))
    kind = next(kinds, None)
    return None if kind == "WEBP" and content[8:12] != b"WEBP" else kind


def drawn_anew(content: bytes, kind: str) -> bytes:
    """The picture alone, upright and at most so large; `Unfit` if it is none."""
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_DOTS:
                raise Unfit(_too_large())
            return _drawn(picture, kind)
    except Unfit:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit(_too_large()) from error
    except (OSError, SyntaxError, ArithmeticError, LookupError) as error:
        raise Unfit(_broken()) from error
    except (AttributeError, TypeError, ValueError, struct.error) as error:
        raise Unfit(_broken()) from error


def _drawn(picture: Image.Image, kind: str) -> bytes:
    if picture.mode.startswith("I"):
        # Finer greys than a screen shows would all turn white.
        picture = picture.point(lambda grey: grey / 256).convert("L")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    has_holes = kind != "JPEG" and upright.has_transparency_data
    fresh = upright.convert("RGBA" if has_holes else "RGB")
    fresh.info.clear()
    drawn = BytesIO()
    fresh.save(drawn, format=kind, quality=QUALITY)
    return drawn.getvalue()


def _too_large() -> str:
    return _("This picture has more dots than can be drawn. Take a smaller one.")


def _broken() -> str:
    return _("This picture is broken: it cannot be drawn. Take it again.")
