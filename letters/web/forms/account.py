"""Signing in, the second step, and coming back to a locked session."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from redis.exceptions import RedisError
from typing_extensions import override

from letters.access import second_factor
from letters.access.models import User
from letters.web.fields import Email, Look, Text
from letters.web.forms.form import Form

NOT_NOW = "Your password cannot be checked for the moment. Try again in a few minutes"


def password_field(label: str, *, missing: str, autocomplete: str, hint: str = "") -> Text:
    """A password as it was typed, spaces and all."""
    return Text(
        label,
        missing=missing,
        hint=hint,
        strip=False,
        validators=[],  # never printed
        max_length=1000,
        look=Look(component="input", type="password", autocomplete=autocomplete),
    )


class SignInForm(LoginForm):  # type: ignore[misc]  # the package ships no types
    """allauth's check of e-mail and password, with its limits, shown as the design system shows
    fields. One message for every failure: it must not tell who has an account."""

    use_required_attribute = False

    def __init__(self, *args: Any, **more: Any) -> None:  # as allauth's view passes them
        more["auto_id"] = "%s"
        super().__init__(*args, **more)
        self.fields["login"] = Email(
            "E-mail address",
            missing="Enter your e-mail address",
            look=Look(component="input", type="email", autocomplete="username"),
        )
        self.fields["password"] = password_field(
            "Password", missing="Enter your password", autocomplete="current-password"
        )

    @override
    def add_prefix(self, field_name: str) -> str:
        """The name by which browsers know the field, and offer what they have kept for it."""
        return "username" if field_name == "login" else str(super().add_prefix(field_name))

    @override
    def clean_login(self) -> str:
        return str(self.cleaned_data["login"]).lower()


class NewPasswordForm(Form):
    """A password of one's own, twice; `user` is whose, so that it is not their name."""

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        self._user = user
        hint = "At least 12 characters. Three words that do not belong together are easy to keep"
        self.fields["password"] = password_field(
            "Password", missing="Choose a password", autocomplete="new-password", hint=hint
        )
        self.fields["again"] = password_field(
            "The same password again",
            missing="Enter the same password again",
            autocomplete="new-password",
        )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self._user)
        return password

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password", again):
            raise ValidationError("Enter the same password in both boxes")
        return again

    @override
    def values(self) -> dict[str, Any]:
        return {"password": self.cleaned_data.get("password", "")}


class ForgottenForm(Form):
    """Whose password it is."""

    email = Email(
        "E-mail address",
        missing="Enter your e-mail address",
        look=Look(component="input", type="email", autocomplete="username"),
    )


def code_field(hint: str) -> Text:
    """A few digits that a telephone shows."""
    return Text(
        "Code",
        missing="Enter the code",
        hint=hint,
        max_length=20,
        look=Look(component="input", width="10", inputmode="numeric", autocomplete="one-time-code"),
    )


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # the package ships no types
    """The second step of signing in."""

    use_required_attribute = False

    def __init__(self, *args: Any, **more: Any) -> None:  # as allauth's view passes them
        super().__init__(*args, auto_id="%s", **more)
        self.fields["code"] = code_field(
            "The six digits that your authenticator app shows now, or one of your recovery codes"
        )


class AddAppForm(ActivateTOTPForm):  # type: ignore[misc]  # the package ships no types
    """The first code of an app shows that it has the secret."""

    use_required_attribute = False

    def __init__(self, *args: Any, **more: Any) -> None:  # as allauth's view passes them
        self.user = more.pop("user")
        more["auto_id"] = "%s"
        forms.Form.__init__(self, *args, **more)
        self.fields["code"] = code_field("The six digits that the app shows now")
        session = context.request.session
        self.secret = second_factor.pending_secret(session, anew=not self.is_bound)


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the package ships no types
    """A name by which the person knows it again; the browser adds the rest."""

    use_required_attribute = False

    def __init__(self, *args: Any, **more: Any) -> None:  # as allauth's view passes them
        super().__init__(*args, auto_id="%s", **more)
        self.fields["name"] = Text(
            "What you call it", hint="For example: work laptop, or the key on my ring"
        )
        self.initial.pop("name", None)


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]  # the package ships no types
    """The password again, before something about signing in is changed."""

    use_required_attribute = False

    def __init__(self, *args: Any, **more: Any) -> None:  # as allauth's view passes them
        super().__init__(*args, auto_id="%s", **more)
        self.fields["password"] = _my_password()


class UnlockForm(Form):
    """The password again, after nobody did anything for a while."""

    def __init__(self, data: Any = None, *, request: HttpRequest) -> None:
        super().__init__(data, prefix="unlock")
        self.request = request
        self.fields["password"] = _my_password()

    def clean_password(self) -> str:
        """Tries are counted and limited together with those of signing in."""
        password = str(self.cleaned_data["password"])
        adapter = get_adapter(self.request)
        try:
            is_right = adapter.reauthenticate(self.request.user, password)
        except RedisError:  # without the counter passwords could be guessed
            raise forms.ValidationError(NOT_NOW) from None
        if not is_right:
            raise adapter.validation_error("incorrect_password")
        return password


def _my_password() -> Text:
    return password_field(
        "Password", missing="Enter your password", autocomplete="current-password"
    )
