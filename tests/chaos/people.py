"""The people of a chaos run: they press send, several of them the same letter, and press again when
the page fails."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from django.core.management import call_command
from django.db import Error, connection
from django.utils import timezone

from letters.access.roles import Role
from letters.delivery import actions as delivery
from letters.delivery import models
from letters.delivery.actions.ruling import change_sending_rules
from letters.delivery.errors import AlreadyQueued
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.delivery.pauses import CarrierPause
from letters.delivery.vocabulary import CarrierName, Postage
from letters.issuing.models import Letter
from tests import factories
from tests.chaos.seeding import Seeded, seed

_OVER = (*models.LEFT, DispatchStatus.UNKNOWN, DispatchStatus.FAILED, DispatchStatus.CANCELLED)


def get_ready(count: int) -> "People":
    """Tables, a partnership and its letters."""
    call_command("migrate", verbosity=0)
    at = timezone.now()
    seeded = seed(count, at=at)
    change_sending_rules(
        partnership=seeded.house.partnership,
        email_carrier=CarrierName.SMTP,
        postage=Postage.SECOND,
        undo=timedelta(0),
        fallbacks=(),
        by=factories.a_member(seeded.house.clinic, Role.ADMINISTRATOR, "Sam Specimen"),
        at=at,
    )
    return People(seeded)


class People:
    """Half of the letters go by e-mail, half are printed and posted by Notify."""

    LEFT = tuple(str(status.value) for status in models.LEFT)

    def __init__(self, seeded: Seeded) -> None:
        self.letters: Sequence[UUID] = seeded.letters
        self._channels = {
            pk: Channel.EMAIL if number % 2 else Channel.POST
            for number, pk in enumerate(seeded.letters)
        }
        self._by = seeded.house.clinician

    def press(self, letter_id: UUID) -> None:
        """Until the page says that the letter is on its way, whoever sent it."""
        while True:
            try:
                letter = Letter.objects.get(pk=letter_id)
                delivery.queue_dispatch(
                    letter=letter,
                    channel=self._channels[letter_id],
                    by=self._by,
                    at=timezone.now(),
                )
            except AlreadyQueued:
                return
            except Error:
                time.sleep(0.2)
            else:
                return
            finally:
                connection.close()  # as at the end of a request

    def press_all_at_once(self, letter_id: UUID, count: int) -> None:
        start = threading.Barrier(count)

        def press(_: int) -> None:
            start.wait(60)
            self.press(letter_id)

        with ThreadPoolExecutor(count) as pool:
            list(pool.map(press, range(count)))

    def unfinished(self) -> bool:
        return len([s for s in self.statuses().values() if s in _OVER]) < len(self.letters) or (
            Dispatch.objects.filter(
                status=DispatchStatus.UNKNOWN, next_try_at__isnull=False
            ).exists()
        )

    def let_leases_end(self) -> None:
        """Of workers that are dead by now."""
        connection.close()
        past = timezone.now() - timedelta(seconds=1)
        Dispatch.objects.filter(lease_until__isnull=False).update(lease_until=past)

    def let_hours_pass(self) -> None:
        """For what waits until then: the next try, and a carrier that asked for time."""
        connection.close()
        now = timezone.now()
        Dispatch.objects.filter(next_try_at__gt=now).update(next_try_at=now)
        CarrierPause.objects.all().delete()

    def wait_a_little(self, *, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self.unfinished() and time.monotonic() < until:
            time.sleep(0.5)

    def statuses(self) -> dict[UUID, str]:
        connection.close()  # the one before may have been cut
        return dict(Dispatch.objects.values_list("pk", "status"))
