"""Pages of the registers, for everybody."""

from django.urls import path

from districts import views

urlpatterns = [
    path("products/", views.products, name="products"),
]
