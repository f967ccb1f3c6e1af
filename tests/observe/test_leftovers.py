"""What is there after a call and was not before, is named; what the standard library keeps is not."""

from __future__ import annotations

from grader.model.observation import LeftBehind, Remainder
from grader.observe.leftovers import new_names, still_there
from grader.observe.tree import Process

MAIN = Process(pid=10, ppid=1, state="S", command="python main.py", started=100)
TRACKER = Process(
    pid=11,
    ppid=10,
    state="S",
    command="python -c from multiprocessing.resource_tracker import main;main(5)",
    started=101,
)


def worker(pid: int, *, state: str = "S", started: int = 102, command: str = "python main.py") -> Process:
    """A child of the main process."""
    return Process(pid=pid, ppid=10, state=state, command=command, started=started, forked=True)


def test_a_process_that_stays_is_left_behind() -> None:
    """Those that were there before are not."""
    found = still_there([MAIN], [MAIN, worker(12)])

    assert found == (LeftBehind(kind=Remainder.PROCESS, name="python main.py"),)


def test_a_child_that_nobody_reaped_is_left_behind_too() -> None:
    """It ended, but its parent never asked how."""
    found = still_there([MAIN], [MAIN, worker(12, state="Z", command="python")])

    assert found == (LeftBehind(kind=Remainder.ZOMBIE, name="python"),)


def test_the_resource_tracker_is_not_the_student_s() -> None:
    """The library starts it once and keeps it."""
    assert still_there([MAIN], [MAIN, TRACKER]) == ()


def test_a_number_used_again_is_another_process() -> None:
    """The kernel gives numbers of the dead to the new."""
    assert len(still_there([MAIN, worker(12, started=102)], [MAIN, worker(12, started=500)])) == 1


def test_a_long_command_is_cut() -> None:
    """The report has no use for more."""
    (found,) = still_there([], [worker(12, command="x" * 5000)])

    assert len(found.name) == 200


def test_new_names_are_sorted_by_what_they_are() -> None:
    """A named semaphore is shown as one."""
    found = new_names(
        {"/work/ex03.py"},
        {"/work/ex03.py", "/work/result.txt", "/dev/shm/psm_1a2b", "/dev/shm/sem.mine"},  # noqa: S108
    )

    assert found == (
        LeftBehind(kind=Remainder.SHARED_MEMORY, name="psm_1a2b"),
        LeftBehind(kind=Remainder.SHARED_MEMORY, name="semaphore mine"),
        LeftBehind(kind=Remainder.FILE, name="result.txt"),
    )


def test_the_library_s_own_folder_is_not_left_behind() -> None:
    """It is removed when the process exits."""
    assert new_names(set(), {"/tmp/pymp-a1_b2c3d"}) == ()  # noqa: S108


def test_what_went_away_is_not_left_behind() -> None:
    """Only more is too much."""
    assert new_names({"/tmp/a"}, set()) == ()  # noqa: S108
    assert still_there([MAIN, worker(12)], [MAIN]) == ()
