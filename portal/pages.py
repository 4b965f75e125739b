"""Addresses of the pages that explain the site itself."""

from django.urls import path

from portal import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("sources/", views.sources, name="sources"),
]
