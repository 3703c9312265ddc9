"""What a clinician or adviser records about a case, each with its audit event."""

from letters.cases.actions.bodies import add_responsible_body
from letters.cases.actions.consents import Grant, give_consent, withdraw_consent, withdraw_grants
from letters.cases.actions.emergency import end_emergency, open_in_emergency, review_emergency
from letters.cases.actions.hazards import correct_hazard, report_hazard
from letters.cases.actions.health import (
    count_exacerbations,
    give_opinion,
    record_diagnosis,
    record_health,
)
from letters.cases.actions.homes import (
    add_landlord,
    close_case,
    name_landlord,
    name_new_landlord,
    new_reference,
    open_case,
)
from letters.cases.actions.household import (
    add_occupant,
    ask_for_adjustment,
    describe_household,
)
from letters.cases.actions.patients import Added, confirm_patient, register_patient
from letters.cases.actions.safety import record_safety

__all__ = [
    "Added",
    "Grant",
    "add_landlord",
    "add_occupant",
    "add_responsible_body",
    "ask_for_adjustment",
    "close_case",
    "confirm_patient",
    "correct_hazard",
    "count_exacerbations",
    "describe_household",
    "end_emergency",
    "give_consent",
    "give_opinion",
    "name_landlord",
    "name_new_landlord",
    "new_reference",
    "open_case",
    "open_in_emergency",
    "record_diagnosis",
    "record_health",
    "record_safety",
    "register_patient",
    "report_hazard",
    "review_emergency",
    "withdraw_consent",
    "withdraw_grants",
]
