"""The page of a district on paper."""

import pypdfium2
import pytest

from tests.browser.test_every_page import A_BARE_DISTRICT, A_WHOLE_DISTRICT

SHEETS = 2


@pytest.mark.parametrize("language", ["", "/hi"])
def test_a_district_fits_on_two_sheets(visit, language):
    reader = visit()
    counts = {}
    for district in (A_WHOLE_DISTRICT, A_BARE_DISTRICT):
        reader.open(f"{language}/districts/{district}/")
        printed = reader.page.pdf(prefer_css_page_size=True)
        sheets = pypdfium2.PdfDocument(printed)
        counts[district] = len(sheets)
        mark = "Demonstration" if not language else "प्रदर्शन"
        assert all(mark in sheet.get_textpage().get_text_bounded() for sheet in sheets)

    assert counts[A_WHOLE_DISTRICT] == SHEETS
    assert counts[A_BARE_DISTRICT] <= SHEETS
