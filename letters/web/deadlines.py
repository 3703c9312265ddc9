"""One deadline: how it was counted, what changed it, and what may still change it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from letters.access.queries import names_of
from letters.issuing.sources import library
from letters.law.jurisdictions import Jurisdiction
from letters.law.provision import Provision
from letters.tracking import actions as tracking
from letters.tracking.models import Deadline, DeadlineChange, DeadlineStatus
from letters.tracking.queries import Allowed, changes_of, extension_of
from letters.web.forms.form import Form
from letters.web.forms.tracking import ExtendForm, ReasonForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that may be done to a deadline, with the words for it."""

    key: str
    button: str
    title: str
    means: str
    says: str
    form: type[Form]
    action: Callable[..., Deadline]


_ALL = (
    Change(
        key="meet",
        button="Record that it was met",
        title="Record that this deadline was met",
        means="The landlord has done what was due. Nothing more is prepared for it.",
        says="Recorded as met",
        form=ReasonForm,
        action=tracking.meet_deadline,
    ),
    Change(
        key="extend",
        button="Put it off",
        title="Put this deadline off",
        means="The later day counts from now on; the original day stays beside it.",
        says="Put off",
        form=ExtendForm,
        action=tracking.extend_deadline,
    ),
    Change(
        key="pause",
        button="Pause the clock",
        title="Pause this clock",
        means="While it is paused it cannot be missed. When it runs on, it is later by the time "
        "it stood still.",
        says="Paused",
        form=ReasonForm,
        action=tracking.pause_deadline,
    ),
    Change(
        key="resume",
        button="Let the clock run on",
        title="Let this clock run on",
        means="The time it stood still is added to the day it is due.",
        says="Running again",
        form=ReasonForm,
        action=tracking.resume_deadline,
    ),
    Change(
        key="close",
        button="Close it",
        title="Close this deadline",
        means="It does not matter any more. It counts neither as met nor as missed.",
        says="Closed",
        form=ReasonForm,
        action=tracking.close_deadline,
    ),
)
CHANGES: Mapping[str, Change] = {change.key: change for change in _ALL}
_POSSIBLE = {
    DeadlineStatus.OPEN.value: ("meet", "extend", "pause", "close"),
    DeadlineStatus.PAUSED.value: ("resume", "meet", "close"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePage:
    """A deadline with its law, history and buttons."""

    deadline: Deadline
    provision: Provision
    history: tuple[tuple[DeadlineChange, str], ...]
    possible: tuple[Change, ...]
    allowed: Allowed | None


def deadline_page_of(deadline: Deadline) -> DeadlinePage:
    """Everything about one deadline."""
    changes = tuple(changes_of(deadline))
    names = names_of(change.made_by_id for change in changes if change.made_by_id)
    nation = Jurisdiction(deadline.letter.case.tenancy.home.jurisdiction)
    return DeadlinePage(
        deadline=deadline,
        provision=library().provision(nation, deadline.provision_id),
        history=tuple(
            (each, names[each.made_by_id] if each.made_by_id else "The service") for each in changes
        ),
        allowed=extension_of(deadline),
        possible=tuple(CHANGES[key] for key in _POSSIBLE.get(deadline.status, ())),
    )
