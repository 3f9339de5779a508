"""kill -9 between a case's event and the job that follows it: both are there, or neither."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.cases import tasks
from linli.cases.models import Case, CaseEvent
from linli.cases.testing import clerk_of, faults, make_report, move
from linli.kernel.testing import make_actor
from linli.notify.models import Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
TELLS = "cases.tell_reporter"
HER = make_actor("her", account_id=7)
# says where it stands and waits to be killed there
OFFICE = """
import time
import django; django.setup()
from django.db import transaction
from linli.cases.services.perform import perform
from linli.cases.testing import NOON, clerk_of
from linli.cases.types.moves import Wish

def told(word):
    print(word, flush=True)
    time.sleep(60)

with transaction.atomic():
    perform(Wish({case}, "accept"), actor=clerk_of(), now=NOON)
    if {is_early}:
        told("written")
told("committed")
"""


def killed_at(word: str, case_id: int) -> None:
    """Let another process accept a case, and kill it once it stands at a word."""
    text = OFFICE.format(case=case_id, is_early=word == "written")
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        "LINLI_DB_NAME": str(settings.DATABASES["default"]["NAME"]),
    }
    office = subprocess.Popen([sys.executable, "-c", text], env=env, stdout=subprocess.PIPE)
    assert office.stdout is not None
    stood = office.stdout.readline().decode().strip()
    office.send_signal(signal.SIGKILL)
    office.wait()
    office.stdout.close()
    assert stood == word


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name=TELLS).count()


def test_killed_before_the_end_neither_event_nor_job_is_there_and_it_is_done_again(
    home: Path,
) -> None:
    case_id = make_report(actor=HER, is_mine=True).case_id

    killed_at("written", case_id)

    assert (CaseEvent.objects.count(), jobs()) == (1, 0)
    assert Case.objects.get().state == "filed"
    # nothing is held any more by who is dead
    move(case_id, "accept", clerk_of())
    assert (CaseEvent.objects.count(), jobs()) == (2, 1)
    assert faults() == []


def test_killed_right_after_it_the_job_is_there_too_and_tells_her_once(home: Path) -> None:
    case_id = make_report(actor=HER, is_mine=True).case_id
    before = Message.objects.count()

    killed_at("committed", case_id)

    job = ProcrastinateJob.objects.get(task_name=TELLS)
    assert (CaseEvent.objects.count(), Case.objects.get().state) == (2, "at_work")
    tasks.tell_reporter(**job.args)
    assert Message.objects.count() == before + 1
    assert faults() == []
