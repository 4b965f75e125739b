"""Pictures that people send, and what is left of them."""

import io

import pytest
from PIL import Image

from portal import pictures
from portal.uploads import Unfit
from tests import files

KINDS = ["JPEG", "PNG", "WEBP"]


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_stands_upright_and_says_nothing_of_its_taking(kind):
    content = files.photo(kind)

    found = opened(pictures.drawn_anew(content, pictures.kind_of(content)))

    assert opened(content).size == (60, 40)
    assert (found.format, found.size) == (kind, (40, 60))
    assert not dict(found.getexif())
    assert not {"comment", "exif", "xmp", "icc_profile"} & set(found.info)


def test_words_and_other_files_behind_a_picture_are_gone():
    content = files.picture("PNG") + b"PK\x03\x04 something else"

    assert b"something else" not in pictures.drawn_anew(content, "PNG")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_to_draw_is_taken(mode):
    content = files.picture("PNG", mode=mode)

    assert opened(pictures.drawn_anew(content, "PNG")).size == (60, 40)


def test_holes_stay_holes_where_the_kind_has_them():
    content = files.drawn(Image.new("RGBA", (5, 5), (9, 9, 9, 0)), "PNG")

    assert opened(pictures.drawn_anew(content, "PNG")).getpixel((2, 2))[3] == 0


def test_fine_greys_stay_grey():
    content = files.drawn(Image.new("I;16", (5, 5), 30_000), "PNG")

    assert opened(pictures.drawn_anew(content, "PNG")).getpixel((2, 2)) == (117,) * 3


def test_a_large_picture_is_drawn_smaller():
    content = files.picture(size=(6000, 300))

    assert opened(pictures.drawn_anew(content, "JPEG")).size == (4000, 200)


@pytest.mark.parametrize("side", [8_000, 60_000])
def test_a_picture_that_claims_too_many_dots_is_never_drawn(side, monkeypatch):
    """A header of a few bytes is enough to claim them."""
    content = files.drawn(Image.new("1", (side, 8_000)), "PNG")
    monkeypatch.setattr(Image.Image, "thumbnail", lambda *_: pytest.fail("drawn"))

    with pytest.raises(Unfit, match="more dots"):
        pictures.drawn_anew(content, "PNG")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cut", [20, 60])
def test_half_a_picture_is_refused(kind, cut):
    content = files.drawn(Image.effect_noise((60, 40), 50), kind)

    with pytest.raises(Unfit, match="broken"):
        pictures.drawn_anew(content[: len(content) * cut // 100], kind)


@pytest.mark.parametrize(
    "content", [b"RIFF0000WAVE", b"GIF89a", b"", b"<svg/>", b"BM1234"]
)
def test_other_kinds_are_none(content):
    assert pictures.kind_of(content) is None
