"""Pages for everybody: where the plans of the land stand."""

from django.urls import include, path, register_converter

from actionplans.converters import ProductPartConverter
from actionplans.views import (
    changes,
    codes,
    compare,
    consultation,
    contact,
    data,
    district,
    guide,
    home,
    method,
    monitor,
    offices,
    paper,
    places,
    plan,
    plans,
    products,
    recorded,
    search,
    sectors,
    sitemaps,
    states,
    verify,
)

register_converter(ProductPartConverter, "product-part")

district_urls = [
    path("", district.district, name="district"),
    path("consultation/", consultation.consultation, name="consultation"),
    path("consultation/comment/", consultation.comment, name="consultation-comment"),
    path("plan/", plan.plan, name="plan"),
    path("plan/<int:number>/", plan.plan, name="plan-version"),
    path("plan/<int:number>/changes/", changes.plan_changes, name="plan-changes"),
    path("plan/<int:number>/print/", paper.plan_print, name="plan-print"),
    path("plan/<int:number>.pdf", paper.plan_pdf, name="plan-pdf"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("compare/", compare.compare, name="compare"),
    path("monitor/", monitor.monitor, name="monitor"),
    path("plans/", plans.plans, name="plans"),
    path("states/", states.states, name="states"),
    path("states/<slug:slug>/", places.state, name="state"),
    path(
        "regional-authorities/",
        offices.regional_authorities,
        name="regional-authorities",
    ),
    path(
        "regional-authorities/<slug:slug>/",
        offices.regional_authority,
        name="regional-authority",
    ),
    path("districts/", places.districts, name="districts"),
    path("consultations/", consultation.consultations, name="consultations"),
    path("contact/", contact.contact, name="contact"),
    path("help/", guide.guide, name="help"),
    path("sitemap/", sitemaps.sitemap, name="sitemap"),
    path("data/", data.data, name="data"),
    path("method/", method.method, name="method"),
    path("search/", search.results, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
    path("products/<slug:slug>/", products.product, name="product"),
    path(
        "products/<slug:slug>/<product-part:part>/",
        products.product_part,
        name="product-part",
    ),
    # The addresses of twins, which come first, have registered these converters.
    path("hs/", codes.sections, name="hs"),
    path("hs/<hs:code>/", codes.code, name="hs-code"),
    path("sectors/", sectors.sectors, name="sectors"),
    path("sectors/<sector:sector>/", sectors.sector, name="sector"),
    path("services/", sectors.services, name="services"),
    path("districts/<slug:state>/<slug:district>/", include(district_urls)),
    # The desk's addresses, which come first, have registered this converter.
    path("documents/<sha256:sha256>/", recorded.document, name="public-document"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<sha256:sha256>/", verify.seal, name="seal"),
    path("verify/<sha256:sha256>/plan.json", verify.seal_bytes, name="seal-bytes"),
]
