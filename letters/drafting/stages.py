"""The kinds of letter that the service writes; most are rungs of a ladder, some stand beside it."""

from enum import StrEnum


class Stage(StrEnum):
    """One kind of letter. What each is made of, and where it exists, is data in templates_legal."""

    FIRST_LETTER = "first_letter"
    MISSED_DEADLINE = "missed_deadline"
    COMPLAINT = "complaint"
    COMPLAINT_STAGE_2 = "complaint_stage_2"
    COUNCIL_INSPECTION = "council_inspection"
    HOUSING_REGISTER = "housing_register"
    HOMELESSNESS = "homelessness"
    SUITABILITY = "suitability"
    ADJUSTMENT = "adjustment"
    OMBUDSMAN = "ombudsman"
    TRIBUNAL = "tribunal"
    GRANT = "grant"
    LETTER_OF_CLAIM = "letter_of_claim"
    NUISANCE_NOTICE = "nuisance_notice"
    RECORD_COPY = "record_copy"
    PATIENT_COPY = "patient_copy"
    PORTFOLIO = "portfolio"
    CLOSING = "closing"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Stage.FIRST_LETTER: "Report of a hazard affecting health",
    Stage.MISSED_DEADLINE: "Reminder after a missed deadline",
    Stage.COMPLAINT: "Formal complaint, first stage",
    Stage.COMPLAINT_STAGE_2: "Formal complaint, second stage",
    Stage.COUNCIL_INSPECTION: "Request to the council to inspect the home",
    Stage.HOUSING_REGISTER: "Medical evidence for the housing register",
    Stage.HOMELESSNESS: "Medical evidence for a homelessness application",
    Stage.SUITABILITY: "Medical evidence on suitability of accommodation",
    Stage.ADJUSTMENT: "Request for a reasonable adjustment",
    Stage.OMBUDSMAN: "Summary of evidence for the ombudsman",
    Stage.TRIBUNAL: "Application pack for the tribunal",
    Stage.GRANT: "Support for a grant to improve the home",
    Stage.LETTER_OF_CLAIM: "Letter of claim",
    Stage.NUISANCE_NOTICE: "Notice of proceedings for statutory nuisance",
    Stage.RECORD_COPY: "Note for the GP and the health record",
    Stage.PATIENT_COPY: "The patient's own copy, in plain words",
    Stage.PORTFOLIO: "Letter about several homes of one landlord",
    Stage.CLOSING: "Closing letter",
}
