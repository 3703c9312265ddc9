"""What applies to a set of facts, for programs: public, and nothing kept of what was asked."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from letters.api.description import operation
from letters.api.fields import Moment, one_of
from letters.api.views.law import DoubtSerializer, PeriodSerializer, Public, ReferenceSerializer
from letters.drafting.errors import DocumentRefused
from letters.issuing.explorer import nations_with_law
from letters.issuing.what_applies import what_applies
from letters.law.facts import (
    Answer,
    CaseFacts,
    HazardFacts,
    HealthCondition,
    OccupantFacts,
    Severity,
)
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import StartEvent
from letters.law.tenures import Agreement, LandlordKind, Tenure

_MOST_OCCUPANTS = 20


class WhatApplies(Public):
    """The law held against a set of facts, which may be nobody's."""

    class InputSerializer(serializers.Serializer[Any]):
        """Nothing here names anybody, and nothing of it is kept. What is not known is said to be
        `not_known`. `started` is what has happened: each period that runs from it is counted."""

        class HazardSerializer(serializers.Serializer[Any]):
            """One hazard in the home; each kind once."""

            hazard = one_of(Hazard)
            severity = one_of(Severity)
            disrepair = one_of(Answer)
            landlord_controls_cause = one_of(Answer)
            heating_or_hot_water_lost = one_of(Answer)
            first_noticed_on = serializers.DateField(allow_null=True, default=None)
            landlord_told_on = serializers.DateField(allow_null=True, default=None)

        class OccupantSerializer(serializers.Serializer[Any]):
            """Somebody who lives there, as far as the law asks."""

            age = serializers.IntegerField(min_value=0, max_value=120, allow_null=True)
            conditions = serializers.ListField(
                child=one_of(HealthCondition), max_length=len(HealthCondition)
            )

        class StartedSerializer(serializers.Serializer[Any]):
            """A start event and its moment, with its time zone."""

            event = one_of(StartEvent)
            at = Moment()

        nation = one_of(Jurisdiction)
        day = serializers.DateField(help_text="The day of the law")
        tenure = one_of(Tenure)
        agreement = one_of(Agreement)
        landlord_kind = one_of(LandlordKind)
        hazards = serializers.ListField(
            child=HazardSerializer(), min_length=1, max_length=len(Hazard)
        )
        occupants = serializers.ListField(
            child=OccupantSerializer(), max_length=_MOST_OCCUPANTS, default=list
        )
        adjustment_requested = one_of(Answer)
        started = serializers.ListField(
            child=StartedSerializer(), max_length=len(StartEvent), default=list
        )

    class OutputSerializer(serializers.Serializer[Any]):
        """A person decides on `potential_emergencies`. `for_adviser` is what a clinician's letter
        never cites. `questions` would change the answer."""

        class GroundSerializer(serializers.Serializer[Any]):
            """A provision that applies, or may, to these hazards."""

            class BecauseSerializer(serializers.Serializer[Any]):
                """A fact that brought it in."""

                name = serializers.CharField()
                value = serializers.CharField()
                hazard = serializers.CharField(allow_null=True)

            provision = serializers.CharField(source="provision_id")
            citation = serializers.CharField()
            reference = ReferenceSerializer()
            version_starts_on = serializers.DateField()
            strength = serializers.CharField(help_text="applies or may_apply")
            verification = serializers.CharField()
            duty = serializers.CharField()
            duty_on = serializers.CharField()
            remedy = serializers.CharField()
            forum = serializers.CharField()
            hazards = serializers.ListField(child=serializers.CharField())
            because = BecauseSerializer(many=True)
            doubts = DoubtSerializer(many=True)

        class LeftOutSerializer(serializers.Serializer[Any]):
            """A provision that was looked at and not used."""

            provision = serializers.CharField(source="provision_id")
            citation = serializers.CharField()
            reason = serializers.CharField()
            hazards = serializers.ListField(child=serializers.CharField())

        class QuestionSerializer(serializers.Serializer[Any]):
            """A fact that is not known and would change what applies."""

            fact = serializers.CharField()
            asks = serializers.CharField()
            hazards = serializers.ListField(child=serializers.CharField())
            provisions = serializers.ListField(
                child=serializers.CharField(), source="provision_ids"
            )

        class EmergencySerializer(serializers.Serializer[Any]):
            """A reason to telephone first."""

            hazard = serializers.CharField()
            why = serializers.CharField()
            source = serializers.CharField()  # type: ignore[assignment]  # the body's own word
            verification = serializers.CharField()

        class DeadlineSerializer(serializers.Serializer[Any]):
            """`due` is null where nothing can be counted, and `waits_for` says why."""

            class DueSerializer(serializers.Serializer[Any]):
                """The end, with every day that was counted and every day that was not."""

                class SkippedSerializer(serializers.Serializer[Any]):
                    """A day that does not count."""

                    day = serializers.DateField()
                    why = serializers.CharField()

                start_event = serializers.CharField()
                started_at = serializers.DateTimeField()
                due_on = serializers.DateField()
                due_at = serializers.DateTimeField()
                counted = serializers.ListField(child=serializers.DateField())
                skipped = SkippedSerializer(many=True)
                explanation = serializers.CharField()

            provision = serializers.CharField(source="ground.provision_id")
            version_starts_on = serializers.DateField(source="ground.version_starts_on")
            strength = serializers.CharField(source="ground.strength")
            hazards = serializers.ListField(child=serializers.CharField())
            period = PeriodSerializer()
            due = DueSerializer(allow_null=True)
            waits_for = serializers.CharField(allow_blank=True)
            extended_to = serializers.DateField(allow_null=True)

        notice = serializers.CharField()
        nation = serializers.CharField(source="grounds.jurisdiction")
        day = serializers.DateField(source="grounds.day")
        law_digest = serializers.CharField(source="grounds.law_digest")
        grounds = GroundSerializer(many=True, source="grounds.applying")
        for_adviser = GroundSerializer(many=True, source="grounds.for_adviser")
        left_out = LeftOutSerializer(many=True, source="grounds.left_out")
        questions = QuestionSerializer(many=True, source="grounds.questions")
        potential_emergencies = EmergencySerializer(
            many=True, source="grounds.potential_emergencies"
        )
        deadlines = DeadlineSerializer(many=True, source="dated")

    @operation(
        "See what applies to a set of facts, and by which days",
        takes=InputSerializer,
        answers={200: OutputSerializer},
        refuses=(DocumentRefused,),
        shields=(),
    )
    def post(self, request: Request) -> Response:
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        if Jurisdiction(said["nation"]) not in nations_with_law():
            raise ValidationError({"nation": "Choose a nation whose law this service holds"})
        started = {StartEvent(each["event"]): each["at"] for each in said["started"]}
        answer = what_applies(_facts(said), day=said["day"], started=started)
        return Response(self.OutputSerializer(answer).data)


def _facts(said: Mapping[str, Any]) -> CaseFacts:
    return CaseFacts(
        jurisdiction=Jurisdiction(said["nation"]),
        tenure=Tenure(said["tenure"]),
        agreement=Agreement(said["agreement"]),
        landlord_kind=LandlordKind(said["landlord_kind"]),
        hazards=tuple(_hazard(each) for each in said["hazards"]),
        occupants=tuple(_occupant(each) for each in said["occupants"]),
        adjustment_requested=Answer(said["adjustment_requested"]),
    )


def _hazard(said: Mapping[str, Any]) -> HazardFacts:
    return HazardFacts(
        hazard=Hazard(said["hazard"]),
        severity=Severity(said["severity"]),
        first_noticed_on=said["first_noticed_on"],
        landlord_told_on=said["landlord_told_on"],
        disrepair=Answer(said["disrepair"]),
        landlord_controls_cause=Answer(said["landlord_controls_cause"]),
        heating_or_hot_water_lost=Answer(said["heating_or_hot_water_lost"]),
    )


def _occupant(said: Mapping[str, Any]) -> OccupantFacts:
    conditions = tuple(HealthCondition(each) for each in said["conditions"])
    return OccupantFacts(age=said["age"], conditions=conditions)
