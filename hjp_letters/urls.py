"""Where the two edges are reached: pages at the root, programs under /api/v1/."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("letters.api.urls")),
    path("", include("letters.web.urls")),
]
