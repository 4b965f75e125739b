"""Addresses of the pages that explain the site itself."""

from django.urls import path

from portal import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("copyright/", views.terms, name="copyright"),
    path("privacy/", views.privacy, name="privacy"),
    path("sources/", views.sources, name="sources"),
]
