"""The whole table of moves of a long job, written out."""

import pytest

from linli.kernel.errors import WrongState
from linli.runtime.states import LONG_JOB, JobState

POSSIBLE = {
    (JobState.QUEUED, "begin"): JobState.RUNNING,
    (JobState.QUEUED, "cancel"): JobState.CANCELLED,
    (JobState.RUNNING, "requeue"): JobState.QUEUED,
    (JobState.RUNNING, "finish"): JobState.DONE,
    (JobState.RUNNING, "fail"): JobState.FAILED,
    (JobState.RUNNING, "cancel"): JobState.CANCELLED,
}


@pytest.mark.parametrize("state", list(JobState))
@pytest.mark.parametrize("move", list(LONG_JOB.moves))
def test_every_state_and_move(state: JobState, move: str) -> None:
    if (state, move) in POSSIBLE:
        assert LONG_JOB.after(state, move) == POSSIBLE[state, move]
    else:
        with pytest.raises(WrongState):
            LONG_JOB.after(state, move)
