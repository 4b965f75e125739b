"""A small folder of facts: every file there is, with a few rows."""

import csv

from districts.register.load import REGISTERS, load
from tests.register import FIXTURES

ROWS = {
    "states.csv": [
        "10,Bihar,बिहार,IN-BR,state,Patna,25.6,85.6",
        "8,Rajasthan,राजस्थान,IN-RJ,state,Jaipur,26.6,73.8",
    ],
    "districts.csv": [
        "Bihar,Darbhanga,दरभंगा,191,Darbhanga,26.1,85.9,1,1,,,Durbhanga,",
        "Bihar,Patna,पटना,212,Patna,25.6,85.1,2,1,,,,",
        "Rajasthan,Jaipur,जयपुर,110,Jaipur,26.9,75.8,3,1,,,,",
        "Rajasthan,Kotputli,कोटपूतली,,,27.7,76.1,4,1,2023-08,Jaipur|Mewat,,",
    ],
    "districts_former.csv": [
        "Rajasthan,Dudu,दूदू,769,,Jaipur,2024-12/2025-01",
    ],
    "regional_authorities.csv": [
        "Patna,पटना,Patna,Bihar,25.6,85.1,,",
        "Jaipur,जयपुर,Jaipur,Rajasthan,26.9,75.8,,",
    ],
    "jurisdictions_provisional.csv": [
        "Bihar,Darbhanga,Patna,only office in the State",
        "Rajasthan,Jaipur,Jaipur,only office in the State",
    ],
    "agencies.csv": ["District Industries Centre,जिला उद्योग केंद्र,DIC"],
    "programme_tags.csv": ["Bihar,Darbhanga,tee,2023-04-01,A source"],
    "hs_sections.csv": ["II,Vegetable products,"],
    "hs_chapters.csv": ["08,Edible fruit and nuts,II"],
    "hs_headings.csv": ["0801,Nuts,08"],
    "hs_subheadings.csv": ["080119,Coconuts,0801"],
    "service_categories.csv": ["CSS-02,Tourism,Champion,,CSS_2018"],
    "products.csv": [
        "makhana,Makhana,मखाना,fox nut|phool makhana,goods,agriculture,0801,,nuts,,no,",
        "nuts,Nuts,मेवा,,goods,agriculture,0801|080119,,,,no,",
        "tourism,Tourism,पर्यटन,,service,services,,CSS-02,,,no,",
    ],
    "district_products.csv": [
        "Bihar,Darbhanga,makhana,ODOP,Makhana,Primary,yes,Agriculture,ODOP_V31,high",
        "Bihar,Darbhanga,makhana,PMFME,Fox nut,,,Food,PMFME_2022,low",
        "Rajasthan,Kotputli,nuts,PMFME,Nuts,,,Food,PMFME_2022,high",
    ],
    "gi_tags.csv": [
        "552,Mithila Makhana,Agricultural,Bihar,Bihar/Durbhanga,,GI",
        "133,Champagne,Manufactured,,,,GI",
    ],
    "export_figures.csv": [
        ",,2022-23,36,INR crore,A,",
        "Bihar,,2022-23,20,USD million,A,",
        "Bihar,Patna,2022-23,2,USD million,A,",
    ],
    "programme_counts.csv": ["2022-06-09,draft_action_plans_prepared,557,A source"],
    "sources.csv": [
        "ODOP_V31,A list,A ministry,Facts only,Products,2025-07-07,",
        "PMFME_2022,A list,A ministry,Facts only,Products,2022,",
        "UNDATED,A list,A ministry,Facts only,Products,,",
    ],
}


def write(folder, **changed):
    """The folder, with the rows of some files (named without ending) replaced."""
    folder.mkdir(exist_ok=True)
    for real in FIXTURES.glob("*.csv"):
        with real.open(encoding="utf-8", newline="") as file:
            header = ",".join(next(csv.reader(file)))
        rows = changed.get(real.stem, ROWS.get(real.name, []))
        text = "\n".join([header, *rows]) + "\n"
        (folder / real.name).write_text(text, encoding="utf-8")
    return folder


def tallies(folder):
    """Load the folder; what was told, by register."""
    told = []
    load(folder, told.append)
    return {tally.name: tally for tally in told}


def everything():
    """Every row of every register."""
    return {
        register.model: list(register.model.objects.order_by("pk").values())
        for register in REGISTERS
    }
