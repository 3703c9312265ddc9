"""Which letter or task may come next in a case, and what stands in the way of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from letters.access.models import User
from letters.access.queries import roles_of
from letters.access.roles import Role
from letters.cases.errors import ConsentMissing
from letters.cases.models import Case, ConsentGrant, HazardReport
from letters.delivery.models import LEFT, Dispatch
from letters.drafting.errors import NotForThisHome, NotInThisNation, OneHomeOnly
from letters.drafting.kinds import LetterKind
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import DataItem, Recipient
from letters.drafting.wording import Wording
from letters.issuing.errors import LandlordNotKnown, NoHazardReported, ReservedLetter
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.sources import wording
from letters.law.jurisdictions import Jurisdiction
from letters.law.ladder import Step
from letters.law.periods import LONDON
from letters.law.tenures import Tenure
from letters.tracking.errors import DraftWaits, NothingMissed, NothingSent, StepsMissing
from letters.tracking.models import Deadline, DeadlineStatus, Escalation
from letters.tracking.queries import latest_sent

WAITING = (LetterStatus.DRAFT, LetterStatus.AWAITING_SECOND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a case has come: what was sent and when, what waits, and what may be told to whom."""

    case: Case
    wording: Wording
    sent: Mapping[Stage, date]
    settled: frozenset[str]  # steps that an adviser has dealt with by other means
    waiting: Mapping[Stage, Letter]
    latest: Letter | None
    has_missed: bool
    has_hazard: bool
    told: frozenset[tuple[str, str]]  # recipient and purpose that may know what is wrong at home

    @property
    def tenure(self) -> Tenure:
        return Tenure(self.case.tenancy.tenure)


def standing_of(case: Case, *, day: date) -> Standing:
    """The case as it is now, for every kind of letter at once."""
    latest = latest_sent(case)
    missed = Deadline.objects.filter(letter=latest, status=DeadlineStatus.MISSED)
    return Standing(
        case=case,
        wording=wording(Jurisdiction(case.tenancy.home.jurisdiction)),
        sent=sent_of(case),
        settled=frozenset(
            Escalation.objects.filter(letter__case=case, settled_at__isnull=False).values_list(
                "step", flat=True
            )
        ),
        waiting={
            Stage(letter.stage): letter
            for letter in Letter.objects.filter(case=case, status__in=WAITING)
        },
        latest=latest,
        has_missed=latest is not None and missed.exists(),
        has_hazard=HazardReport.objects.filter(case=case).exists(),
        told=_told(case, day),
    )


def sent_of(case: Case) -> Mapping[Stage, date]:
    """The day on which a letter of each kind last left."""
    rows = Dispatch.objects.filter(letter__case=case, status__in=LEFT).order_by("sent_at")
    return {
        Stage(stage): sent_at.astimezone(LONDON).date()
        for stage, sent_at in rows.values_list("letter__stage", "sent_at")
        if sent_at is not None
    }


def _told(case: Case, day: date) -> frozenset[tuple[str, str]]:
    grants = ConsentGrant.objects.filter(
        consent__case=case,
        consent__withdrawn_at__isnull=True,
        consent__given_on__lte=day,
        consent__expires_on__gte=day,
        withdrawn_at__isnull=True,
        item=DataItem.HOUSING_CONDITIONS,
    )
    return frozenset(grants.values_list("recipient", "purpose"))


@dataclass(frozen=True, slots=True, kw_only=True)
class KindNow:
    """One kind of letter in a case: `why_not` says what stands in its way, '' for nothing."""

    kind: LetterKind
    why_not: str


def kinds_now(standing: Standing, *, by: User) -> tuple[KindNow, ...]:
    """Every kind of letter there is, each with what stands in its way for this person."""
    is_adviser = Role.ADVISER in roles_of(by)
    return tuple(
        KindNow(kind=kind, why_not=_why_not(standing, stage, is_adviser=is_adviser))
        for stage, kind in standing.wording.kinds.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNow:
    """One step of the ladder in a case. `letter` is its kind where the service writes it, None for
    a task; `done_on` the day on which such a letter last left."""

    step: Step
    letter: KindNow | None
    done_on: date | None
    is_settled: bool
    missing: tuple[str, ...]  # what has to come first, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSteps:
    """The ladder of a case: what to do first in an emergency, the steps in order, what is for an
    adviser or a solicitor alone, and the letters that stand beside it."""

    emergency: tuple[Step, ...]
    steps: tuple[StepNow, ...]
    reserved: tuple[StepNow, ...]
    beside: tuple[KindNow, ...]


def next_steps_of(standing: Standing, *, by: User) -> NextSteps:
    """The ladder as this person may climb it."""
    ladder, tenure = standing.wording.ladder, standing.tenure
    kinds = {each.kind.stage: each for each in kinds_now(standing, by=by)}
    steps, reserved = ladder.steps(tenure), ladder.reserved[tenure]
    on_ladder = {step.key for step in (*steps, *reserved)}
    return NextSteps(
        emergency=ladder.emergency[tenure],
        steps=tuple(_step_now(standing, step, kinds) for step in steps),
        reserved=tuple(_step_now(standing, step, kinds) for step in reserved),
        beside=tuple(
            kinds[stage]
            for stage, here in standing.wording.here.items()
            if tenure in here.tenures and stage not in on_ladder and stage is not Stage.PORTFOLIO
        ),
    )


def _step_now(standing: Standing, step: Step, kinds: Mapping[Stage, KindNow]) -> StepNow:
    stage = _letter_of(standing, step)
    return StepNow(
        step=step,
        letter=None if stage is None else kinds[stage],
        done_on=None if stage is None else standing.sent.get(stage),
        is_settled=step.key in standing.settled,
        missing=_missing_before(standing, step),
    )


def _letter_of(standing: Standing, step: Step) -> Stage | None:
    """The letter that the step is, where the nation has it for a home held like this."""
    if step.key not in list(Stage):
        return None
    here = standing.wording.here.get(Stage(step.key))
    return Stage(step.key) if here and standing.tenure in here.tenures else None


def refuse_step(standing: Standing, stage: Stage, *, is_adviser: bool) -> None:
    """Refuse a letter that is not for this home, this person or this time, in words that say what
    to do first."""
    _refuse_foreign(standing, stage)
    kind = standing.wording.kinds[stage]
    if kind.is_reserved and not is_adviser:
        raise ReservedLetter
    if stage in standing.waiting:
        raise DraftWaits(stage.label)
    _refuse_out_of_order(standing, kind)
    if kind.reader is Recipient.LANDLORD and standing.case.tenancy.landlord is None:
        raise LandlordNotKnown
    if (kind.reader, kind.purpose) not in standing.told and kind.reader is not Recipient.PATIENT:
        raise ConsentMissing(kind.reader, (DataItem.HOUSING_CONDITIONS,))
    if not standing.has_hazard:
        raise NoHazardReported


def _refuse_foreign(standing: Standing, stage: Stage) -> None:
    nation = standing.wording.jurisdiction.label
    if stage is Stage.PORTFOLIO:
        raise OneHomeOnly
    if stage not in standing.wording.here:
        raise NotInThisNation(stage.label, nation)
    if standing.tenure not in standing.wording.here[stage].tenures:
        raise NotForThisHome(stage.label, standing.tenure.label, nation)


def _refuse_out_of_order(standing: Standing, kind: LetterKind) -> None:
    steps = {
        step.key: step
        for ladder in (standing.wording.ladder.by_tenure, standing.wording.ladder.reserved)
        for step in ladder[standing.tenure]
    }
    step = steps.get(kind.stage)
    if step is not None and (missing := _missing_before(standing, step)):
        raise StepsMissing(missing)
    if standing.latest is None and tells_of_an_earlier_letter(standing.wording, kind.stage):
        raise NothingSent
    if "missed" in {part.name for part in kind.parts} and not standing.has_missed:
        raise NothingMissed


def _missing_before(standing: Standing, step: Step) -> tuple[str, ...]:
    done = {*standing.sent, *standing.settled}
    return tuple(_step_in_words(key) for key in step.after if key not in done)


def _step_in_words(key: str) -> str:
    return Stage(key).label if key in list(Stage) else key.replace("_", " ").capitalize()


def tells_of_an_earlier_letter(words: Wording, stage: Stage) -> bool:
    """Whether the wording of such a letter names the one before it."""
    letter = words.letters[stage]
    names = [part.name for part in words.kinds[stage].parts if letter.has(part.name)]
    places = {place for name in names for place in letter.passage(name).places}
    return any(place.startswith("earlier_") for place in places)


def _why_not(standing: Standing, stage: Stage, *, is_adviser: bool) -> str:
    try:
        refuse_step(standing, stage, is_adviser=is_adviser)
    except _REFUSALS as refusal:
        return str(refusal)
    return ""


_REFUSALS = (
    ConsentMissing,
    DraftWaits,
    LandlordNotKnown,
    NoHazardReported,
    NotForThisHome,
    NothingMissed,
    NothingSent,
    NotInThisNation,
    OneHomeOnly,
    ReservedLetter,
    StepsMissing,
)
