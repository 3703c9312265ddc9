"""Values, days and moments as people read them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from letters.cases.models import Case
from letters.drafting.phrases import day_in_words, moment_in_words, short_day
from letters.drafting.stages import Stage
from letters.law.facts import HealthCondition, Severity
from letters.law.hazards import Hazard
from letters.law.ladder import SentBy, Step
from letters.law.periods import LONDON
from letters.law.provision import Verification
from letters.law.tenures import Agreement, LandlordKind, Tenure
from letters.web.forms.answers import SEVERITY

_KINDS: Mapping[str, type[Enum]] = {
    "agreement": Agreement,
    "condition": HealthCondition,
    "hazard": Hazard,
    "landlord_kind": LandlordKind,
    "tenure": Tenure,
    "verification": Verification,
}

# A dispatch's reason is a key; here is what it means and, where something can be done, what.
REASONS = {
    "mailbox_moved": "The mailbox has moved. Ask for the new address, and send it again.",
    "mailbox_closed": "The mailbox is closed. Ask for the new address, and send it again.",
    "domain_unknown": "No mail goes to what stands after the @. Check the address.",
    "refused_by_policy": "Their mail server refuses such messages. Send it another way.",
    "message_too_large": "It is larger than their mail server takes. Send it another way.",
    "mail_loop": "It went round in a circle there. Send it another way.",
    "gave_up_trying": "The mail servers gave up after days of trying. Send it another way.",
    "not_delivered": "Their mail server could not deliver it. Send it another way.",
    "address_refused": "The number or address was refused. Ask the patient for it again, and send "
    "another link.",
    "text_not_delivered": "Ask the patient for the number again, and send another link.",
    "demonstration": "A demonstration sends nothing.",
    "ended": "The link was ended.",
    "expired": "The link ran out.",
    "closed": "The case is closed.",
    "case_closed": "The case had been closed.",
    "not_safe_to_write": "By what is recorded now, the patient may not be written to.",
    "too_many_photographs": "The case holds as many photographs as one case may.",
    "not_a_picture": "It cannot be read as a picture.",
    "delayed_on_its_way": "It is delayed on its way; the mail servers go on trying.",
    "refused_at_the_door": "The envelope came back: refused.",
    "not_collected": "The envelope came back: nobody collected it.",
    "came_back": "The envelope came back.",
    "not_looked_through_yet": "It is being looked through for viruses.",
    "scanner_down": "The virus scanner does not answer. It is tried again by itself.",
    "no_scanner": "No virus scanner is set up here. Tell whoever runs this service.",
    "too_large_to_scan": "It is too large for the virus scanner. Ask for it another way.",
    "cannot_be_looked_into": "It is locked with a password, or packed too deep. Ask for it anew.",
    "no_mark": "It gives no reference that we know.",
    "marks_disagree": "What it was sent to and what it says are about different cases.",
    "several_cases": "It quotes several cases.",
    "too_many_cases": "It names more cases than one message is put to.",
    "several_partnerships": "It names cases of several partnerships.",
    "taken_out": "Somebody took it out of a case.",
    "cannot_be_read": "It cannot be read by machine. Look at the original with care.",
    "too_large_to_take": "It was too large to take whole.",
    "addressee_changed": "Who it is to, or their address, changed after the letter was approved. "
    "Draft the letter again.",
    "cancelled_by_person": "Somebody stopped it.",
    "held_at_gate": "Something recorded about the household's safety stopped it. The page of the "
    "letter says what to do first.",
    "consent_withdrawn": "The patient withdrew consent before it went.",
    "law_not_signed": "Law or wording that it rests on changed, or its signature ran out or was "
    "withdrawn, before it went. Ask your legal reviewers, and draft it again.",
    "letter_withdrawn": "The letter was withdrawn before it went.",
    "message_refused": "The reader's mail server refused the message. Print and post it, or ask "
    "them for another address.",
    "not_fit_for_post": "In an envelope with a window it would not reach its reader, or show too "
    "much. Look under Files for what to mend, and draft it again.",
    "enclosure_altered": "A document that it encloses is not the one that was approved. Tell "
    "whoever runs this service.",
    "not_rendered": "Its files could not be made. Tell whoever runs this service.",
    "found_at_carrier": "It was asked whether it had the letter from an earlier try, and it had.",
    "return_taken_back": "It was another letter that came back.",
    "fallback": "It goes this way because it did not arrive another way.",
    "mailbox_unknown": "The reader's mail server knows no such mailbox. Correct the address, or "
    "send the letter another way.",
    "mailbox_full": "The reader's mailbox is full. Send the letter another way.",
    "moved_away": "The reader is no longer at the address. Find the new one, and draft the letter "
    "again.",
    "no_such_address": "There is no such address. Correct it, and draft the letter again.",
    "refused_by_reader": "The reader would not take it. Send it another way, and keep the "
    "envelope.",
    "recipient_refused": "The reader's mail server does not know the address. Correct it, or "
    "print and post the letter.",
    "sender_refused": "The mail server refused this service as a sender. Tell whoever runs it.",
    "server_fell_silent": "The mail server stopped answering at the last moment. Telephone "
    "and ask.",
    "server_out_of_reach": "The mail server could not be reached. It is tried again by itself.",
    "server_refused": "The mail server refused for now. It is tried again by itself.",
    "settled": "Somebody found out what had happened.",
    "sign_in_refused": "The carrier refused this service's sign-in. Tell whoever runs it.",
    "altered": "A stored file is not the one that was kept. Tell whoever runs this service.",
    "changed": "Something that was chosen changed before it was bound in. Make another bundle.",
    "consent_changed": "The patient no longer agrees that its reader may be told all that was "
    "chosen. Look at consent, and make another bundle.",
    "address_not_allowed": "Its address leads into a network here, where nobody outside may reach.",
    "answered_4xx": "The other program refused it.",
    "answered_5xx": "The other program failed.",
    "certificate_refused": "Its certificate does not fit its address, or nobody vouches for it.",
    "gone": "The other program says that it wants no more.",
    "host_not_found": "There is no such host.",
    "program_not_reached": "The other program could not be reached.",
    "redirected": "It answered with another address, and nobody follows those from here.",
    "too_slow": "It took longer than ten seconds.",
    "gave_up": "It took too long, or too much memory, three times. Make several bundles with fewer "
    "documents each, and tell whoever runs this service.",
    "too_large": "A single page is larger than a volume may be, or the index fills one. Make "
    "another bundle with larger volumes.",
    "address_needs_utf8": "The address has signs that our mail server cannot write to. Print "
    "and post the letter, or ask for another address.",
    "cancelled_at_notify": "Somebody stopped it on the pages of GOV.UK Notify.",
    "clock_is_wrong": "GOV.UK Notify says that the clock of this service is wrong. Tell whoever "
    "runs it; the letter goes by itself once it is right.",
    "daily_limit": "GOV.UK Notify takes no more today. It goes tomorrow by itself.",
    "file_refused": "GOV.UK Notify could not use the file. Tell whoever runs this service.",
    "link_missing": "There is no page to which the message could lead. Tell whoever runs this "
    "service.",
    "message_unusable": "An address or a line of the message holds signs that do not belong there. "
    "Correct the address.",
    "not_allowed_by_notify": "GOV.UK Notify does not allow this service to send that way. Tell "
    "whoever runs it.",
    "not_reached": "The reader could not be reached: a full mailbox, or a telephone that is off. "
    "Send the letter another way.",
    "notify_failed": "GOV.UK Notify took it and could not send it. Send it again.",
    "notify_fell_silent": "GOV.UK Notify stopped answering at the last moment. It is asked within "
    "minutes whether it has the letter.",
    "notify_in_trial_mode": "This service is in trial mode at GOV.UK Notify and may not write to "
    "them. Tell whoever runs it.",
    "notify_key_is_for_team": "The key for GOV.UK Notify may only write to the team. Tell whoever "
    "runs this service.",
    "notify_not_set_up": "GOV.UK Notify was chosen and is not set up any more. Tell whoever runs "
    "this service.",
    "notify_out_of_reach": "GOV.UK Notify could not be reached. It is tried again by itself.",
    "number_unknown": "There is no such telephone number. Correct it.",
    "postage_not_decided": "No class of post was chosen. Ask an administrator, under Sending.",
    "postage_refused": "The printer does not know this class of post. Ask an administrator to "
    "choose another, under Sending.",
    "rate_limit": "GOV.UK Notify asked to wait a minute. It goes by itself.",
    "refused_by_notify": "GOV.UK Notify refused it. Tell whoever runs this service.",
    "refused_by_printer": "The printer could not use the file. Print and post the letter yourself, "
    "and tell whoever runs this service.",
    "returned_by_post": "The post brought it back. Find the right address, and draft the letter "
    "again.",
    "template_differs": "The template at GOV.UK Notify asks for something else. Tell whoever runs "
    "this service.",
    "template_missing": "GOV.UK Notify has no such template. Tell whoever runs this service.",
    "batch_gave_up": "It took too long three times. Tell whoever runs this service.",
    "nothing_left_to_print": "Nothing of it may be printed any more: each letter says why.",
    "too_large_to_mail": "The message is larger than mail servers take. Print and post the letter, "
    "or leave out enclosures in another.",
    "virus_found": "A virus scanner refused the file. Tell whoever runs this service.",
    "worker_died": "The program that sends letters stopped on the way.",
}

_VERBS = {
    "link_message": "A message came in",
    "unlink_message": "Took a message out of the case",
    "read_message": "Read a message",
    "note_call": "Noted a telephone call",
    "record_commitment": "Recorded a promise",
    "commitment_move": "Moved a promise to another day",
    "commitment_keep": "Recorded that a promise was kept",
    "commitment_miss": "Saw that a promise was not kept",
    "commitment_withdraw": "Took a promise out",
    "settle_commitment": "Dealt with a promise that was not kept",
    "ask_question": "Asked the other team a question",
    "answer_question": "Answered a question",
    "drop_question": "Needed an answer no longer",
    "read_answer": "Read an answer",
    "assign_case": "Gave the case to an adviser",
    "release_case": "Took the case from an adviser",
    "refer": "Asked for help with another need",
    "follow_referral": "Recorded what came of a referral",
    "read_news": "Read what came of a referral",
    "add_occupant": "Added another person in the home",
    "ask_for_adjustment": "Recorded which adjustment is asked for",
    "return_letter_to_draft": "Took back a signature",
    "sign_letter_first": "Gave the first of two signatures",
    "approve_letter": "Approved a letter",
    "change_house_style": "Changed how letters look",
    "change_letterhead": "Changed the address at the head of letters",
    "keep_signature": "Put in their signature",
    "end_signature": "Took their signature away",
    "confirm_tenant_asked": "Said that the tenant asked for a letter in their name",
    "confirm_unit": "Confirmed law or wording",
    "deadline_close": "Closed a deadline",
    "deadline_extend": "Put off a deadline",
    "deadline_meet": "Recorded that a deadline was met",
    "deadline_miss": "A deadline was missed",
    "deadline_pause": "Paused a deadline",
    "deadline_resume": "Resumed a deadline",
    "draft_letter": "Drafted a letter",
    "escalate": "Prepared the next step",
    "give_consent": "Recorded consent",
    "confirm_patient": "Checked whom something that was added is about",
    "record_safety": "Recorded whether a letter could harm somebody",
    "open_in_emergency": "Opened a patient's cases in an emergency",
    "end_emergency": "Ended an emergency access",
    "review_emergency": "Reviewed an emergency access",
    "leave_clause_out": "Left a clause out of a letter",
    "take_clause_in": "Took a clause into a letter again",
    "lift_gate": "Let a letter through that was held for safety",
    "withdraw_grants": "Recorded that one recipient may be told no more",
    "make_file": "Made a file of a letter",
    "move_dispatch": "A letter moved on its way",
    "open_case": "Opened the case",
    "ask_for_batch": "Had letters put together to print",
    "make_batch": "Put letters together to print",
    "fail_batch": "Could not put letters together",
    "download_batch": "Downloaded letters to print",
    "tick_off_batch": "Recorded which letters are in the post",
    "change_sending_rules": "Changed how letters are sent",
    "end_carrier_pause": "Let a carrier go on",
    "queue_dispatch": "Asked for a letter to be sent",
    "prepare_again": "Drafted the next letter",
    "redraft_letter": "Brought a draft up to date",
    "report_hazard": "Reported a hazard",
    "correct_hazard": "Corrected a hazard",
    "start_clock": "Started a clock",
    "move_to_merged_landlord": "Two entries of the landlord became one",
    "viewed": "Looked",
    "withdraw_consent": "Recorded that consent was withdrawn",
    "withdraw_letter": "Withdrew a letter",
    "add_photograph": "Added a photograph",
    "describe_photograph": "Said what a photograph shows",
    "redact_photograph": "Hid part of a photograph",
    "lift_redaction": "Showed a hidden part again",
    "remove_photograph": "Removed a photograph",
    "restore_photograph": "Brought a photograph back",
    "add_enclosure": "Added a document",
    "remove_enclosure": "Removed a document",
    "restore_enclosure": "Brought a document back",
    "choose_evidence": "Chose photographs and enclosures",
    "ask_for_bundle": "Asked for a bundle",
    "make_bundle": "Made a bundle",
    "fail_bundle": "Could not make a bundle",
    "download_bundle": "Downloaded a volume of a bundle",
}


def label(value: object, kind: str = "") -> str:
    """The words for a value, or for the key of one of a kind."""
    found: Any = _KINDS[kind](value) if kind else value
    words = str(getattr(found, "label", str(found).replace("_", " ")))
    return words[:1].upper() + words[1:]


def severity(value: str) -> str:
    return SEVERITY[Severity(value)]


def day(value: date | datetime | str | None) -> str:
    """ "23 November 2026", in London; "Not known" for none."""
    if value is None:
        return "Not known"
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return short_day(_in_london(found))


def month(value: date) -> str:
    """ "November 2026"."""
    return f"{value:%B}\N{NO-BREAK SPACE}{value.year}"


def weekday(value: date | datetime | str) -> str:
    """ "Monday 23 November 2026", in London."""
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return day_in_words(_in_london(found))


def moment(value: datetime) -> str:
    """ "9.30 am on Monday 23 November 2026", in London."""
    return moment_in_words(value.astimezone(LONDON))


def _in_london(value: date | datetime) -> date:
    return value.astimezone(LONDON).date() if isinstance(value, datetime) else value


def reason(key: str) -> str:
    return REASONS.get(key, key.replace("_", " ").capitalize())


def verb(key: str) -> str:
    return _VERBS.get(key, key.replace("_", " ").capitalize())


def capital(text: str) -> str:
    """With a capital first, for a line of its own."""
    return text[:1].upper() + text[1:]


def case_title(case: Case) -> str:
    return f"{case.patient.name}, case {case.reference}"


_SENDERS = {
    SentBy.CLINICIAN: "Clinician",
    SentBy.ADVISER: "Adviser",
    SentBy.TENANT: "The household itself",
    SentBy.SOLICITOR: "Solicitor",
}


def sender(value: SentBy) -> str:
    """Whose step it is."""
    return _SENDERS[value]


def step_title(step: Step) -> str:
    """A step by the name of its letter, or by its own."""
    if step.key in list(Stage):
        return Stage(step.key).label
    return capital(step.key.replace("_", " ")).replace(" mp", " MP")


FILTERS = {
    "capital": capital,
    "case_title": case_title,
    "day": day,
    "label": label,
    "moment": moment,
    "month": month,
    "reason": reason,
    "sender": sender,
    "severity": severity,
    "step_title": step_title,
    "verb": verb,
    "weekday": weekday,
}
