"""The addresses of this edge."""

from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.views import APIView

from letters.api.views import (
    announcing,
    cases,
    deadlines,
    dispatches,
    incoming,
    law,
    letters,
    links,
    outcomes,
    published,
    rehearsal,
    sign_offs,
    what_applies,
)
from letters.tracking import actions as tracking

app_name = "api"
_DISPATCH = "dispatches/<uuid:dispatch_id>"
_SUBSCRIPTION = "subscriptions/<uuid:subscription_id>"


def _kept_by_nobody(route: str, view: type[APIView], name: str, **how: object) -> URLPattern:
    """An address whose answers no cache on the way may keep."""
    return path(route, never_cache(view.as_view(**how)), name=name)


urlpatterns = [
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("case.schema.json", published.CaseSchema.as_view(), name="case_schema"),
    path("law/", law.Law.as_view(), name="law"),
    _kept_by_nobody("law/sign-offs/", sign_offs.SignOffs, "sign_offs"),
    _kept_by_nobody("law/what-applies/", what_applies.WhatApplies, "what_applies"),
    path(
        "law/<slug:nation>/<slug:instrument>/<slug:provision>/",
        law.Provision.as_view(),
        name="provision",
    ),
    _kept_by_nobody("token/", published.Token, "token"),
    _kept_by_nobody("cases/", cases.Cases, "cases"),
    _kept_by_nobody("cases/<uuid:case_id>/", cases.OneCase, "case"),
    _kept_by_nobody(
        "cases/<uuid:case_id>/consent/withdraw/", cases.WithdrawConsent, "withdraw_consent"
    ),
    _kept_by_nobody("cases/<uuid:case_id>/letters/", letters.DraftLetter, "draft_letter"),
    _kept_by_nobody("cases/<uuid:case_id>/letter-kinds/", letters.LetterKinds, "letter_kinds"),
    _kept_by_nobody(
        "cases/<uuid:case_id>/health-changes/", outcomes.RecordHealthChange, "record_health_change"
    ),
    _kept_by_nobody("cases/<uuid:case_id>/messages/", incoming.Messages, "messages"),
    _kept_by_nobody("cases/<uuid:case_id>/commitments/", incoming.Commitments, "commitments"),
    _kept_by_nobody("cases/<uuid:case_id>/calls/", incoming.NoteCall, "note_call"),
    _kept_by_nobody(
        "hazards/<uuid:hazard_id>/remediations/", outcomes.RecordRemediation, "record_remediation"
    ),
    _kept_by_nobody("letters/<uuid:letter_id>/", letters.OneLetter, "letter"),
    _kept_by_nobody("letters/<uuid:letter_id>/trace/", letters.LetterTrace, "letter_trace"),
    _kept_by_nobody("letters/<uuid:letter_id>/letter.pdf", letters.LetterPdf, "letter_pdf"),
    _kept_by_nobody(
        "letters/<uuid:letter_id>/return-to-draft/", letters.ReturnToDraft, "return_to_draft"
    ),
    _kept_by_nobody("letters/<uuid:letter_id>/approve/", letters.ApproveLetter, "approve_letter"),
    _kept_by_nobody(
        "letters/<uuid:letter_id>/dispatches/", dispatches.QueueDispatch, "queue_dispatch"
    ),
    _kept_by_nobody(
        "letters/<uuid:letter_id>/responses/", outcomes.RecordResponse, "record_response"
    ),
    _kept_by_nobody("dispatches/<uuid:dispatch_id>/", dispatches.OneDispatch, "dispatch"),
    _kept_by_nobody(
        "dispatches/<uuid:dispatch_id>/posted/", dispatches.RecordPosted, "record_posted"
    ),
    _kept_by_nobody("deadlines/", deadlines.Deadlines, "deadlines"),
    *(
        _kept_by_nobody(
            f"deadlines/<uuid:deadline_id>/{verb}/",
            deadlines.ChangeDeadline,
            f"{verb}_deadline",
            change=change,
        )
        for verb, change in (
            ("pause", tracking.pause_deadline),
            ("resume", tracking.resume_deadline),
            ("meet", tracking.meet_deadline),
            ("close", tracking.close_deadline),
        )
    ),
    _kept_by_nobody(
        "deadlines/<uuid:deadline_id>/extend/", deadlines.ExtendDeadline, "extend_deadline"
    ),
    _kept_by_nobody(f"{_DISPATCH}/link/", links.OneLink, "link"),
    _kept_by_nobody(f"{_DISPATCH}/link/renew/", links.RenewLink, "renew_link"),
    _kept_by_nobody(f"{_DISPATCH}/link/end/", links.EndLink, "end_link"),
    _kept_by_nobody("rehearsal/", rehearsal.Rehearsal, "rehearsal"),
    _kept_by_nobody("events/", announcing.Events, "events"),
    _kept_by_nobody("subscriptions/", announcing.Subscriptions, "subscriptions"),
    _kept_by_nobody(f"{_SUBSCRIPTION}/", announcing.OneSubscription, "subscription"),
    _kept_by_nobody(f"{_SUBSCRIPTION}/secret/", announcing.ChangeSecret, "change_secret"),
    _kept_by_nobody(f"{_SUBSCRIPTION}/resume/", announcing.ResumeSubscription, "resume"),
    _kept_by_nobody(f"{_SUBSCRIPTION}/end/", announcing.EndSubscription, "end_subscription"),
    _kept_by_nobody(
        "announcements/<uuid:announcement_id>/tell-again/", announcing.TellAgain, "tell_again"
    ),
    _kept_by_nobody("summary/", outcomes.Summary, "summary"),
    re_path(r"[\s\S]*", published.NothingHere.as_view(), name="nothing_here"),
]
