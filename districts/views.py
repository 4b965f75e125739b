"""The catalogue of what districts make, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from districts.filters import ProductFilter
from districts.listing import facets, listed
from districts.models import Product
from portal.facets import chosen

PRODUCTS_PER_PAGE = 60


@login_not_required
@require_safe
def products(request: HttpRequest) -> HttpResponse:
    filterset = ProductFilter(request.GET, queryset=Product.objects.all())
    pages = Paginator(listed(filterset), PRODUCTS_PER_PAGE)
    narrowing = facets(filterset, request.GET)
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Products"),
        "filterset": filterset,
        "facets": narrowing,
        "sector": filterset.chosen_sector,
        "state": filterset.chosen_state,
        "page": pages.get_page(request.GET.get("page")),
        "chosen": chosen(narrowing),
    }
    return render(request, "districts/products.html", context)
