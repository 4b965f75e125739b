"""The catalogue of what districts make, for everybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from districts.filters import ProductFilter
from districts.models import District, Product, State

PRODUCTS_PER_PAGE = 60


@login_not_required
@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """Each product with how many districts name it, those most named first.

    Where the list is narrowed to a State, its districts are counted.
    """
    filterset = ProductFilter(request.GET, queryset=Product.objects.all())
    chosen = filterset.qs if filterset.is_valid() else Product.objects.none()
    state = filterset.form.cleaned_data.get("state") if filterset.is_valid() else None
    # Counted apart from the joins by which the list was narrowed.
    keys: Any = chosen.order_by().values("pk")
    rows = (
        Product.objects.filter(pk__in=keys)
        .annotate(district_count=naming_districts(state))
        .prefetch_related("hs_codes")
        .order_by("-district_count", "name")
    )
    pages = Paginator(rows, PRODUCTS_PER_PAGE)
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Products"),
        "filterset": filterset,
        "state": state,
        "page": pages.get_page(request.GET.get("page")),
        "is_narrowed": any(request.GET.get(name) for name in filterset.filters),
    }
    return render(request, "districts/products.html", context)


def naming_districts(state: State | None = None) -> Count:
    """How many living districts name a product today: all of them, or of one State."""
    districts = District.objects.living()
    if state:
        districts = districts.filter(state=state)
    current = Q(places__until=None, places__district__in=districts.order_by())
    return Count("places", filter=current, distinct=True)
