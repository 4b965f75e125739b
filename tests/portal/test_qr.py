"""QR codes: a path that fills exactly the dark modules."""

import re

import pytest
import segno

from portal.qr import QR, QUIET

ADDRESS = "https://portal.example/verify/" + "a1" * 32 + "/"


def dark(qr):
    """The modules that the path fills."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", qr.path)
    assert "".join(f"M{x} {y}h{n}v1h-{m}z" for x, y, n, m in runs) == qr.path
    return {
        (int(x) + step, int(y))
        for x, y, length, _ in runs
        for step in range(int(length))
    }


@pytest.mark.parametrize("text", [ADDRESS, "a", "मुरादाबाद"])
def test_the_path_fills_the_dark_modules_and_no_others(text):
    matrix = segno.make(text, error="m", micro=False).matrix

    qr = QR.of(text)

    wanted = {
        (x + QUIET, y + QUIET)
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    }
    assert dark(qr) == wanted
    assert qr.size == len(matrix) + 2 * QUIET


def test_the_picture_has_the_size_of_the_code():
    qr = QR.of(ADDRESS)

    assert f'viewBox="0 0 {qr.size} {qr.size}"' in qr.svg
    assert qr.path in qr.svg
