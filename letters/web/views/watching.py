"""For those who watch the service: whether it lives, whether it can work, and how its queues stand.
Nothing here says anything about a person."""

import hmac
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from typing_extensions import override

from letters import jobs
from letters.access.queries import database_answers
from letters.announcing import queries as announcing
from letters.delivery.pauses import pauses_at
from letters.delivery.watching import figures
from letters.incoming import watching as incoming


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """That this process answers, whatever else is down: one that does not is to be restarted."""
    return JsonResponse({"live": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether people can work here. Without the broker they can: letters wait for the sweep."""
    database, broker = database_answers(), _broker_answers()
    told = {"database": database, "broker": broker}
    return JsonResponse(told, status=200 if database else 503)


def _broker_answers() -> bool:
    try:
        jobs.queue_lengths()
    except OSError:
        return False
    return True


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, with the token that this place was set up with; without one, for nobody."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), expected.encode()):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Figures(timezone.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Figures(Collector):
    """Read from the rows when they are asked for, so that every process tells the same."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    @override
    def collect(self) -> Iterable[GaugeMetricFamily]:
        yield from self._of_dispatches()
        yield from self._of_pauses()
        yield from self._of_the_rest()
        yield from _of_queues()

    def _of_dispatches(self) -> Iterable[GaugeMetricFamily]:
        states = GaugeMetricFamily(
            "hjp_dispatches", "Dispatches that are not over", labels=["channel", "status"]
        )
        waits = GaugeMetricFamily(
            "hjp_dispatches_for_a_person", "Refused, returned or unknown", labels=["channel"]
        )
        due = GaugeMetricFamily(
            "hjp_oldest_due_seconds", "For how long the oldest has been due", labels=["channel"]
        )
        untried = GaugeMetricFamily(
            "hjp_oldest_untried_seconds", "The same, of those nobody has tried", labels=["channel"]
        )
        for each in figures(at=self._at):
            channel = each.channel.value
            for status, count in each.counts.items():
                states.add_metric([channel, status], count)
            waits.add_metric([channel], each.to_settle)
            due.add_metric([channel], each.seconds_due(self._at))
            untried.add_metric([channel], each.seconds_untried(self._at))
        yield from (states, waits, due, untried)

    def _of_pauses(self) -> Iterable[GaugeMetricFamily]:
        """Only what is held back now: a key is wrong, or a carrier's limit is reached."""
        held = GaugeMetricFamily(
            "hjp_carrier_paused_seconds",
            "For how long nothing has gone this way",
            labels=["carrier", "channel"],
        )
        for each in pauses_at(self._at):
            since = (self._at - each.since).total_seconds()
            held.add_metric([each.carrier, each.channel], max(0.0, since))
        yield held

    def _of_the_rest(self) -> Iterable[GaugeMetricFamily]:
        """What came in, and what other programs are to be told."""
        mail, (to_tell, oldest) = incoming.figures(), announcing.waiting()
        for name, what, count, since in (
            ("unsorted_mail", "Messages not read yet", mail.unsorted, mail.oldest_unsorted_at),
            (
                "mail_for_a_person",
                "Messages of which nothing says whose they are",
                mail.for_a_person,
                mail.oldest_for_a_person_at,
            ),
            ("held_files", "Files not looked through", mail.held_files, mail.oldest_held_at),
            ("announcements", "What other programs are to be told", to_tell, oldest),
        ):
            yield GaugeMetricFamily(f"hjp_{name}", what, value=count)
            waited = max(0.0, (self._at - since).total_seconds()) if since else 0.0
            yield GaugeMetricFamily(f"hjp_oldest_{name}_seconds", f"{what}: the oldest", waited)


def _of_queues() -> Iterable[GaugeMetricFamily]:
    """No figure at all while the broker is down: none must look like zero."""
    lengths = GaugeMetricFamily("hjp_jobs_waiting", "Jobs in the broker", labels=["queue"])
    try:
        for name, length in jobs.queue_lengths().items():
            lengths.add_metric([name], length)
    except OSError:
        pass
    yield lengths
