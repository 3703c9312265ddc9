"""Words for answers that several forms offer."""

from letters.law.facts import Answer, Severity
from letters.web.fields import Choice, Look, named

YES_NO = {Answer.YES: "Yes", Answer.NO: "No", Answer.NOT_KNOWN: "Not known"}

SEVERITY = {
    Severity.PRESENT: "Present",
    Severity.SEVERE: "Severe",
    Severity.UNSAFE_NOW: "Unsafe now",
}
SEVERITY_HINTS = {
    Severity.PRESENT: "It is there, and it matters to health.",
    Severity.SEVERE: "Extensive, or clearly making somebody ill.",
    Severity.UNSAFE_NOW: "Somebody could come to harm tonight. Telephone as well as writing.",
}


def yes_no(label: str, *, missing: str, hint: str = "") -> Choice:
    """Yes, no or not known."""
    look = Look(component="radios", inline=True)
    return Choice(label, named(YES_NO), missing=missing, hint=hint, coerce=Answer, look=look)
