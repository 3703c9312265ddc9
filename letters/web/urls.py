"""The addresses of this edge: each page behind the sign-in, but for those listed as public, and
the right that it takes, so that nobody fills in what they may not send."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from letters.access.errors import NotAllowed
from letters.access.queries import require
from letters.access.roles import Right
from letters.web.guard import guarded as stand_before
from letters.web.views import (
    account,
    announcing,
    answering,
    asking,
    batches,
    bundling,
    callbacks,
    cases,
    check,
    clauses,
    clusters,
    deliveries,
    desk,
    emergency,
    evidence,
    explorer,
    faults,
    house_styles,
    incoming,
    intakes,
    landlords,
    letters,
    links,
    mail_in,
    operations,
    organisation,
    outcomes,
    passwords,
    patients,
    people,
    questions,
    referrals,
    rehearsing,
    reviews,
    safety,
    sending,
    sending_in,
    tracking,
    watching,
)
from letters.web.visitor import me

View = Callable[..., HttpResponse]
_look_and_send = require_http_methods(["GET", "HEAD", "POST"])


def page(route: str, view: View, *, right: Right | None = None) -> URLPattern:
    """A page for people who have signed in; nothing of it stays in the browser."""

    @wraps(view)
    def guarded(request: HttpRequest, **ids: object) -> HttpResponse:
        try:
            if right is not None:
                require(me(request), right)
            return view(request, **ids)
        except NotAllowed as refusal:
            return faults.not_allowed(request, refusal)

    shown = cache_control(no_store=True, private=True)(stand_before(_look_and_send(guarded)))
    return path(route, login_required(shown), name=view.__name__)


def button(route: str, view: View, *, right: Right | None = None) -> URLPattern:
    """What a form of another page is sent to. It has nothing to show, so whoever comes back to it
    after signing in again is led to where their work begins."""

    @wraps(view)
    def pressed(request: HttpRequest, **ids: object) -> HttpResponse:
        return view(request, **ids) if request.method == "POST" else redirect("letters:home")

    return page(route, pressed, right=right)


_CASE, _LETTER = "cases/<uuid:case_id>", "letters/<uuid:letter_id>"
_PHOTOGRAPH, _ENCLOSURE = "photographs/<uuid:photograph_id>", "enclosures/<uuid:enclosure_id>"
_DISPATCH, _BUNDLE = "dispatches/<uuid:dispatch_id>", "bundles/<uuid:bundle_id>"
_MESSAGE, _ATTACHMENT = "messages/<uuid:message_id>", "attachments/<uuid:attachment_id>"
_INTAKE = "intakes/<uuid:intake_id>"
_CLUSTER = "clusters/<uuid:team_id>/<uuid:landlord_id>/<slug:nation>"
_LANDLORD = "landlords/<uuid:landlord_id>"
_QUESTION, _REFERRAL = "questions/<uuid:question_id>", "referrals/<uuid:referral_id>"
_SUBSCRIPTION = "subscriptions/<uuid:subscription_id>"
_INVITATION = "invitations/<uuid:invitation_id>"
_OPENED, _SENDING = "letter/<slug:token>", "send/<slug:token>"
_ORGANISATION = "house-styles/<uuid:organisation_id>"

public = [
    path("sign-in/", account.sign_in, name="sign_in"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("sign-in/organisation/", organisation.go_to_organisation, name="go_to_organisation"),
    path(
        "sign-in/organisation/back/",
        organisation.come_from_organisation,
        name="come_from_organisation",
    ),
    path("livez", watching.live, name="live"),
    path("readyz", watching.ready, name="ready"),
    path("metrics", watching.metrics, name="metrics"),
    path("letter.css", letters.letter_style, name="letter_style"),
    path(
        "letter-look/<slug:colour>/<slug:typeface>.css",
        house_styles.letter_look,
        name="letter_look",
    ),
    path(
        "letter-fonts/<slug:typeface>/<int:weight>.ttf",
        house_styles.letter_font,
        name="letter_font",
    ),
    path("check/", check.check, name="check"),
    path(f"{_OPENED}/", answering.open_letter, name="open_letter"),
    path(f"{_OPENED}/read/", answering.opened_letter, name="opened_letter"),
    path(f"{_OPENED}/letter.pdf", answering.opened_pdf, name="opened_pdf"),
    path(
        f"{_OPENED}/enclosures/<int:number>.pdf",
        answering.opened_enclosure,
        name="opened_enclosure",
    ),
    path(f"{_OPENED}/pictures/<slug:digest>/", answering.opened_picture, name="opened_picture"),
    path(f"{_OPENED}/answer/", answering.answer_letter, name="answer_letter"),
    path(f"{_OPENED}/answered/", answering.answered_letter, name="answered_letter"),
    path(f"{_SENDING}/", sending_in.open_sending, name="open_sending"),
    path(f"{_SENDING}/photographs/", sending_in.send_photographs, name="send_photographs"),
    path(f"{_SENDING}/thanks/", sending_in.photographs_sent, name="photographs_sent"),
    path(f"{_SENDING}/decline/", sending_in.decline_sending, name="decline_sending"),
    path("join/<slug:token>/", people.join, name="join"),
    path("password/forgotten/", passwords.forgotten_password, name="forgotten_password"),
    path(
        "password/<uuid:user_id>/<slug:token>/", passwords.choose_password, name="choose_password"
    ),
    path("incoming/mail/", mail_in.take_mail, name="take_mail"),
    path("callbacks/notify/", callbacks.notify_callback, name="notify_callback"),
    path("law/", explorer.law, name="law"),
    path("law/<slug:nation>/what-applies/", explorer.what_applies, name="what_applies"),
    path(
        "law/<slug:nation>/<slug:instrument>/<slug:provision>/",
        explorer.provision,
        name="provision",
    ),
]

# Before the public pages of the law, whose addresses have room for any two words.
reviewing = [
    page("law/review/", reviews.reviews),
    page("law/<slug:nation>/review/", reviews.review),
    button(
        "law/<slug:nation>/review/<uuid:partnership_id>/sign/",
        reviews.sign_units,
        right=Right.SIGN_LAW,
    ),
    button(
        "law/<slug:nation>/review/<uuid:partnership_id>/confirm/",
        reviews.confirm_units,
        right=Right.SIGN_LAW,
    ),
    page(
        "law/sign-offs/<uuid:sign_off_id>/withdraw/",
        reviews.withdraw_sign_off,
        right=Right.SIGN_LAW,
    ),
    page("law/<slug:nation>/review/<path:unit_id>/", reviews.review_unit),
]

app_name = "letters"
urlpatterns = [
    *reviewing,
    *public,
    page("", account.home),
    page("sign-in/unlocked/", organisation.unlocked),
    page("start/", patients.start, right=Right.RECORD_CASE),
    button("intakes/begin/", intakes.begin_intake, right=Right.RECORD_CASE),
    page(f"{_INTAKE}/", intakes.intake, right=Right.RECORD_CASE),
    button(f"{_INTAKE}/keep/<slug:screen>/", intakes.keep_answer, right=Right.RECORD_CASE),
    button(f"{_INTAKE}/discard/", intakes.discard_intake, right=Right.RECORD_CASE),
    page(f"{_INTAKE}/<slug:screen>/", intakes.intake_screen, right=Right.RECORD_CASE),
    page("patients/register/", patients.register_patient, right=Right.RECORD_CASE),
    page("patients/<uuid:patient_id>/cases/open/", patients.open_case, right=Right.RECORD_CASE),
    page(
        "patients/<uuid:patient_id>/emergency/",
        emergency.open_in_emergency,
        right=Right.OPEN_IN_EMERGENCY,
    ),
    button(
        "patients/<uuid:patient_id>/emergency/end/",
        emergency.end_emergency,
        right=Right.OPEN_IN_EMERGENCY,
    ),
    page("cases/", cases.all_cases, right=Right.RECORD_CASE),
    page(f"{_CASE}/", cases.case),
    page(f"{_CASE}/chronology/", cases.chronology),
    page(f"{_CASE}/landlord/name/", cases.name_landlord, right=Right.RECORD_CASE),
    page(f"{_CASE}/landlord/name-new/", cases.name_new_landlord, right=Right.RECORD_CASE),
    page(f"{_CASE}/landlord/name-agent/", cases.name_agent_alone, right=Right.RECORD_CASE),
    page(f"{_CASE}/hazards/", cases.hazards),
    page(f"{_CASE}/hazards/report/", cases.report_hazard, right=Right.RECORD_CASE),
    page(f"{_CASE}/health/record/", cases.record_health, right=Right.RECORD_CASE),
    page(f"{_CASE}/household/describe/", cases.describe_household, right=Right.RECORD_CASE),
    page(f"{_CASE}/occupants/add/", cases.add_occupant, right=Right.RECORD_CASE),
    page(f"{_CASE}/safety/", safety.record_safety, right=Right.RECORD_CASE),
    page(f"{_CASE}/consent/give/", cases.give_consent, right=Right.RECORD_CASE),
    page(f"{_CASE}/consent/withdraw/", cases.withdraw_consent, right=Right.RECORD_CASE),
    page(f"{_CASE}/evidence/", evidence.evidence),
    page(f"{_CASE}/photographs/ask/", asking.ask_for_photographs, right=Right.RECORD_CASE),
    button(
        "photograph-requests/<uuid:request_id>/end/",
        asking.end_photograph_request,
        right=Right.RECORD_CASE,
    ),
    page(f"{_CASE}/photographs/add/", evidence.add_photographs, right=Right.RECORD_CASE),
    page(f"{_CASE}/photographs/describe/", evidence.describe_photographs, right=Right.RECORD_CASE),
    page(f"{_CASE}/enclosures/add/", evidence.add_enclosure, right=Right.RECORD_CASE),
    page(f"{_CASE}/bundles/", bundling.bundles, right=Right.MAKE_BUNDLE),
    page(f"{_CASE}/bundles/make/<slug:reader>/", bundling.make_bundle, right=Right.MAKE_BUNDLE),
    page(f"{_BUNDLE}/", bundling.bundle, right=Right.MAKE_BUNDLE),
    page(f"{_BUNDLE}/volumes/<int:number>/", bundling.bundle_volume, right=Right.MAKE_BUNDLE),
    page(f"{_CASE}/close/", cases.close_case, right=Right.RECORD_CASE),
    page(f"{_CASE}/letters/draft/", letters.draft_letter, right=Right.DRAFT_LETTER),
    page(f"{_CASE}/letters/draft/<slug:stage>/", letters.draft_step, right=Right.DRAFT_LETTER),
    page(
        f"{_CASE}/letters/draft/<slug:stage>/reader/add/",
        letters.add_responsible_body,
        right=Right.RECORD_CASE,
    ),
    page(
        f"{_CASE}/health-changes/record/",
        outcomes.record_health_change,
        right=Right.RECORD_OUTCOME,
    ),
    page(f"{_LETTER}/", letters.letter),
    page(f"{_LETTER}/sign/", intakes.sign_letter, right=Right.APPROVE_LETTER),
    page(f"{_LETTER}/why/", letters.why),
    page(f"{_LETTER}/clauses/", clauses.clauses),
    page(
        f"{_LETTER}/clauses/leave-out/<path:provision_id>/",
        clauses.leave_clause_out,
        right=Right.CHOOSE_CLAUSES,
    ),
    button(
        f"{_LETTER}/clauses/take-in/<path:provision_id>/",
        clauses.take_clause_in,
        right=Right.CHOOSE_CLAUSES,
    ),
    page(f"{_LETTER}/compare/", letters.compare_letter),
    page(f"{_LETTER}/gates/<slug:gate>/lift/", safety.lift_gate, right=Right.OVERRIDE_GATE),
    page(f"{_LETTER}/narrative/edit/", letters.edit_narrative, right=Right.DRAFT_LETTER),
    button(f"{_LETTER}/return/", letters.return_to_draft, right=Right.APPROVE_LETTER),
    button(f"{_LETTER}/approve/", letters.approve_letter, right=Right.APPROVE_LETTER),
    page(f"{_LETTER}/evidence/choose/", evidence.choose_evidence, right=Right.DRAFT_LETTER),
    page(f"{_LETTER}/pictures/<slug:digest>/", evidence.letter_picture),
    page(f"{_LETTER}/withdraw/", letters.withdraw_letter, right=Right.APPROVE_LETTER),
    button(f"{_LETTER}/send/", deliveries.queue_dispatch, right=Right.SEND_LETTER),
    page(f"{_LETTER}/sent/", deliveries.sent_letter),
    page(f"{_LETTER}/sent/progress/", deliveries.sent_letter_progress),
    page(f"{_LETTER}/files/<str:file_format>/", letters.letter_file),
    page(f"{_LETTER}/with-enclosures/", letters.letter_and_enclosures),
    page(f"{_LETTER}/responses/record/", outcomes.record_response, right=Right.RECORD_OUTCOME),
    page(f"{_PHOTOGRAPH}/picture/", evidence.photograph_picture),
    page(f"{_PHOTOGRAPH}/original/", evidence.photograph_original),
    page(f"{_PHOTOGRAPH}/describe/", evidence.describe_photograph, right=Right.RECORD_CASE),
    page(f"{_PHOTOGRAPH}/redact/", evidence.redact_photograph, right=Right.RECORD_CASE),
    page(f"{_PHOTOGRAPH}/remove/", evidence.remove_photograph, right=Right.RECORD_CASE),
    page("redactions/<uuid:redaction_id>/lift/", evidence.lift_redaction, right=Right.RECORD_CASE),
    page(f"{_ENCLOSURE}/file/", evidence.enclosure_file),
    page(f"{_ENCLOSURE}/remove/", evidence.remove_enclosure, right=Right.RECORD_CASE),
    button(f"{_DISPATCH}/posted/", deliveries.record_posted, right=Right.SEND_LETTER),
    button(f"{_DISPATCH}/signed-for/", deliveries.record_signed_for, right=Right.SEND_LETTER),
    button(f"{_DISPATCH}/settle/", deliveries.settle_dispatch, right=Right.SEND_LETTER),
    button(f"{_DISPATCH}/cancel/", deliveries.cancel_dispatch, right=Right.SEND_LETTER),
    page("operations/", operations.operations, right=Right.SEND_LETTER),
    page(f"operations/{_DISPATCH}/", operations.settle_trouble, right=Right.SEND_LETTER),
    button(f"{_DISPATCH}/take-back-return/", deliveries.take_back_return, right=Right.SEND_LETTER),
    button(f"{_DISPATCH}/leave/", deliveries.leave_dispatch, right=Right.SEND_LETTER),
    page(
        "hazards/<uuid:report_id>/correct/",
        cases.correct_hazard,
        right=Right.RECORD_CASE,
    ),
    page(
        "hazards/<uuid:report_id>/remediations/record/",
        outcomes.record_remediation,
        right=Right.RECORD_OUTCOME,
    ),
    page(f"{_CASE}/questions/ask/", questions.ask_question, right=Right.RECORD_CASE),
    page(f"{_QUESTION}/", questions.question, right=Right.RECORD_CASE),
    button(f"{_QUESTION}/drop/", questions.drop_question, right=Right.RECORD_CASE),
    button(f"{_QUESTION}/read/", questions.read_answer, right=Right.RECORD_CASE),
    page(f"{_CASE}/referrals/ask/", referrals.refer, right=Right.RECORD_CASE),
    page(f"{_REFERRAL}/", referrals.referral, right=Right.RECORD_OUTCOME),
    button(f"{_REFERRAL}/read/", referrals.read_news, right=Right.RECORD_CASE),
    page("worklist/", desk.worklist, right=Right.DRAFT_LETTER),
    button("worklist/lists/keep/", desk.keep_list, right=Right.DRAFT_LETTER),
    button("worklist/lists/<uuid:list_id>/remove/", desk.remove_list, right=Right.DRAFT_LETTER),
    button("worklist/several/", desk.do_several, right=Right.WATCH_DEADLINES),
    page("worklist/several/done/", desk.several_done, right=Right.WATCH_DEADLINES),
    page("worklist/people/", desk.who_has_what, right=Right.WATCH_DEADLINES),
    page("worklist/cover/", desk.arrange_cover, right=Right.WATCH_DEADLINES),
    button("covers/<uuid:cover_id>/end/", desk.end_cover, right=Right.WATCH_DEADLINES),
    page(f"{_CASE}/adviser/", desk.assign_case, right=Right.WATCH_DEADLINES),
    page("deadlines/<uuid:deadline_id>/", tracking.deadline),
    page(
        "deadlines/<uuid:deadline_id>/<slug:change>/",
        tracking.change_deadline,
        right=Right.WATCH_DEADLINES,
    ),
    button(
        "escalations/<uuid:escalation_id>/settle/",
        tracking.settle_escalation,
        right=Right.WATCH_DEADLINES,
    ),
    page("incoming/", incoming.post_in, right=Right.SORT_INCOMING),
    page("incoming/returned-post/", incoming.returned_post, right=Right.SEND_LETTER),
    page("incoming/scan/", incoming.keep_scan, right=Right.RECORD_OUTCOME),
    page(f"{_MESSAGE}/", incoming.message, right=Right.RECORD_OUTCOME),
    page(f"{_MESSAGE}/original/", incoming.message_original, right=Right.RECORD_OUTCOME),
    page(f"{_MESSAGE}/link/", incoming.link_message, right=Right.SORT_INCOMING),
    button(f"{_MESSAGE}/link/<uuid:case_id>/", incoming.link_suggested, right=Right.RECORD_OUTCOME),
    page(f"{_MESSAGE}/kind/", incoming.change_kind, right=Right.RECORD_OUTCOME),
    button(f"{_MESSAGE}/put-aside/", incoming.put_aside, right=Right.SORT_INCOMING),
    button(f"{_MESSAGE}/take-back/", incoming.take_back, right=Right.SORT_INCOMING),
    page(f"{_MESSAGE}/take/", incoming.take_message, right=Right.SORT_INCOMING),
    button(
        "message-links/<uuid:link_id>/end/", incoming.unlink_message, right=Right.RECORD_OUTCOME
    ),
    page(f"{_ATTACHMENT}/file/", incoming.attachment_file, right=Right.RECORD_OUTCOME),
    page(
        f"{_ATTACHMENT}/enclose/<uuid:case_id>/",
        incoming.enclose_attachment,
        right=Right.RECORD_CASE,
    ),
    page(f"{_CASE}/calls/note/", incoming.note_call, right=Right.RECORD_OUTCOME),
    page(f"{_CASE}/messages/paste/", incoming.paste_message, right=Right.RECORD_OUTCOME),
    page(
        "commitments/<uuid:commitment_id>/<slug:step>/",
        incoming.change_commitment,
        right=Right.RECORD_OUTCOME,
    ),
    page("batches/", batches.batches, right=Right.SEND_LETTER),
    button("batches/make/<uuid:team_id>/", batches.make_batch, right=Right.SEND_LETTER),
    page("batches/<uuid:batch_id>/", batches.batch, right=Right.SEND_LETTER),
    page("batches/<uuid:batch_id>/pages/", batches.batch_pages, right=Right.SEND_LETTER),
    page("sending-rules/", sending.sending_rules, right=Right.SET_SENDING),
    page(
        "sending-rules/<uuid:partnership_id>/",
        sending.change_sending_rules,
        right=Right.SET_SENDING,
    ),
    button("carrier-pauses/<uuid:pause_id>/end/", sending.end_pause, right=Right.SET_SENDING),
    page("house-styles/", house_styles.house_styles, right=Right.STYLE_LETTERS),
    page(f"{_ORGANISATION}/", house_styles.house_style, right=Right.STYLE_LETTERS),
    page(
        f"{_ORGANISATION}/letterhead/",
        house_styles.change_letterhead,
        right=Right.STYLE_LETTERS,
    ),
    page(f"{_ORGANISATION}/word/", house_styles.change_word_shell, right=Right.STYLE_LETTERS),
    page(f"{_ORGANISATION}/word/file/", house_styles.word_shell, right=Right.STYLE_LETTERS),
    button(f"{_ORGANISATION}/word/end/", house_styles.end_word_shell, right=Right.STYLE_LETTERS),
    page("signature/", house_styles.my_signature, right=Right.APPROVE_LETTER),
    button("signature/end/", house_styles.end_signature, right=Right.APPROVE_LETTER),
    page(f"{_DISPATCH}/link/", links.letter_link, right=Right.SEND_LETTER),
    button(f"{_DISPATCH}/link/renew/", links.renew_link, right=Right.SEND_LETTER),
    button(f"{_DISPATCH}/link/end/", links.end_link, right=Right.SEND_LETTER),
    page("subscriptions/", announcing.subscriptions, right=Right.SUBSCRIBE),
    page("subscriptions/add/", announcing.subscribe, right=Right.SUBSCRIBE),
    page(f"{_SUBSCRIPTION}/", announcing.subscription, right=Right.SUBSCRIBE),
    button(f"{_SUBSCRIPTION}/secret/", announcing.change_secret, right=Right.SUBSCRIBE),
    button(f"{_SUBSCRIPTION}/resume/", announcing.resume_subscription, right=Right.SUBSCRIBE),
    button(f"{_SUBSCRIPTION}/end/", announcing.end_subscription, right=Right.SUBSCRIBE),
    button(
        "announcements/<uuid:announcement_id>/tell-again/",
        announcing.tell_again,
        right=Right.SUBSCRIBE,
    ),
    page("landlords/", landlords.landlords, right=Right.READ_LANDLORDS),
    page("landlords/enter/", landlords.enter_landlord, right=Right.KEEP_LANDLORDS),
    page("landlords/alike/", landlords.landlords_alike, right=Right.KEEP_LANDLORDS),
    page(f"{_LANDLORD}/", landlords.landlord, right=Right.READ_LANDLORDS),
    page(f"{_LANDLORD}/change/", landlords.change_landlord, right=Right.KEEP_LANDLORDS),
    page(
        f"{_LANDLORD}/contacts/<slug:role>/record/",
        landlords.record_landlord_contact,
        right=Right.KEEP_LANDLORDS,
    ),
    button(
        f"{_LANDLORD}/contacts/<slug:role>/end/",
        landlords.end_landlord_contact,
        right=Right.KEEP_LANDLORDS,
    ),
    page(
        f"{_LANDLORD}/merge/<uuid:other_id>/",
        landlords.merge_landlords,
        right=Right.KEEP_LANDLORDS,
    ),
    page("clusters/", clusters.clusters, right=Right.WATCH_DEADLINES),
    page(f"{_CLUSTER}/", clusters.cluster, right=Right.WATCH_DEADLINES),
    page(f"{_CLUSTER}/letter.txt", clusters.portfolio_text, right=Right.WATCH_DEADLINES),
    page("people/", people.people, right=Right.INVITE_PEOPLE),
    page("people/invite/", people.invite_person, right=Right.INVITE_PEOPLE),
    page("people/<uuid:person_id>/end-access/", people.end_access, right=Right.INVITE_PEOPLE),
    button("people/<uuid:person_id>/unlock/", people.unlock_person, right=Right.INVITE_PEOPLE),
    button(f"{_INVITATION}/send-again/", people.send_invitation_again, right=Right.INVITE_PEOPLE),
    button(f"{_INVITATION}/withdraw/", people.withdraw_invitation, right=Right.INVITE_PEOPLE),
    page("emergencies/", emergency.emergencies, right=Right.REVIEW_EMERGENCY),
    page(
        "emergencies/<uuid:emergency_id>/review/",
        emergency.review_emergency,
        right=Right.REVIEW_EMERGENCY,
    ),
    page("rehearsal/", rehearsing.rehearsal, right=Right.REHEARSE),
    page("my-month/", outcomes.my_month, right=Right.APPROVE_LETTER),
    page("summary/", outcomes.summary, right=Right.READ_SUMMARY),
]
