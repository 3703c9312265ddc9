"""Signing in."""

from typing import Any

from allauth.account.forms import LoginForm
from typing_extensions import override

from letters.web.fields import Email, Look, Text


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
