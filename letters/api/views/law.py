"""The law for programs: every provision in every version, public and without a token."""

import hashlib
from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from letters.api.description import operation
from letters.api.fields import one_of
from letters.issuing import explorer
from letters.issuing.sources import library
from letters.law.errors import UnknownProvision
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import LONDON

_KEPT_SECONDS = 300


class Public(APIView):
    """What everybody may read."""

    authentication_classes = ()
    permission_classes = ()


class ReferenceSerializer(serializers.Serializer[Any]):
    """Where the official text is."""

    title = serializers.CharField()
    href = serializers.CharField()


class DoubtSerializer(serializers.Serializer[Any]):
    """What a lawyer has still to settle; empty tenures or hazards mean all of them."""

    id = serializers.CharField()
    says = serializers.CharField()
    tenures = serializers.ListField(child=serializers.CharField())
    hazards = serializers.ListField(child=serializers.CharField())


class ExtensionSerializer(serializers.Serializer[Any]):
    """The longest extension, and what must be said or done when it is made."""

    length = serializers.IntegerField()
    unit = serializers.CharField()
    says = serializers.CharField()


class PeriodSerializer(serializers.Serializer[Any]):
    """`length` is null where the law gives no number; with `or_from` the earlier end counts."""

    id = serializers.CharField()
    length = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField()
    start_event = serializers.CharField()
    or_from = serializers.CharField(allow_null=True)
    requires = serializers.CharField()
    basis = serializers.CharField(help_text="law, procedure or service")
    bound = serializers.CharField()
    day_of_event = serializers.CharField()
    extension = ExtensionSerializer(allow_null=True)


class VersionSerializer(serializers.Serializer[Any]):
    """The provision as it stands from a day; `applies` is when, `earlier_reports` what becomes of
    what the landlord was told before."""

    class AppliesSerializer(serializers.Serializer[Any]):
        """Each of tenure, agreement and landlord must be among those named."""

        class ConditionSerializer(serializers.Serializer[Any]):
            """A yes-or-no fact; yes always counts for the provision."""

            fact = serializers.CharField()
            if_no = serializers.CharField()
            if_not_known = serializers.CharField()

        class ReasonSerializer(serializers.Serializer[Any]):
            """Words for why this value keeps it out."""

            fact = serializers.CharField()
            value = serializers.CharField()
            says = serializers.CharField()

        tenures = serializers.ListField(child=serializers.CharField(), source="homes.tenures")
        agreements = serializers.ListField(child=serializers.CharField(), source="homes.agreements")
        landlord_kinds = serializers.ListField(
            child=serializers.CharField(), source="homes.landlord_kinds"
        )
        adviser_tenures = serializers.ListField(child=serializers.CharField())
        hazards = serializers.ListField(child=serializers.CharField())
        significant_hazards = serializers.ListField(child=serializers.CharField())
        emergency_hazards = serializers.ListField(child=serializers.CharField())
        conditions = ConditionSerializer(many=True)
        left_out_because = ReasonSerializer(many=True)
        open_question = serializers.CharField(allow_blank=True)

    class EarlierReportsSerializer(serializers.Serializer[Any]):
        """For these hazards, what the landlord was told before the day starts no clock."""

        hazards = serializers.ListField(child=serializers.CharField())
        told_from = serializers.DateField()

    starts_on = serializers.DateField()
    start_known = serializers.CharField()
    verification = serializers.CharField(help_text="source, secondary or unverified")
    sources = serializers.ListField(child=serializers.CharField())
    duty = serializers.CharField()
    duty_on = serializers.CharField()
    remedy = serializers.CharField()
    forum = serializers.CharField()
    cite = serializers.CharField()
    letters = serializers.CharField(help_text="Whose letters may cite it")
    applies = AppliesSerializer()
    periods = PeriodSerializer(many=True)
    earlier_reports = EarlierReportsSerializer(many=True)
    doubts = DoubtSerializer(many=True)


class Law(Public):
    """Every provision there is, as it stands on a day."""

    class QuerySerializer(serializers.Serializer[Any]):
        """Both may be left out: every nation, today."""

        nation = one_of(Jurisdiction)
        day = serializers.DateField(required=False, help_text="Today, where it is left out")

        def __init__(self, *args: Any, **more: Any) -> None:  # as the framework passes them
            super().__init__(*args, **more)
            self.fields["nation"].required = False

    class OutputSerializer(serializers.Serializer[Any]):
        """`law` has a digest for each nation, which changes with any word of it."""

        class NationSerializer(serializers.Serializer[Any]):
            """One nation's law, by its digest."""

            nation = serializers.CharField(source="jurisdiction")
            digest = serializers.CharField()

        class ProvisionSerializer(serializers.Serializer[Any]):
            """`in_force_from` is null where it is not in force on the day; then `not_in_force`
            says why."""

            nation = serializers.CharField(source="provision.jurisdiction")
            id = serializers.CharField(source="provision.id")
            citation = serializers.CharField(source="provision.citation")
            reference = ReferenceSerializer(source="provision.reference")
            in_force_from = serializers.DateField(
                source="version.starts_on", allow_null=True, default=None
            )
            not_in_force = serializers.CharField(source="says", allow_blank=True)
            duty = serializers.CharField(source="version.duty", allow_null=True, default=None)
            duty_on = serializers.CharField(source="version.duty_on", allow_null=True, default=None)
            verification = serializers.CharField(
                source="version.verification", allow_null=True, default=None
            )

        notice = serializers.CharField()
        day = serializers.DateField()
        law = NationSerializer(many=True)
        provisions = ProvisionSerializer(many=True)

    @operation(
        "List the law, as it stands on a day",
        answers={200: OutputSerializer},
        refuses=(ValidationError,),
        parameters=(QuerySerializer,),
        shields=(),
        operation_id="law_list",
    )
    def get(self, request: Request) -> HttpResponseBase:
        asked = self.QuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("day") or _today()
        nation = asked.validated_data.get("nation")
        sought = explorer.Sought(nation=Jurisdiction(nation) if nation else None)
        law = explorer.law_sought(sought, today=day)
        listed = [
            each for nations in law for acts in nations.instruments for each in acts.provisions
        ]
        answer = {"notice": explorer.NOTICE, "day": day, "law": law, "provisions": listed}
        return _kept(request, Response(self.OutputSerializer(answer).data), day)


class Provision(Public):
    """One provision in every version it has had."""

    class OutputSerializer(serializers.Serializer[Any]):
        """`ends_on` is the first day without it, and `gone_because` why it is not, or no more, law.
        A version that starts later begins by itself on its day."""

        notice = serializers.CharField(default=explorer.NOTICE)
        nation = serializers.CharField(source="jurisdiction")
        id = serializers.CharField()
        citation = serializers.CharField()
        reference = ReferenceSerializer()
        versions = VersionSerializer(many=True)
        ends_on = serializers.DateField(allow_null=True)
        gone_because = serializers.CharField(allow_blank=True)

    @operation(
        "Read one provision in every version",
        answers={200: OutputSerializer},
        refuses=(NotFound,),
        shields=(),
        operation_id="provision_retrieve",
    )
    def get(
        self, request: Request, nation: str, instrument: str, provision: str
    ) -> HttpResponseBase:
        if nation not in explorer.nations_with_law():
            raise NotFound
        try:
            found = library().provision(Jurisdiction(nation), f"{instrument}/{provision}")
        except UnknownProvision:
            raise NotFound from None
        return _kept(request, Response(self.OutputSerializer(found).data), None)


def _kept(request: Request, response: Response, day: date | None) -> HttpResponseBase:
    """The answer with a tag that changes with any word of the law, or with the day; not the answer
    again where it is known already."""
    of = f"{library().digest} {request.get_full_path()} {day}"
    tag = f'"{hashlib.sha256(of.encode()).hexdigest()[:32]}"'
    response["ETag"] = tag
    patch_cache_control(response, public=True, max_age=_KEPT_SECONDS)
    bare = request._request  # noqa: SLF001 - what Django's own function takes
    return get_conditional_response(bare, etag=tag, response=response) or response


def _today() -> date:
    return timezone.now().astimezone(LONDON).date()
