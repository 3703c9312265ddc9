"""The addresses of this edge."""

from django.urls import URLPattern

app_name = "web"
urlpatterns: list[URLPattern] = []
