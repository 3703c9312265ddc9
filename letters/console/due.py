"""./hjp due: how one deadline is counted, day by day, as JSON."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime

from letters.console.places import TEMPLATES_LEGAL
from letters.drafting.frozen import to_json
from letters.law.errors import LawError
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import read_library
from letters.law.periods import LONDON, Period, StartEvent, due
from letters.law.provision import Provision
from letters.law.working_days import WorkingDays

_BAD_INPUT = 2


class NoSuchPeriod(LawError):
    """The provision has no period that runs from this event and has a number."""


def main(arguments: Sequence[str]) -> int:
    """Print the working of every period of the provision that runs from the event."""
    options = _parser().parse_args(arguments)
    moment: datetime = options.moment
    try:
        provision = read_library(TEMPLATES_LEGAL).provision(options.jurisdiction, options.provision)
        periods = _periods(provision, options.event, moment)
        calendar = WorkingDays.of(options.jurisdiction)
        worked = [_working(provision, period, moment, calendar) for period in periods]
    except LawError as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 - the terminal is the page here
        return _BAD_INPUT
    answer = worked[0] if len(worked) == 1 else worked
    print(json.dumps(answer, ensure_ascii=False, indent=2))  # noqa: T201
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hjp due", description=__doc__)
    parser.add_argument("--jurisdiction", type=Jurisdiction, required=True)
    parser.add_argument("--provision", required=True, metavar="ID", help="instrument/provision")
    parser.add_argument("--event", type=StartEvent, required=True, help=", ".join(StartEvent))
    parser.add_argument(
        "--from", dest="moment", type=_moment, required=True, metavar="2026-12-23T16:00"
    )
    return parser


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _periods(provision: Provision, event: StartEvent, moment: datetime) -> list[Period]:
    version = provision.on(moment.astimezone(LONDON).date())
    counted = [period for period in version.periods if period.length is not None]
    fitting = [period for period in counted if period.start_event is event]
    if not fitting:
        events = ", ".join(dict.fromkeys(p.start_event.value for p in counted)) or "no event"
        raise NoSuchPeriod(
            f"{provision.id} has no period counted from {event.value}; it has from {events}"
        )
    return fitting


def _working(
    provision: Provision, period: Period, moment: datetime, calendar: WorkingDays
) -> dict[str, object]:
    version = provision.on(moment.astimezone(LONDON).date())
    worked = to_json(due(period, moment, calendar))
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
