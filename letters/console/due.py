"""./hjp due: how one deadline is counted, day by day, as JSON."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime

from letters.console.arguments import BAD_INPUT, Arguments, moment, one_of
from letters.console.places import TEMPLATES_LEGAL
from letters.drafting.frozen import to_json
from letters.law.errors import LawError
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import read_library
from letters.law.periods import LONDON, Period, StartEvent, due
from letters.law.provision import Provision
from letters.law.working_days import WorkingDays


class NoSuchPeriod(LawError):
    """The provision has no period that runs from this event and has a number."""


def main(arguments: Sequence[str]) -> int:
    """Print the working of every period of the provision that runs from the event."""
    options = _parser().parse_args(arguments)
    started_at: datetime = options.started_at
    try:
        provision = read_library(TEMPLATES_LEGAL).provision(options.jurisdiction, options.provision)
        periods = _periods(provision, options.event, started_at)
        calendar = WorkingDays.of(options.jurisdiction)
        worked = [_working(provision, period, started_at, calendar) for period in periods]
    except LawError as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 - the terminal is the page here
        return BAD_INPUT
    answer = worked[0] if len(worked) == 1 else worked
    print(json.dumps(answer, ensure_ascii=False, indent=2))  # noqa: T201
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="hjp due", description=__doc__)
    parser.add_argument("--jurisdiction", type=one_of(Jurisdiction), required=True)
    parser.add_argument("--provision", required=True, metavar="ID", help="instrument/provision")
    parser.add_argument("--event", type=one_of(StartEvent), required=True)
    parser.add_argument(
        "--from", dest="started_at", type=moment, required=True, metavar="2026-12-23T16:00"
    )
    return parser


def _periods(provision: Provision, event: StartEvent, started_at: datetime) -> list[Period]:
    version = provision.on(started_at.astimezone(LONDON).date())
    counted = [period for period in version.periods if period.length is not None]
    fitting = [period for period in counted if period.start_event is event]
    if not fitting:
        events = ", ".join(dict.fromkeys(p.start_event.value for p in counted)) or "no event"
        raise NoSuchPeriod(
            f"{provision.id} has no period counted from {event.value}; it has from {events}"
        )
    return fitting


def _working(
    provision: Provision, period: Period, started_at: datetime, calendar: WorkingDays
) -> dict[str, object]:
    version = provision.on(started_at.astimezone(LONDON).date())
    worked = to_json(due(period, started_at, calendar))
    del worked["type"]
    return {
        "provision": provision.id,
        "version_starts_on": version.starts_on.isoformat(),
        "verification": version.verification.value,
        "requires": period.requires,
        "basis": period.basis.value,
        **worked,
        "doubts": [f"{doubt.id}: {doubt.says}" for doubt in version.doubts],
    }
