"""The one place where a refusal of the rooms below becomes a status and the one error body."""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.views import set_rollback

from letters.access import errors as access
from letters.announcing import errors as announcing
from letters.api.bodies import BodyTooLarge
from letters.cases import errors as cases
from letters.delivery import errors as delivery
from letters.drafting import errors as drafting
from letters.drafting.identifiers import NotAnNhsNumber, NotAPostcode
from letters.incoming import errors as incoming
from letters.issuing import errors as issuing
from letters.law import errors as law
from letters.outcomes import errors as outcomes
from letters.tracking import errors as tracking

logger = logging.getLogger(__name__)

_BAD, _FORBIDDEN, _CONFLICT, _UNPROCESSABLE, _BROKEN = 400, 403, 409, 422, 500

# A refusal not named here has the status of the nearest one that it is a kind of. 400: mend the
# request. 403: ask somebody else. 409: the case or letter is not where this step starts from.
STATUSES: Mapping[type[Exception], int] = {
    access.AccessError: _FORBIDDEN,
    access.TeamNotClear: _BAD,
    access.KeyUsedForAnother: _UNPROCESSABLE,
    announcing.AnnouncingError: _CONFLICT,
    announcing.AddressNotAllowed: _BAD,
    announcing.NothingChosen: _BAD,
    announcing.PartnershipNotClear: _BAD,
    announcing.CursorNotKnown: _BAD,
    cases.CaseError: _CONFLICT,
    cases.DateInTheFuture: _BAD,
    cases.BasisMissing: _BAD,
    cases.NobodyMayConsent: _BAD,
    cases.NothingAgreed: _BAD,
    cases.ConsentEndsTooSoon: _BAD,
    cases.ConcernsUnanswered: _BAD,
    cases.NobodyChosen: _BAD,
    cases.HomeContradicted: _BAD,
    cases.NotAResponsibleBody: _BAD,
    cases.AdjustmentNotSaid: _BAD,
    drafting.DraftingError: _CONFLICT,
    drafting.DocumentRefused: _BAD,
    drafting.WordingFileError: _BROKEN,
    drafting.UnknownPassage: _BROKEN,
    NotAnNhsNumber: _BAD,
    NotAPostcode: _BAD,
    law.LawError: _CONFLICT,
    law.LawFileError: _BROKEN,
    issuing.IssuingError: _CONFLICT,
    issuing.AdviserNeeded: _FORBIDDEN,
    issuing.ClinicianNeeded: _FORBIDDEN,
    issuing.AdviserSigns: _FORBIDDEN,
    issuing.ReservedLetter: _FORBIDDEN,
    issuing.SecondSignatureNeeded: _FORBIDDEN,
    issuing.TenantNotAsked: _BAD,
    issuing.GateReasonMissing: _BAD,
    issuing.AdviceNotFollowed: _BAD,
    issuing.ReviewDayPassed: _BAD,
    delivery.DeliveryError: _CONFLICT,
    delivery.PostedOutOfRange: _BAD,
    delivery.NotATrackingNumber: _BAD,
    tracking.TrackingError: _CONFLICT,
    tracking.NotLater: _BAD,
    tracking.ReasonMissing: _BAD,
    tracking.ExtensionTooLong: _BAD,
    tracking.MomentNotYetCome: _BAD,
    tracking.PromiseTooFar: _BAD,
    incoming.IncomingError: _BAD,
    outcomes.OutcomeError: _BAD,
}

# The framework's own refusals, in words that say what to do and repeat nothing that was sent.
SAYS = {
    "not_found": "Check the address: there is nothing here that you may see",
    "not_authenticated": "Send a token in the Authorization header, or sign in",
    "method_not_allowed": "Choose another method; the Allow header names them",
    "unsupported_media_type": "Send application/json",
    "invalid": "Mend what `field` points to",
}
_FRAMEWORK: Mapping[type[Exception], type[exceptions.APIException]] = {
    Http404: exceptions.NotFound,
    PermissionDenied: exceptions.PermissionDenied,
    RequestDataTooBig: BodyTooLarge,
    SuspiciousOperation: exceptions.ParseError,
}


class ServerError(exceptions.APIException):
    """Something that nobody foresaw; it is in the log under the request's id."""

    default_detail = "Try again later; tell the people who run this service if it stays so"
    default_code = "server_error"


def status_of(kind: type[Exception]) -> int | None:
    """The status of a kind of refusal; None for what is none."""
    if issubclass(kind, exceptions.APIException):
        return int(kind.status_code)
    return next((STATUSES[base] for base in kind.__mro__ if base in STATUSES), None)


def code_of(kind: type[Exception]) -> str:
    """`ConsentMissing` as `consent_missing`: what a program may rely on."""
    if issubclass(kind, exceptions.APIException):
        return str(kind.default_code)
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def handle(exception: Exception, context: Mapping[str, Any]) -> JsonResponse:
    """Answer with `{"errors": [{"code", "field", "message"}]}`, whatever went wrong."""
    set_rollback()
    refusal = _in_framework(exception)
    status = status_of(type(refusal))
    if status is None or status == _BROKEN:
        request = context["request"]
        got_request_exception.send(sender=type(context["view"]), request=request)
        logger.error("request failed", exc_info=exception)
        refusal, status = ServerError(), _BROKEN
    return JsonResponse(
        {"errors": list(_errors(refusal))}, status=status, headers=_headers(refusal)
    )


def _in_framework(exception: Exception) -> Exception:
    for kind, ours in _FRAMEWORK.items():
        if isinstance(exception, kind):
            return ours()
    return exception


def _headers(refusal: Exception) -> dict[str, str]:
    challenge, wait = getattr(refusal, "auth_header", ""), getattr(refusal, "wait", None)
    headers = {"WWW-Authenticate": challenge, "Retry-After": str(wait) if wait else ""}
    return {name: value for name, value in headers.items() if value}


def _errors(refusal: Exception) -> Iterator[dict[str, str]]:
    if isinstance(refusal, drafting.DocumentRefused):
        for fault in refusal.faults:
            yield _error(code_of(type(refusal)), fault.pointer, fault.without_quotes)
    elif isinstance(refusal, exceptions.ValidationError):
        yield from _invalid(refusal.get_full_details(), "")
    elif isinstance(refusal, exceptions.APIException):
        code = str(refusal.get_codes())
        yield _error(code, "", SAYS.get(code, str(refusal.detail)))
    else:
        field = str(getattr(refusal, "field", ""))
        yield _error(code_of(type(refusal)), f"/{field}" if field else "", str(refusal))


def _invalid(details: Any, pointer: str) -> Iterator[dict[str, str]]:  # a tree, as deep as the body
    if isinstance(details, dict) and set(details) == {"code", "message"}:
        yield _error(str(details["code"]), pointer, str(details["message"]))
    elif isinstance(details, dict):
        for name, inner in details.items():
            below = pointer if name == "non_field_errors" else f"{pointer}/{name}"
            yield from _invalid(inner, below)
    else:
        for inner in details:
            yield from _invalid(inner, pointer)


def _error(code: str, field: str, message: str) -> dict[str, str]:
    return {"code": code, "field": field, "message": message}
