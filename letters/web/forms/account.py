"""Signing in."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from typing_extensions import override

from letters.web.fields import Email, Look, Text


class SignInForm(AuthenticationForm):
    """Django's own check of e-mail and password, shown as the design system shows fields. One
    message for every failure: it must not tell who has an account."""

    username = Email(
        "E-mail address",
        missing="Enter your e-mail address",
        look=Look(component="input", type="email", autocomplete="username"),
    )
    password = Text(
        "Password",
        missing="Enter your password",
        strip=False,
        validators=[],  # never printed
        look=Look(component="input", type="password", autocomplete="current-password"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:  # as Django's view passes them
        more["auto_id"] = "%s"
        super().__init__(*args, **more)
        self.use_required_attribute = False

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()

    @override
    def get_invalid_login_error(self) -> ValidationError:
        return ValidationError("Check your e-mail address and password, and try again")
