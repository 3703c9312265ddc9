"""Inviting people, and joining."""

from collections.abc import Iterable
from typing import Any

from typing_extensions import override

from letters.access.models import Invitation, Team, User
from letters.access.roles import Role
from letters.web.fields import Choice, Email, Look, Text
from letters.web.forms.account import NewPasswordForm
from letters.web.forms.form import Form


class InviteForm(Form):
    """Whom, to which team, as what."""

    email = Email("E-mail address", missing="Enter their e-mail address")
    name = Text("Name", missing="Enter their name", hint="As it stands under letters")
    job_title = Text("Job title", missing="Enter their job title", max_length=120)
    registration = Text(
        "Registration, if they have one", hint="For example: GMC 7000000", max_length=40
    )
    team = Choice("Team", missing="Choose a team")
    role = Choice(
        "Role",
        [(role.value, role.label) for role in Role],
        missing="Choose a role",
        coerce=Role,
        look=Look(
            component="radios",
            hints={
                Role.CLINICIAN: "Records cases, writes and approves letters",
                Role.ADVISER: "The same, and watches deadlines, sorts post and makes bundles",
                Role.EVALUATOR: "Reads the summary, which names nobody",
                Role.LEGAL_REVIEWER: "Signs law and wording",
                Role.ADMINISTRATOR: "Invites people, sets how letters look and are sent",
            },
        ),
    )

    def __init__(self, data: Any = None, *, teams: Iterable[Team]) -> None:
        super().__init__(data)
        self._teams = {str(team.pk): team for team in teams}
        words = [
            (key, f"{team.name}, {team.organisation.name}") for key, team in self._teams.items()
        ]
        self.fields["team"].choices = words  # type: ignore[attr-defined]  # a choice of ours

    @override
    def values(self) -> dict[str, Any]:
        return super().values() | {"team": self._teams[self.cleaned_data["team"]]}


class JoinForm(NewPasswordForm):
    """The same; none is asked of who has an account already."""

    def __init__(self, data: Any = None, *, invitation: Invitation, has_account: bool) -> None:
        super().__init__(data, user=User(email=invitation.email, name=invitation.name))
        if has_account:
            del self.fields["password"], self.fields["again"]
