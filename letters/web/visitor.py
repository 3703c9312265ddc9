"""Who looks at a page, as far as every page shows it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from letters.access.models import User
from letters.access.queries import partnerships_of, rights_of, roles_of
from letters.access.roles import Right, Role


@dataclass(frozen=True)
class Visitor:
    """The person who is signed in; everything is asked of the database once, if at all."""

    user: User

    @cached_property
    def rights(self) -> frozenset[Right]:
        return rights_of(self.user)

    @cached_property
    def roles(self) -> frozenset[str]:
        return roles_of(self.user)

    @cached_property
    def is_in_demonstration(self) -> bool:
        """Whether some partnership of theirs holds invented people."""
        return partnerships_of(self.user).filter(is_demonstration=True).exists()

    def may(self, right: str) -> bool:
        return Right(right) in self.rights

    @property
    def start(self) -> str:
        """The name of the page their work begins on."""
        if Role.ADVISER in self.roles:
            return "letters:worklist"
        if Role.CLINICIAN in self.roles:
            return "letters:start"
        return "letters:reviews" if Role.LEGAL_REVIEWER in self.roles else "letters:summary"


def visitor_of(request: HttpRequest) -> Visitor | None:
    """None for somebody who has not signed in."""
    user = getattr(request, "user", None)
    return Visitor(user) if isinstance(user, User) and user.is_authenticated else None


def me(request: HttpRequest) -> User:
    """The person who is signed in; pages that ask are behind the sign-in."""
    assert isinstance(request.user, User)  # noqa: S101 - the address table sees to it
    return request.user
