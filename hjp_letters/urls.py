"""Where the two edges are reached: pages at the root, programs under /api/v1/."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("letters.api.urls")),
    path("", include("letters.web.urls")),
    path("", include("letters.web.account_urls")),
]

handler403 = "letters.web.views.faults.forbidden"
handler404 = "letters.web.views.faults.not_found"
handler429 = "letters.web.views.faults.too_many"  # django-allauth asks for it
handler500 = "letters.web.views.faults.broken"
