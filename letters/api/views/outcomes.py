"""Outcomes: what the landlord said, what was done, how the patient is, and the summary."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response as Answer
from rest_framework.views import APIView

from letters.api.authentication import user_of
from letters.api.description import operation
from letters.api.fields import one_of, passage
from letters.api.repeats import once
from letters.cases import queries as cases
from letters.issuing import queries as issuing
from letters.law.facts import Answer as YesOrNo
from letters.outcomes import actions, errors, measures
from letters.outcomes.models import HealthChange, Remediation, Response
from letters.tracking.errors import LetterNotSent

_LONGEST = 2000
_MOST = 400


class RecordResponse(APIView):
    """What the landlord said or did in answer to a letter."""

    scopes = {"POST": "outcomes:write"}

    class InputSerializer(serializers.Serializer[Any]):
        """Whatever it was, it shows from when the landlord knows."""

        kind = one_of(Response.Kind)
        received_at = serializers.DateTimeField()
        summary = passage(_LONGEST)

    class OutputSerializer(serializers.Serializer[Response]):
        """Without the free words."""

        id = serializers.UUIDField()
        letter = serializers.UUIDField(source="letter_id")
        kind = serializers.CharField()
        received_at = serializers.DateTimeField()

    @operation(
        "Record the landlord's response",
        takes=InputSerializer,
        answers={201: OutputSerializer},
        refuses=(NotFound, errors.NotYetHappened, LetterNotSent),
    )
    @once
    def post(self, request: Request, letter_id: UUID) -> Answer:
        user, at = user_of(request), timezone.now()
        letter = get_object_or_404(issuing.visible_to(user), pk=letter_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data | {"kind": Response.Kind(given.validated_data["kind"])}
        response = actions.record_response(letter=letter, **said, by=user, at=at)
        return Answer(self.OutputSerializer(response).data, status=201)


class RecordRemediation(APIView):
    """One claim about what was done to a hazard; claims stand side by side."""

    scopes = {"POST": "outcomes:write"}

    class InputSerializer(serializers.Serializer[Any]):
        """Who says what was done, and who has looked."""

        claimed_by = one_of(Remediation.Claimant)
        extent = one_of(Remediation.Extent)
        completed_on = serializers.DateField(allow_null=True)
        cause_addressed = one_of(YesOrNo)
        verification = one_of(Remediation.Verification)
        description = passage(_LONGEST)

    class OutputSerializer(serializers.Serializer[Remediation]):
        """Without the free words."""

        id = serializers.UUIDField()
        hazard = serializers.UUIDField(source="hazard_report_id")
        claimed_by = serializers.CharField()
        extent = serializers.CharField()
        completed_on = serializers.DateField(allow_null=True)
        verification = serializers.CharField()

    @operation(
        "Record a claim about what was done; a verified full mend ends the hazard's deadlines",
        takes=InputSerializer,
        answers={201: OutputSerializer},
        refuses=(NotFound, errors.NotYetHappened, errors.DayOfCompletionMissing),
    )
    @once
    def post(self, request: Request, hazard_id: UUID) -> Answer:
        user, at = user_of(request), timezone.now()
        hazard = get_object_or_404(cases.hazards_visible_to(user), pk=hazard_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        claim = actions.record_remediation(
            hazard_report=hazard, **_spelled(given.validated_data), by=user, at=at
        )
        return Answer(self.OutputSerializer(claim).data, status=201)


def _spelled(given: dict[str, Any]) -> dict[str, Any]:
    """The words of a claim as the values that the action takes."""
    return given | {
        "claimed_by": Remediation.Claimant(given["claimed_by"]),
        "extent": Remediation.Extent(given["extent"]),
        "cause_addressed": YesOrNo(given["cause_addressed"]),
        "verification": Remediation.Verification(given["verification"]),
    }


class RecordHealthChange(APIView):
    """How the patient is, some time after a letter."""

    scopes = {"POST": "outcomes:write"}

    class InputSerializer(serializers.Serializer[Any]):
        """Counts since the letter; null where nobody asked."""

        observed_on = serializers.DateField()
        change = one_of(HealthChange.Change)
        respondent = one_of(HealthChange.Respondent)
        steroid_courses = serializers.IntegerField(min_value=0, max_value=_MOST, allow_null=True)
        admissions = serializers.IntegerField(min_value=0, max_value=_MOST, allow_null=True)

    class OutputSerializer(serializers.Serializer[HealthChange]):
        """That it was recorded, not what."""

        id = serializers.UUIDField()
        case = serializers.UUIDField(source="case_id")
        observed_on = serializers.DateField()

    @operation(
        "Record how the patient is",
        takes=InputSerializer,
        answers={201: OutputSerializer},
        refuses=(NotFound, errors.NotYetHappened),
    )
    @once
    def post(self, request: Request, case_id: UUID) -> Answer:
        user, at = user_of(request), timezone.now()
        case = get_object_or_404(cases.visible_to(user), pk=case_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = given.validated_data | {
            "change": HealthChange.Change(given.validated_data["change"]),
            "respondent": HealthChange.Respondent(given.validated_data["respondent"]),
        }
        change = actions.record_health_change(case=case, **told, by=user, at=at)
        return Answer(self.OutputSerializer(change).data, status=201)


class NumberSerializer(serializers.Serializer[measures.Count]):
    """A number, null where it would single somebody out."""

    value = serializers.IntegerField(source="shown", allow_null=True)
    withheld = serializers.BooleanField()


class MedianSerializer(serializers.Serializer[measures.Summary]):
    """A number of days, null where too few letters were answered or none was."""

    value = serializers.IntegerField(source="median_days_to_response", allow_null=True)
    withheld = serializers.BooleanField(source="median_withheld")


class Summary(APIView):
    """What came of the letters of each partnership that the person may measure."""

    scopes = {"GET": "summary:read"}

    class OutputSerializer(serializers.Serializer[Any]):
        """Only cases whose patients agreed to evaluation; 1 to 7 withheld, others to the nearest
        5."""

        class PartnershipSerializer(serializers.Serializer[Any]):
            """Whose letters."""

            id = serializers.UUIDField()
            name = serializers.CharField()

        partnership = PartnershipSerializer()
        cases = NumberSerializer()
        letters_sent = NumberSerializer()
        answered = NumberSerializer()
        inspected = NumberSerializer()
        mended_verified = NumberSerializer()
        deadlines_met = NumberSerializer()
        deadlines_missed = NumberSerializer()
        health_better = NumberSerializer()
        health_worse = NumberSerializer()
        median_days_to_response = MedianSerializer(source="*")

    @operation("Read what came of the letters", answers={200: OutputSerializer(many=True)})
    def get(self, request: Request) -> Answer:
        summaries = measures.summaries_for(user_of(request))
        return Answer(self.OutputSerializer(summaries, many=True).data)
