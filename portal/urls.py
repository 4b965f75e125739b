"""The table of contents of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from actionplans.views import lost, sitemaps
from portal import errors, health, machines, parking
from portal.accounts.views import admin_login

urlpatterns = [
    path("health/", health.alive, name="health"),
    path("health/ready/", health.ready, name="ready"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("emblem/", machines.emblem, name="emblem"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemaps/<slug:section>.xml", sitemaps.section, name="sitemap-section"),
    path(f"{settings.ADMIN_PATH}login/", admin_login, name="admin-login"),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("", include("actionplans.twins.urls")),
    *i18n_patterns(
        path("accounts/", include("allauth.account.urls")),
        path("accounts/2fa/", include("allauth.mfa.urls")),
        path("desk/parked/<uuid:key>/", parking.offer, name="parked"),
        path("desk/", include("actionplans.desk.urls")),
        path("", include("portal.pages")),
        path("", include("districts.urls")),
        path("", include("actionplans.urls")),
        prefix_default_language=False,
    ),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = lost.not_found
# Asked for by allauth where attempts are limited.
handler429 = errors.too_many_requests
handler500 = errors.server_error
