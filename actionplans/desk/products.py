"""The products that a district has identified, kept by its offices."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.desk.access import get_district, posts_in_turn
from actionplans.forms.product import DistrictProductForm
from actionplans.models import SectionCode
from districts.models import District, DistrictProduct
from portal import history
from portal.http import DeskRequest
from portal.terms import Action


@require_safe
def products(request: DeskRequest, state: str, district: str) -> HttpResponse:
    place = get_district(request, state, district)
    rows = place.products.filter(until=None).select_related("product")
    context = {
        "district": place,
        "rows": rows.prefetch_related("namings"),
        "may_add": request.user.may(Action.PRODUCTS, place),
    }
    return render(request, "actionplans/desk/products.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@posts_in_turn
def product_new(request: DeskRequest, state: str, district: str) -> HttpResponse:
    place = get_district(request, state, district, Action.PRODUCTS, lock=True)
    blank = DistrictProduct(district=place)
    form = DistrictProductForm(request.POST or None, instance=blank)
    if form.is_valid():
        row = form.save()
        reason = _("Identified by the district's offices.")
        added = history.change(row, "product", "", row.product, reason=reason)
        history.record([added], by=request.user)
        sentence = _("The district names %(product)s now.")
        messages.success(request, sentence % {"product": row.product})
        return _back(request, place)
    context = {"form": form, "district": place}
    return render(request, "actionplans/desk/product_new.html", context)


def _back(request: DeskRequest, place: District) -> HttpResponse:
    """To the draft that wants its products chosen, else to the list."""
    drafts = place.plans.open_to(request.user, Action.EDIT)
    if draft := drafts.first():
        return redirect("desk:plan-section", draft.pk, SectionCode.PRODUCTS)
    return redirect("desk:products", place.state.slug, place.slug)
