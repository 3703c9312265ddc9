"""How somebody signs in: the second step, and the page on which they set it up and give it up.

django-allauth does the work; what is added here is what the audit and the session note of it.
"""

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from typing_extensions import override

from letters.access import second_factor, sessions
from letters.access.adapters import FactorAdapter
from letters.access.queries import must_have_second_factor
from letters.web.forms.account import (
    AddAppForm,
    AddPasskeyForm,
    CodeForm,
    ConfirmPasswordForm,
)
from letters.web.visitor import me

APP, PASSKEY = Authenticator.Type.TOTP.value, Authenticator.Type.WEBAUTHN.value
_Context = dict[str, Any]  # what a page shows


class _SecondStep(AuthenticateView):  # type: ignore[misc]  # the package ships no types
    """After the password, and before anything is shown."""

    template_name = "letters/second_step.jinja"
    form_class = CodeForm

    @override
    def form_valid(self, form: Any) -> HttpResponse:
        sessions.note_second_factor(self.request.session, self.stage.login.user)
        answer: HttpResponse = super().form_valid(form)
        return answer


class _YourSignIn(IndexView):  # type: ignore[misc]  # the package ships no types
    """What there is, and what is still to be set up."""

    template_name = "letters/your_sign_in.jinja"

    @override
    def get_context_data(self, **more: Any) -> _Context:
        context: _Context = super().get_context_data(**more)
        user, kinds = me(self.request), context["authenticators"]
        return context | {
            "app": kinds.get(APP),
            "passkeys": kinds.get(PASSKEY, []),
            "codes": kinds.get(Authenticator.Type.RECOVERY_CODES.value),
            "must": must_have_second_factor(user),
            "kept_out": sessions.lacks_second_factor(self.request.session, user),
        }


class _AddApp(ActivateTOTPView):  # type: ignore[misc]  # the package ships no types
    template_name = "letters/add_app.jinja"
    form_class = AddAppForm

    @override
    def get_context_data(self, **more: Any) -> _Context:
        context: _Context = super().get_context_data(**more)
        secret = context["form"].secret
        fours = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return context | {"secret": " ".join(fours)}

    @override
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        second_factor.note_added(self.request.session, me(self.request), kind=APP)
        return answer


class _AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # the package ships no types
    template_name = "letters/add_passkey.jinja"
    form_class = AddPasskeyForm

    @override
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        second_factor.note_added(self.request.session, me(self.request), kind=PASSKEY)
        return answer


class _RemoveApp(DeactivateTOTPView):  # type: ignore[misc]  # the package ships no types
    """Its form is refused by itself where this is the last one of somebody who must have one."""

    template_name = "letters/remove_app.jinja"

    @override
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        second_factor.note_removed(me(self.request), kind=APP)
        answer: HttpResponse = super().form_valid(form)
        return answer


class _RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # the package ships no types
    template_name = "letters/remove_passkey.jinja"
    success_url = reverse_lazy("mfa_index")

    @override
    def get_context_data(self, **more: Any) -> _Context:
        context: _Context = super().get_context_data(**more)
        return context | {"is_last": not FactorAdapter().can_delete_authenticator(self.object)}

    @override
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        if not FactorAdapter().can_delete_authenticator(self.get_object()):
            return redirect(self.request.path)
        second_factor.note_removed(me(self.request), kind=PASSKEY)
        answer: HttpResponse = super().form_valid(form)
        return answer


class _NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]  # the package ships no types
    template_name = "letters/new_recovery_codes.jinja"

    @override
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        second_factor.note_codes_made(me(self.request))
        return answer


second_step = _SecondStep.as_view()
your_sign_in = _YourSignIn.as_view()
add_app = _AddApp.as_view()
remove_app = _RemoveApp.as_view()
add_passkey = _AddPasskey.as_view()
remove_passkey = _RemovePasskey.as_view()
recovery_codes = ViewRecoveryCodesView.as_view(template_name="letters/recovery_codes.jinja")
new_recovery_codes = _NewCodes.as_view()
confirm_password = ReauthenticateView.as_view(
    template_name="letters/confirm_password.jinja", form_class=ConfirmPasswordForm
)
