"""The closed sets of the case file that are not the law's, spelled alike in form and letter."""

from enum import StrEnum

from letters.drafting.phrases import lower_first


class _Labelled(StrEnum):
    """A value and the words a person reads for it."""

    def __new__(cls, value: str, label: str = "") -> "_Labelled":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    label: str


class Source(_Labelled):
    """How a fact about the home is known; every letter says which."""

    SEEN_BY_CLINICIAN = "seen_by_clinician", "Seen by the clinician"
    PHOTOGRAPH = "photograph", "Seen in a photograph"
    REPORTED_BY_PATIENT = "reported_by_patient", "Reported by the patient or family"
    INSPECTION_REPORT = "inspection_report", "Taken from an inspection report"


class TakenBy(_Labelled):
    """Who took a photograph, as its caption says after "by"."""

    TENANT = "tenant", "the tenant"
    PATIENT = "patient", "the patient"
    HOUSEHOLD = "household", "another member of the household"
    CLINICIAN = "clinician", "the clinician"
    ADVISER = "adviser", "the adviser"
    INSPECTOR = "inspector", "somebody who inspected the home"
    OTHER = "other", "somebody else"
    NOT_KNOWN = "not_known", "somebody not known"


class Event(_Labelled):
    """What is counted over a window of months; never notes, only counts."""

    ORAL_STEROID_COURSE = "oral_steroid_course", "Courses of oral steroids"
    EMERGENCY_ATTENDANCE = "emergency_attendance", "Emergency department attendances"
    HOSPITAL_ADMISSION = "hospital_admission", "Hospital admissions"
    INTENSIVE_CARE_ADMISSION = "intensive_care_admission", "Intensive care admissions"
    GP_VISIT = "gp_visit", "Unplanned GP visits"
    SCHOOL_OR_WORK_DAY_LOST = "school_or_work_day_lost", "School or work days lost"

    @property
    def one(self) -> str:
        return _ONE_EVENT[self]

    @property
    def many(self) -> str:
        return lower_first(self.label)


_ONE_EVENT = {
    Event.ORAL_STEROID_COURSE: "course of oral steroids",
    Event.EMERGENCY_ATTENDANCE: "emergency department attendance",
    Event.HOSPITAL_ADMISSION: "hospital admission",
    Event.INTENSIVE_CARE_ADMISSION: "intensive care admission",
    Event.GP_VISIT: "unplanned GP visit",
    Event.SCHOOL_OR_WORK_DAY_LOST: "school or work day lost",
}


class OpinionLevel(_Labelled):
    """The rungs of causation wording that are offered; "caused" is not one of them."""

    RECOGNISED_RISK = "recognised_risk", "Recognised risk"
    CONSISTENT_WITH = "consistent_with", "Consistent with the home contributing"
    LIKELY = "likely", "Likely, in the clinician's opinion"


class Recipient(_Labelled):
    """Who may be told something."""

    LANDLORD = "landlord", "The landlord"
    MANAGING_AGENT = "managing_agent", "The managing agent"
    COUNCIL = "council", "The council's environmental health team"
    COUNCIL_HOUSING = "council_housing", "The council's housing and grants teams"
    OMBUDSMAN = "ombudsman", "An ombudsman or tribunal"
    ADVISER = "adviser", "The welfare adviser"
    PATIENT_RECORD = "patient_record", "The patient's health record"
    EVALUATOR = "evaluator", "People who find out, without names, whether letters help"
    PATIENT = "patient", "The patient, or the patient's family"


class Purpose(_Labelled):
    """What they may be told it for."""

    LETTER = "letter", "A letter about the home"
    ESCALATION = "escalation", "Later letters if nothing happens"
    ADVICE = "advice", "Advice and help with the case"
    EVALUATION = "evaluation", "Finding out, without names, whether letters help"


class DataItem(_Labelled):
    """What they may be told."""

    HOUSING_CONDITIONS = "housing_conditions", "What is wrong with the home"
    DIAGNOSIS = "diagnosis", "The diagnosis"
    SEVERITY = "severity", "How severe it is, and its treatment"
    EXACERBATIONS = "exacerbations", "Attacks, admissions and days lost"
    OPINION = "opinion", "The clinician's opinion of what the home does to it"
    HOUSEHOLD_MEMBERS = "household_members", "Other people in the home: ages and illnesses"
    PHOTOGRAPHS = "photographs", "Photographs of the home"


class Happening(_Labelled):
    """What can have happened since a hazard was first told of, as a chronology names it."""

    TOLD = "told", "The household told the landlord"
    LETTER_SENT = "letter_sent", "A letter was sent"
    REMINDER_SENT = "reminder_sent", "A reminder was sent"
    COMPLAINT_MADE = "complaint_made", "A formal complaint was made"
    COMPLAINT_ANSWERED = "complaint_answered", "The complaint was answered"
    STAGE_2_ASKED = "stage_2_asked", "Stage 2 of the complaint was asked for"
    FINAL_RESPONSE = "final_response", "The final response was given"
    REPLY = "reply", "The landlord replied"
    INSPECTION = "inspection", "The home was inspected"
    DATE_MISSED = "date_missed", "A date passed without word"
    WORK_BEGUN = "work_begun", "Work began"
    WORK_DONE = "work_done", "Work was done"
    RETURNED = "returned", "The hazard came back"


class GivenBy(_Labelled):
    """Who consents, in which capacity."""

    SELF = "self", "The patient"
    PARENT = "parent", "A person with parental responsibility"
    ATTORNEY = "attorney", "An attorney for health and welfare"
    DEPUTY = "deputy", "A deputy of the court"
    BEST_INTERESTS = "best_interests", "Nobody: a decision in the patient's best interests"


class ConsentMethod(_Labelled):
    """How consent was given."""

    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video"
    WRITTEN = "written", "In writing"


class Concern(_Labelled):
    """What a letter could bring on those who live in the home, or on others there."""

    EVICTION_OR_REPRISAL = "eviction_or_reprisal", "Fear of eviction or reprisal"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    IMMIGRATION = "immigration", "Worry about immigration status"
    DISPLACEMENT = "displacement", "The home may be condemned, or the household have to move out"
    OTHER_OCCUPANTS = "other_occupants", "Other people in the building would be affected"
    SAFEGUARDING = "safeguarding", "A safeguarding concern"


class ContactWay(_Labelled):
    """How the patient may be reached without harm."""

    ANY = "any", "Any way"
    TELEPHONE = "telephone", "Only by telephone"
    CLINIC = "clinic", "Only through the clinic"
    NONE = "none", "Do not contact"
    NOT_KNOWN = "not_known", "Not known"
