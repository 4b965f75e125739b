"""Real questions to the real register."""

import pytest
from django.utils import translation

from districts.models import District
from districts.search import Kind, search
from portal import history
from portal.models import DataVersion
from tests import make

pytestmark = pytest.mark.django_db


def first(answer, kind):
    return answer.groups[kind][0].entry


def found(question):
    return [hit.entry.title for hit in search(question).hits]


@pytest.mark.parametrize(
    ("question", "kind", "title"),
    [
        ("Moradabad", Kind.DISTRICT, "Moradabad"),
        ("Moradbad", Kind.DISTRICT, "Moradabad"),
        ("Bombay", Kind.DISTRICT, "Mumbai City"),
        ("Bombay", Kind.RA, "RA Mumbai"),
        ("Vizag", Kind.DISTRICT, "Visakhapatnam"),
        ("इलाहाबाद", Kind.DISTRICT, "Prayagraj"),
        ("alahabad", Kind.DISTRICT, "Prayagraj"),
        ("बनारस", Kind.DISTRICT, "Varanasi"),
        ("Kutch", Kind.DISTRICT, "Kachchh"),
        ("Bhuj", Kind.DISTRICT, "Kachchh"),
        ("gautambudhnagar", Kind.DISTRICT, "Gautam Buddha Nagar"),
        ("rangareddy", Kind.DISTRICT, "Ranga Reddy"),
        ("Gangapur City", Kind.DISTRICT, "Gangapurcity"),
        ("UP", Kind.STATE, "Uttar Pradesh"),
        ("J&K", Kind.STATE, "Jammu and Kashmir"),
        ("केरल", Kind.STATE, "Kerala"),
        ("RA Kanpur", Kind.RA, "RA Kanpur"),
        ("कानपुर", Kind.RA, "RA Kanpur"),
        ("haldi", Kind.PRODUCT, "Turmeric"),
        ("हल्दी", Kind.PRODUCT, "Turmeric"),
        ("tumeric", Kind.PRODUCT, "Turmeric"),
        ("mirchi", Kind.PRODUCT, "Chilli"),
        ("कॉफी", Kind.PRODUCT, "Coffee"),
        ("banrasi saree", Kind.PRODUCT, "Banaras brocade and silk saree"),
        ("bhadohi carpet", Kind.PRODUCT, "Bhadohi handmade carpet"),
        ("medical value travel", Kind.PRODUCT, "Medical tourism"),
        ("pashmeena", Kind.PRODUCT, "Pashmina"),
        ("0910", Kind.HS_CODE, "0910"),
        ("HS 7418", Kind.HS_CODE, "7418"),
        ("HS 7418", Kind.PRODUCT, "Brassware"),
        ("७४१८", Kind.HS_CODE, "7418"),
        ("09103030", Kind.HS_CODE, "091030"),
        ("saffron", Kind.HS_CODE, "091020"),
        ("haldi", Kind.HS_CODE, "0910"),
        ("copper household articles", Kind.HS_CODE, "7418"),
        ("edible bird eggs", Kind.PRODUCT, "Poultry products"),
        ("edible bird eggs", Kind.HS_CODE, "0407"),
        ("copper cookware", Kind.PRODUCT, "Copperware"),
        ("Bilaspur Chhattisgarh", Kind.DISTRICT, "Bilaspur"),
        ("makhana darbanga", Kind.DISTRICT, "Darbhanga"),
        ("DGFT office Ludhiana", Kind.RA, "RA Ludhiana"),
        ("textiles", Kind.SECTOR, "Textiles"),
        ("वस्त्र", Kind.SECTOR, "Textiles"),
        ("educational services", Kind.SERVICE, "Educational services"),
    ],
)
def test_question_is_answered(register, question, kind, title):
    assert first(search(question), kind).title == title


def test_code_comes_before_the_products_that_bear_it(register):
    assert list(search("0910").groups) == [Kind.HS_CODE, Kind.PRODUCT]


def test_general_trade_words_come_last(register):
    *_, last = search("handicrafts").groups[Kind.PRODUCT]

    assert last.entry.title == "Handicrafts"


def test_former_district_comes_last(register):
    *_, last = search("Jodhpur").groups[Kind.DISTRICT]

    assert last.entry.title == "Jodhpur (Gramin)"


def test_correction_and_other_names_are_said(register):
    assert search("Moradbad").corrected == "Moradabad"
    assert search("haldi").also == ("Turmeric",)


def test_entry_leads_to_its_page_and_says_where_it_is(register):
    entry = first(search("Darbhanga"), Kind.DISTRICT)

    assert entry.href == ("district", "bihar", "darbhanga")
    assert (entry.detail, entry.detail_hi) == ("Bihar", "बिहार")


def test_search_takes_one_query_until_the_data_change(
    register, django_assert_num_queries
):
    DataVersion.rise()
    search("Patna")
    with django_assert_num_queries(1):
        search("Darbhanga")
    with translation.override("hi"), django_assert_num_queries(1):
        search("दरभंगा")


def test_rising_data_version_renews_the_index(register):
    DataVersion.rise()
    assert "Zyxville" not in found("Zyxville")

    make.district("Zyxville", column=99)
    assert "Zyxville" not in found("Zyxville")
    DataVersion.rise()

    assert "Zyxville" in found("Zyxville")


def test_renamed_district_is_found_by_its_new_name(register):
    patna = District.objects.get(slug="patna", state__slug="bihar")
    District.objects.filter(pk=patna.pk).update(name="Zyxville")
    renamed = history.change(patna, "name", "Patna", "Zyxville", reason="Order 7")

    history.record([renamed], by=make.user())

    assert "Zyxville" in found("Zyxville")


def test_what_leaves_the_registers_alone_leaves_the_index(
    register, django_assert_max_num_queries
):
    search("Patna")
    DataVersion.rise()

    with django_assert_max_num_queries(9):
        search("Patna")


def test_index_of_an_undone_change_is_not_used_again(register):
    """A version that was rolled back may come again, with other data."""
    assert not District.objects.filter(name="Zyxville").exists()
    DataVersion.rise()

    assert "Zyxville" not in found("Zyxville")
