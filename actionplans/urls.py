"""Pages for everybody: where the plans of the land stand."""

from django.urls import include, path

from actionplans.views import district, home, offices, places, products, search

district_urls = [
    path("", district.district, name="district"),
    path("plan/", district.plan, name="plan"),
    path("plan/<int:number>/", district.plan, name="plan-version"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("states/", places.states, name="states"),
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
    path("search/", search.results, name="search"),
    path("products/<slug:slug>/", products.product, name="product"),
    path("districts/<slug:state>/<slug:district>/", include(district_urls)),
]
