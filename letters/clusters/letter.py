"""The portfolio letter that a cluster gives rise to, as a preview: nothing of it is stored."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from letters.access.models import User
from letters.cases.landlords.queries import names_of
from letters.cases.queries import who_agreed
from letters.clusters.queries import Cluster
from letters.delivery.queries import sent_to_landlord
from letters.drafting.compose import Composition
from letters.drafting.content import HouseStyle, Mark
from letters.drafting.particulars import Clinician
from letters.drafting.portfolio import HomeReported, PortfolioBrief, compose_portfolio
from letters.drafting.vocabulary import DataItem, Purpose, Recipient
from letters.issuing.facts import landlord_addressed, letterhead_of
from letters.issuing.gates import standing_gates_of_each
from letters.issuing.models import Letter
from letters.issuing.sources import library, wording
from letters.law.hazards import Hazard

_REFERENCE = "PREVIEW"


def preview_portfolio(cluster: Cluster, *, by: User, day: date) -> Composition:
    """What it would say; TooFewHomes where too few of the homes may be counted in it."""
    brief = PortfolioBrief(
        homes=_homes_told_of(cluster, day),
        # Without the logo: no page serves a picture of a letter that is not kept.
        letterhead=replace(letterhead_of(cluster.team), style=HouseStyle()),
        signatory=Clinician(name=by.name, role=by.job_title, registration=by.registration),
        landlord=landlord_addressed(cluster.landlord),
        reference=_REFERENCE,
        day=day,
        mark=Mark.PREVIEW,
        law_digest=library().digest_of(cluster.nation),
        signed_on=None,
    )
    return compose_portfolio(brief, wording(cluster.nation))


def _homes_told_of(cluster: Cluster, day: date) -> tuple[HomeReported, ...]:
    """The homes that this landlord was written to about, of those who still agree that it may be
    told, and whose letters nothing holds: to count a home that has something to fear is to write
    about it again."""
    case_ids = {case_id for home in cluster.homes for case_id in home.case_ids}
    agreed = who_agreed(
        case_ids,
        recipient=Recipient.LANDLORD,
        purpose=Purpose.ESCALATION,
        item=DataItem.HOUSING_CONDITIONS,
        day=day,
    )
    letters = _letters(cluster, agreed)
    homes = ([letters[case] for case in home.case_ids if case in letters] for home in cluster.homes)
    return tuple(
        HomeReported(
            hazards=_hazards([letter for each in found for letter in each]),
            written_on=min(letter.day for each in found for letter in each),
        )
        for found in homes
        if found
    )


def _letters(cluster: Cluster, case_ids: frozenset[UUID]) -> dict[UUID, list[Letter]]:
    """By case, the letters that went to this landlord, by any name it has had here."""
    names = names_of(cluster.landlord)
    sent = [row for row in sent_to_landlord(case_ids) if row.content["addressee"][0] in names]
    gates = standing_gates_of_each(sent)
    held = {letter.case_id for letter in sent if gates[letter.pk]}
    found: dict[UUID, list[Letter]] = {}
    for letter in sent:
        if letter.case_id not in held:
            found.setdefault(letter.case_id, []).append(letter)
    return found


def _hazards(letters: list[Letter]) -> frozenset[Hazard]:
    return frozenset(each.hazard for letter in letters for each in letter.case_facts.hazards)
