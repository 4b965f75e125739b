"""Files behind a report as tests send, add and find them."""

from django.core.files.storage import default_storage
from django.urls import reverse

from actionplans.evidence.files import add
from actionplans.evidence.proofs import Proof
from portal.terms import Role
from tests import files, make, pdfs
from tests.actionplans.quarters import Q2

PREPARERS = [Role.RA_OFFICER, Role.CONVENER, Role.STAFF]
CORRECTORS = [Role.RA_OFFICER, Role.CONVENER]
PAPER = pdfs.plain("Page 12 of the register, signed.")
FIGURES = [12_00, 12_00, 12_00, 12_00]


def page(place, line, quarter=Q2):
    address = [place.state.slug, place.slug, quarter, line]
    return reverse("desk:line-evidence", args=address)


def of(name, row):
    return reverse(f"desk:{name}", args=[row.pk])


def sent(content=PAPER, title="Page 12 of the register", **fields):
    return {"title": title, "file": files.sent(content), **fields}


def added(place, line, content=PAPER, by=None, quarter=Q2):
    proof = Proof(content, "application/pdf", is_scanned=False)
    by = by or make.holder_of(Role.RA_OFFICER, place)
    return add(place, quarter, line, proof, title="Page 12", by=by)


def stored():
    try:
        return default_storage.listdir("evidence")[1]
    except FileNotFoundError:
        return []
