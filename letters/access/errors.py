"""Refusals about who may do what."""


class AccessError(Exception):
    """The base of this folder's refusals. `field` is the field at fault, '' for none."""

    field = ""


class NotAllowed(AccessError):
    """The person's roles do not hold the right that the action asks for."""

    def __init__(self, right: str) -> None:
        super().__init__(f"Ask a colleague whose role allows it: {right.replace('_', ' ')}")


class TeamNotClear(AccessError):
    """There is not exactly one team to take, or the one named is none of those to choose from."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__("Name one of your teams by its id: there is not exactly one to choose")


class KeyUsedForAnother(AccessError):
    """This key came before, with a request that asked for something else."""

    def __init__(self) -> None:
        super().__init__("Give each request a key of its own: this one came with another request")


class LastSecondFactor(AccessError):
    """It is the only second factor of somebody who must have one."""

    def __init__(self) -> None:
        super().__init__("Add another way first: who sees patients must have a second step")


class NotLetIn(AccessError):
    """An organisation's account does not let this person in. What they are told is the same for
    every reason; `reason` is one word for the log, and names nobody."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            "Sign in with your password, or ask an administrator of your partnership whether you "
            "are invited, and with which e-mail address"
        )


class PeopleError(AccessError):
    """What concerns inviting people and ending their access."""


class AlreadyThere(PeopleError):
    """The person has this role in this team, or an invitation to the team that is open."""

    field = "email"

    def __init__(self) -> None:
        super().__init__("This person is in the team or invited to it: look through the list")


class PasswordLinkOver(PeopleError):
    """It was used, its hour has passed, or they have signed in since."""

    def __init__(self) -> None:
        super().__init__("This link is over: ask for another")


class InvitationOver(PeopleError):
    """It was used or withdrawn, or its days have passed."""

    def __init__(self) -> None:
        super().__init__("This invitation is over: ask for a new one")


class SignInToJoin(PeopleError):
    """The address has an account already; whoever holds the link must show that it is theirs."""

    def __init__(self) -> None:
        super().__init__("Sign in with this address, then open the link again")


class OwnAccess(PeopleError):
    """An administrator would lock themselves out."""

    def __init__(self) -> None:
        super().__init__("Ask another administrator to end your own access")
