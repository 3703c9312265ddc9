"""Asks for jobs when their time comes: one scheduler leads, others wait to take its place."""

from datetime import timedelta

from redbeat import RedBeatScheduler
from typing_extensions import override

# What a clock may be ahead of another without anybody minding.
_BESIDE = timedelta(seconds=2)


class Scheduler(RedBeatScheduler):  # type: ignore[misc]  # RedBeat tells no types
    """RedBeat's, which keeps in the broker when each job was asked for last. Where that was noted
    under a clock that was ahead, nothing would be asked for until then: it is noted anew."""

    @override
    def tick(self, *args: object, **named: object) -> float:
        now = self.app.now()
        for name in self.app.conf.beat_schedule:
            key = self.Entry.generate_key(self.app, name)
            entry = self.Entry.from_key(key, app=self.app)
            if entry.last_run_at is not None and entry.last_run_at > now + _BESIDE:
                entry.reschedule(now - entry.schedule.run_every)
        seconds: float = super().tick(*args, **named)
        return seconds
