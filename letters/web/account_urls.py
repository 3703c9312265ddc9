"""The addresses of signing in by the names that django-allauth knows them by. Only what has a page
of ours is here: whatever else the package could show has no address."""

from django.urls import path

from letters.web.views import account

urlpatterns = [
    path("sign-in/", account.sign_in, name="account_login"),
    path("sign-out/", account.sign_out, name="account_logout"),
]
