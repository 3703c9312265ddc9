"""Names of jobs, tasks and times belong together."""

import worker.tasks  # noqa: F401 - registers the tasks
from letters import jobs
from worker.app import HARD_LIMIT_SECONDS, SOFT_LIMIT_SECONDS, VISIBILITY_SECONDS, app
from worker.schedule import SCHEDULE


def test_every_job_name_has_a_task() -> None:
    known = {name for name in app.tasks if not name.startswith("celery.")}

    assert known == set(jobs.NAMES)


def test_every_time_has_a_job() -> None:
    assert {entry["task"] for entry in SCHEDULE.values()} <= set(jobs.NAMES)


def test_no_wait_outlasts_the_queue() -> None:
    assert SOFT_LIMIT_SECONDS < HARD_LIMIT_SECONDS < VISIBILITY_SECONDS
