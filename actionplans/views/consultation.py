"""A draft before the public: to be read, commented on, and what became of it."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.consultations import (
    Phase,
    TooMany,
    closed_last_first,
    foremost,
    of_district,
    open_first,
    phase,
    sender_of,
    shown_comments,
    speaks_for,
    take_in,
    tally,
)
from actionplans.copy_of import CopySection, copy_of
from actionplans.forms.consultation import CommentForm
from actionplans.models import Consultation, ConsultationComment
from actionplans.views.district import get_district, page_of
from districts.models import District
from portal.accounts.models import User
from portal.terms import PUBLIC

SHOWN_A_PAGE = 50
CLOSED_SHOWN = 20
CONFLICT, TOO_MANY = 409, 429


@login_not_required
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    context = {
        "page": Paginator(open_first(), SHOWN_A_PAGE).get_page(request.GET.get("page")),
        "closed": closed_last_first()[:CLOSED_SHOWN],
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Consultations"),
    }
    return render(request, "actionplans/consultations.html", context)


@login_not_required
@require_safe
def consultation(request: HttpRequest, state: str, district: str) -> HttpResponse:
    """The foremost one of the district or, with ?n=, that one."""
    place = get_district(state, district)
    rows = of_district(place)
    chosen = chosen_among(rows, request.GET.get("n"))
    now = phase(chosen)
    has_begun = now != Phase.UPCOMING
    said = list(shown_comments(chosen)) if has_begun else []
    copy = copy_of(chosen.body)
    context = {
        **_page_of(place),
        "consultation": chosen,
        "phase": now.value,
        "is_public": chosen.plan.status in PUBLIC,
        "period": copy.period,
        "sections": _with_comments(copy.sections, said) if has_begun else [],
        "said": said,
        "tally": tally(chosen),
        "others": [
            (number, row) for number, row in enumerate(rows, 1) if row.pk != chosen.pk
        ],
        "is_sent": "sent" in request.GET and now == Phase.OPEN,
    }
    return render(request, "actionplans/consultation.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, state: str, district: str) -> HttpResponse:
    """The only public page with a form that changes something, and so with a cookie."""
    place = get_district(state, district)
    chosen = foremost(of_district(place))
    if chosen is None:
        raise Http404
    is_open = phase(chosen) == Phase.OPEN
    if not is_open and request.method != "POST":
        return redirect("consultation", state, district)
    office = speaks_for(cast(User, request.user), place)
    form = CommentForm(
        request.POST or None,
        consultation=chosen,
        office=office,
        initial={"section": request.GET.get("section")},
    )
    is_valid = form.is_valid()
    if not is_open:
        form.add_error(None, gettext("The consultation is closed: nothing was sent."))
        return _form_page(request, place, form, CONFLICT)
    if not is_valid:
        return _form_page(request, place, form)
    form.instance.sender = sender_of(request, office)
    try:
        take_in(form.instance)
    except TooMany:
        form.add_error(
            None,
            gettext(
                "Five comments an hour can be sent from one connection. What you typed"
                " is kept here: send it later."
            ),
        )
        return _form_page(request, place, form, TOO_MANY)
    there = reverse("consultation", args=[state, district], query={"sent": "yes"})
    return redirect(f"{there}#sent")


def _form_page(
    request: HttpRequest, place: District, form: CommentForm, status: int = 200
) -> HttpResponse:
    chosen = form.consultation
    section = str(form["section"].value() or "")
    sections = copy_of(chosen.body).sections
    way = _page_of(place)
    address = reverse("consultation", args=[place.state.slug, place.slug])
    context = {
        **way,
        "crumbs": [*way["crumbs"], (address, way["here"])],
        "here": gettext("Comment on the draft"),
        "consultation": chosen,
        "form": form,
        "office": form.instance.said_by,
        "section": next((s for s in sections if str(int(s.code)) == section), None),
    }
    return render(request, "actionplans/comment.html", context, status=status)


def _page_of(place: District) -> dict[str, Any]:
    way = page_of(place)
    return {
        **way,
        "name": way["here"],
        "crumbs": [*way["crumbs"], (place.get_absolute_url(), way["here"])],
        "here": gettext("Consultation"),
    }


def chosen_among(rows: list[Consultation], number: str | None) -> Consultation:
    if number is None:
        found = foremost(rows)
    else:
        wanted = int(number) if re.fullmatch("[0-9]{1,4}", number) else 0
        found = rows[wanted - 1] if 1 <= wanted <= len(rows) else None
    if found is None:
        raise Http404
    return found


def _with_comments(
    sections: list[CopySection], said: list[ConsultationComment]
) -> list[tuple[CopySection, list[ConsultationComment]]]:
    by_section = {
        code: list(rows) for code, rows in groupby(said, attrgetter("section"))
    }
    return [(section, by_section.get(int(section.code), [])) for section in sections]
