"""Random case documents over all nations, valid ones and broken ones, each from its number alone.

`python -m tests.drafting.random_cases 1000` writes letters of that many valid cases through
./hjp compose's own entry, PDF and Word included, and tries as many broken ones; it prints what it
saw. The tests do the same with plain text for all and with files for a few.
"""

import copy
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stderr
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

from letters.console import compose
from letters.drafting.kinds import LetterKind
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import (
    ConsentMethod,
    DataItem,
    Event,
    GivenBy,
    Happening,
    OpinionLevel,
    Purpose,
    Recipient,
    Source,
)
from letters.law.facts import Answer, HealthCondition, Severity
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure
from tests.drafting.case_files import BODIES, Json, library, wording

FIRST, LAST = date(2026, 6, 1), date(2028, 3, 31)
NUMBERS = ("", "9990000018", "999 000 0026", "9990000042")  # invented, with their check digits
NAMES = (
    "Zoë O'Sample",
    "Anne-Marie Placeholder",
    "Test & Sons <Ltd>",
    "Łukasz Specimen",
    "M. Ó Testa",
)
WORDS = (
    "wet walls & ceiling",
    'mould "behind" the bed',
    "it's cold: 12 °C at night",
    "a <large> crack",
    "½ of the room",
)
NUISANCES = (Hazard.DAMP_AND_MOULD, Hazard.DOMESTIC_HYGIENE, Hazard.SANITATION)


def _seeded(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - cases to try, not secrets


def day_of(number: int) -> date:
    """The day on which case `number` is written."""
    return FIRST + timedelta(days=_seeded(f"day {number}").randrange((LAST - FIRST).days))


def valid_case(number: int) -> tuple[Json, Stage]:
    """A document that holds together, and a kind of letter that its nation has for such a home."""
    random, day = _seeded(f"case {number}"), day_of(number)
    nation = random.choice(list(Jurisdiction))
    tenancy = _tenancy(random, nation)
    has_landlord = tenancy["landlord_kind"] != "none"
    kinds = [
        kind
        for stage, kind in wording(nation).kinds.items()
        if stage in wording(nation).here
        and Tenure(tenancy["tenure"]) in wording(nation).here[stage].tenures
        and (has_landlord or kind.reader is not Recipient.LANDLORD)
        and stage not in (Stage.PORTFOLIO, Stage.NUISANCE_NOTICE)
    ]
    kind = random.choice(kinds)
    document = {
        "jurisdiction": nation.value,
        "writer": _writer(random),
        "patient": {
            "name": random.choice(NAMES),
            "date_of_birth": _day(day - timedelta(days=random.randrange(1, 36000))),
            "nhs_number": random.choice(NUMBERS),
        },
        "home": {"address": ["1 Sample Row", "Exampleton"], "postcode": "zz99 3cz"},
        "tenancy": tenancy,
        "landlord": _landlord() if has_landlord else None,
        "hazards": _hazards(random, day),
        "diagnoses": _diagnoses(random),
        "exacerbations": _exacerbations(random, day),
        "opinion": _opinion(random),
        "narrative": random.choice(("", "The family has done what it can.")),
        "occupants": _occupants(random),
        "household_measures": random.sample(WORDS, random.randrange(3)),
        "access_offered": random.choice(("", "any weekday", "Mondays.")),
        "adjustment": _adjustment(random, kind),
        "consent": _consent(random, kind, day),
        "correspondence": _correspondence(random, kind, day),
    }
    return document, kind.stage


def _tenancy(random: Random, nation: Jurisdiction) -> Json:
    ways = library().tenure_rules_of(nation).ways
    tenure = random.choice([*ways, Tenure.NOT_KNOWN])
    agreements, kinds = ways.get(tenure, (frozenset(), frozenset()))
    return {
        "tenure": tenure.value,
        "agreement": random.choice([*sorted(agreements), Agreement.NOT_KNOWN]).value,
        "landlord_kind": random.choice([*sorted(kinds), LandlordKind.NOT_KNOWN]).value,
        "tenant_name": random.choice(NAMES),
        "tenancy_reference": random.choice(("", "T-1 & 2")),
        "tenant_gives_notice": random.choice(list(Answer)).value,
    }


def _writer(random: Random) -> Json:
    return {
        "organisation": "Exampleton Trust & Partners (invented)",
        "team": "Respiratory clinic",
        "address": ["1 Specimen Way", "ZZ99 9ZZ"],
        "telephone": "020 7946 0101",
        "email": "clinic@exampleton.example",
        "ods_code": random.choice((None, "X26")),
        "name": random.choice(NAMES),
        "role": "consultant",
        "registration": random.choice(("", "GMC 7000000")),
    }


def _landlord() -> Json:
    return {
        "name": "Smith & Sons <Lettings> Ltd (invented)",
        "department": "",
        "address": ["5 Sample Parade", "ZZ99 5CD"],
        "email": "",
    }


def _hazards(random: Random, day: date) -> list[Json]:
    return [
        {
            "hazard": hazard.value,
            "severity": random.choice(list(Severity)).value,
            "rooms": random.sample(["bedroom", "kitchen & hall", "bathroom"], random.randint(1, 3)),
            "description": random.choice(WORDS),
            "source": random.choice(list(Source)).value,
            "first_noticed_on": _some_day(random, day),
            "landlord_told_on": _some_day(random, day),
            "landlord_response": random.choice(("", "They came and looked")),
            **{
                name: random.choice(list(Answer)).value
                for name in ("disrepair", "landlord_controls_cause", "heating_or_hot_water_lost")
            },
        }
        for hazard in random.sample(list(Hazard), random.randint(1, 4))
    ]


def _diagnoses(random: Random) -> list[Json]:
    return [
        {
            "condition": condition.value,
            "basis": random.choice(("", "spirometry in 2023")),
            "severity": random.choice(("", "severe; admitted twice")),
            "treatment": random.choice(("", "inhalers")),
        }
        for condition in random.sample(list(HealthCondition), random.randint(1, 3))
    ]


def _exacerbations(random: Random, day: date) -> list[Json]:
    return [
        {
            "event": event.value,
            "count": random.randrange(6),
            "months": random.choice((6, 12)),
            "until": _day(day - timedelta(days=random.randrange(40))),
        }
        for event in random.sample(list(Event), random.randrange(4))
    ]


def _opinion(random: Random) -> Json | None:
    level = random.choice([None, *OpinionLevel])
    if level is None:
        return None
    return {
        "level": level.value,
        "better_away_from_home": random.choice(list(Answer)).value,
        "basis": "she was well at her aunt's",
    }


def _occupants(random: Random) -> list[Json]:
    return [
        {
            "age": random.choice((None, 0, 3, 17, 70)),
            "conditions": random.sample([c.value for c in HealthCondition], random.randrange(3)),
            "agreed_to_mention": random.choice(list(Answer)).value,
        }
        for _ in range(random.randrange(3))
    ]


def _adjustment(random: Random, kind: LetterKind) -> Json:
    asked = kind.stage is Stage.ADJUSTMENT or random.random() < 0.3
    return {"requested": "yes" if asked else "no", "what": "a ramp & a rail" if asked else ""}


def _consent(random: Random, kind: LetterKind, day: date) -> Json:
    items = [DataItem.HOUSING_CONDITIONS, DataItem.DIAGNOSIS]
    items += random.sample([item for item in DataItem if item not in items], random.randrange(5))
    told = sorted(item.value for item in items)
    reader = Recipient.LANDLORD if kind.reader is Recipient.PATIENT else kind.reader
    grants = [{"recipient": reader.value, "purpose": kind.purpose.value, "items": told}]
    if random.random() < 0.5:
        advice = {"recipient": "adviser", "purpose": Purpose.ADVICE.value, "items": told}
        grants.append(advice)
    return {
        "given_by": random.choice(list(GivenBy)).value,
        "capacity_basis": "as recorded in the notes",
        "method": random.choice(list(ConsentMethod)).value,
        "language": "en-GB",
        "interpreter": "no",
        "form_version": "2026-10",
        "reprisal_discussed": "yes",
        "copy_given": "yes",
        "given_on": _day(day - timedelta(days=random.randrange(300))),
        "expires_on": _day(day + timedelta(days=random.randrange(400))),
        "grants": grants,
    }


def _correspondence(random: Random, kind: LetterKind, day: date) -> Json:
    earlier = day - timedelta(days=random.randrange(10, 60))
    history = [
        {"on": _day(earlier), "what": what.value, "says": random.choice(("", "As agreed & noted"))}
        for what in random.sample(list(Happening), random.randrange(4))
    ]
    if kind.stage is Stage.CLOSING:
        history.append({"on": _day(day), "what": "work_done", "says": "The wall was dried"})
    addressed_to = None
    if kind.reader in BODIES:
        name, department = BODIES[kind.reader]
        addressed_to = {
            "name": name,
            "department": department,
            "address": ["ZZ99 1AA"],
            "email": "",
        }
    return {
        "addressed_to": addressed_to,
        "earlier_letter": {
            "kind": "first_letter",
            "written_on": _day(earlier),
            "reference": "ABCD-2345",
            "addressee": "Smith & Sons <Lettings> Ltd (invented)",
            "written_by": "Respiratory clinic, Exampleton Trust & Partners (invented)",
        },
        "missed": [
            {
                "requires": "a written reply",
                "due_on": _day(day),
                "basis": "service",
                "is_certain": "yes",
            }
        ],
        "history": history,
    }


def _some_day(random: Random, day: date) -> str | None:
    return None if random.random() < 0.3 else _day(day - timedelta(days=random.randrange(900)))


def _day(day: date) -> str:
    return day.isoformat()


_WRONG: tuple[object, ...] = (
    None,
    [],
    {},
    "",
    "?",
    -1,
    1.5,
    True,
    "2026-02-30",
    "not_a_value",
    ["x"],
    {"x": 1},
)


def broken_case(number: int) -> tuple[object, Stage]:
    """A valid document with one thing wrong with it, wherever in it that is."""
    document, stage = valid_case(number)
    random = _seeded(f"broken {number}")
    while True:
        made = copy.deepcopy(document)
        holder, key = _somewhere(made, random)
        how = random.choice(("remove", "replace", "add"))
        if how == "add" and isinstance(holder, dict):
            holder["unknown_key"] = "x"
            return made, stage
        if how == "remove" and isinstance(holder, dict) and key not in ("correspondence", "writer"):
            del holder[key]
            return made, stage
        if how == "replace" and _is_spoilt(holder, key, random):
            return made, stage


def _somewhere(value: Any, random: Random) -> tuple[Any, Any]:
    """A place in the document, and what holds it."""
    places: list[tuple[Any, Any]] = []

    def look(held: Any) -> None:
        keys = list(held) if isinstance(held, dict) else range(len(held))
        for key in keys:
            places.append((held, key))
            if isinstance(held[key], dict | list):
                look(held[key])

    look(value)
    return random.choice(places)


def _is_spoilt(holder: Any, key: Any, random: Random) -> bool:
    """Put a number where text belongs, a list where an answer belongs: always of another kind."""
    before = holder[key]
    wrong = random.choice([w for w in _WRONG if type(w) is not type(before)])
    may_be_null = before is None or wrong is None
    may_be_number = isinstance(before, int) and isinstance(wrong, int | float)
    if may_be_null or may_be_number:
        return False
    holder[key] = wrong
    return True


def run(document: object, stage: Stage, day: date, out: Path) -> tuple[int, str]:
    """./hjp compose on the document: its exit code, and what it wrote to standard error."""
    path = out / "case.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    told = StringIO()
    with redirect_stderr(told):
        code = compose.main(
            [
                str(path),
                "--day",
                day.isoformat(),
                "--letter",
                stage.value,
                "--out",
                str(out / "made"),
            ]
        )
    return code, told.getvalue()


def main(arguments: Sequence[str]) -> int:
    """Run so many valid cases and so many broken ones; 1 where one was not as it should be."""
    first, count = (0, int(arguments[0])) if len(arguments) == 1 else map(int, arguments)
    wrong = 0
    for number in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            code, told = run(*valid_case(number), day_of(number), Path(folder))
            if code != 0:
                wrong += 1
                sys.stdout.write(f"valid {number}: {told}\n")
        with tempfile.TemporaryDirectory() as folder:
            code, told = run(*broken_case(number), day_of(number), Path(folder))
            if code != 2 or not told.startswith("/") or (Path(folder) / "made").exists():
                wrong += 1
                sys.stdout.write(f"broken {number}: {code} {told}\n")
    sys.stdout.write(f"{count} valid and {count} broken cases: {wrong} not as they should be\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
