"""The addresses of signing in by the names that django-allauth knows them by. Only what has a page
of ours is here: whatever else the package could show has no address.

Signing in and out stand at the addresses of `letters/web/urls.py`, which are found first.
"""

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, path
from django.views.decorators.cache import cache_control

from letters.web.guard import View, guarded
from letters.web.views import account
from letters.web.views import second_factor as factor


def _mine(route: str, view: View, *, name: str) -> URLPattern:
    """A page of somebody who has signed in, also while they have no second factor yet."""
    kept = cache_control(no_store=True, private=True)(guarded(view, needs_factor=False))
    return path(route, login_required(kept), name=name)


urlpatterns = [
    path("sign-in/", account.sign_in, name="account_login"),
    path("sign-in/second-step/", factor.second_step, name="mfa_authenticate"),
    path("sign-out/", account.sign_out, name="account_logout"),
    _mine("account/", factor.your_sign_in, name="mfa_index"),
    _mine("account/password/confirm/", factor.confirm_password, name="account_reauthenticate"),
    _mine("account/app/add/", factor.add_app, name="mfa_activate_totp"),
    _mine("account/app/remove/", factor.remove_app, name="mfa_deactivate_totp"),
    _mine("account/passkeys/add/", factor.add_passkey, name="mfa_add_webauthn"),
    _mine("account/passkeys/<int:pk>/remove/", factor.remove_passkey, name="mfa_remove_webauthn"),
    _mine("account/recovery-codes/", factor.recovery_codes, name="mfa_view_recovery_codes"),
    _mine(
        "account/recovery-codes/new/",
        factor.new_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
