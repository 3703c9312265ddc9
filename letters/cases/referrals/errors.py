"""Refusals about referrals for other needs."""

from letters.cases.errors import CaseError
from letters.cases.referrals.models import ReferralStatus


class ReferralNotAgreed(CaseError):
    """Nothing is passed on without the patient's yes to this very recipient."""

    field = "agreed"

    def __init__(self) -> None:
        super().__init__("Ask the patient first: a referral takes their yes to who is told")


class NobodyToTakeUp(CaseError):
    """The patient has not agreed that an adviser sees the case."""

    def __init__(self) -> None:
        super().__init__("Record consent first: no adviser can see this case, nor the referral")


class WhatCameOfItMissing(CaseError):
    """Whoever asked wants to know how it ended, and why."""

    field = "words"

    def __init__(self) -> None:
        super().__init__("Say what came of it, for whoever asked")


class NotTheNextOfReferral(CaseError):
    """It stands where this cannot be what comes next."""

    field = "status"

    def __init__(self, status: ReferralStatus) -> None:
        super().__init__(f"Look at the referral again: it stands at “{status.label}” by now")
