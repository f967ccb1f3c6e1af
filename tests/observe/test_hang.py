"""Trees that can never move again are told from those that only take their time."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

import pytest

from grader.observe import kernel
from grader.observe.hang import Stuck, StuckThread, Watch
from tests.observe import moving_programs, stuck_programs
from tests.observe.starting import PROVED_WITHIN, Start, heard, named, python


def name_of(value: object) -> str:
    """What pytest calls a case."""
    return str(getattr(value, "__name__", value))


@pytest.mark.parametrize(
    ("program", "method"),
    [
        *((program, "fork") for program in stuck_programs.PROGRAMS),
        *((program, method) for program in stuck_programs.OF_INTEREST for method in ("spawn", "forkserver")),
    ],
    ids=name_of,
)
def test_a_tree_that_can_never_move_is_proved(start: Start, program: Callable[[], None], method: str) -> None:
    """Long before any deadline it is known, and every process is named."""
    process = start(*named(program, method))
    watch = Watch(process.pid)

    stuck = watch.until(lambda: process.poll() is not None, seconds=PROVED_WITHIN)

    assert stuck is not None, watch.against
    assert process.pid in {thread.pid for thread in stuck.main_threads}


@pytest.mark.parametrize("program", moving_programs.PROGRAMS, ids=name_of)
def test_a_tree_that_takes_its_time_is_never_called_stuck(start: Start, program: Callable[[], None]) -> None:
    """Up to its own end nothing is proved against it."""
    process = start(*named(program, "fork"))

    stuck = Watch(process.pid).until(lambda: process.poll() is not None, seconds=PROVED_WITHIN)

    assert stuck is None
    assert process.returncode == 0


@pytest.mark.parametrize(
    "program",
    [moving_programs.child_sleeps_then_puts, moving_programs.manager_used_slowly, moving_programs.pool_works_slowly],
    ids=name_of,
)
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_the_start_method_does_not_make_the_living_look_dead(
    start: Start, program: Callable[[], None], method: str
) -> None:
    """Fork server and resource tracker wait without limit: the program beside them lives."""
    process = start(*named(program, method))

    stuck = Watch(process.pid).until(lambda: process.poll() is not None, seconds=PROVED_WITHIN)

    assert stuck is None
    assert process.returncode == 0


def test_a_proof_says_where_each_process_waits(start: Start) -> None:
    """The parent in the wait for its child, the child in the read of the queue."""
    process = start(*named(stuck_programs.child_waits_for_its_parent, "fork"))

    stuck = Watch(process.pid).until(lambda: False, seconds=PROVED_WITHIN)

    assert stuck is not None
    parent, child = stuck.main_threads
    assert (parent.pid, parent.call) == (process.pid, "wait4")
    assert child.call == "read"
    assert stuck.sentence.startswith(
        f"process {process.pid} waits in wait4 (a child); process {child.pid} waits in read"
    )


def test_the_manager_s_polling_thread_is_not_among_the_stuck(start: Start) -> None:
    """It does not wait for ever; the threads that serve the program do."""
    process = start(*named(stuck_programs.manager_lock_taken_twice, "fork"))

    stuck = Watch(process.pid).until(lambda: False, seconds=PROVED_WITHIN)

    assert stuck is not None
    assert {thread.call for thread in stuck.threads if thread.pid != process.pid} >= {"futex"}
    assert [thread.pid for thread in stuck.main_threads] == [process.pid]


def test_a_peer_outside_counts_as_silent_unless_it_is_named(start: Start) -> None:
    """Who watches knows best what it will do with its own end of a pipe."""
    process = start(*python("print('up', flush=True); input()"), stdin=subprocess.PIPE)
    assert heard(process) == "up"
    assert process.stdin is not None
    pipe = ("pipe", os.fstat(process.stdin.fileno()).st_ino)

    named_watch = Watch(process.pid, external={pipe})
    assert named_watch.until(lambda: "external" in named_watch.against, seconds=PROVED_WITHIN) is None
    assert Watch(process.pid).until(lambda: False, seconds=PROVED_WITHIN) is not None


def test_who_was_proved_stuck_can_be_let_go(start: Start) -> None:
    """A proof holds as long as nobody outside moves; afterwards another look says what is true then."""
    process = start(*python("input(); import time; time.sleep(600)"), stdin=subprocess.PIPE)
    watch = Watch(process.pid)
    assert watch.until(lambda: False, seconds=PROVED_WITHIN) is not None
    assert process.stdin is not None
    process.stdin.write(b"\n")
    process.stdin.flush()

    assert watch.until(lambda: "clock_nanosleep" in watch.against, seconds=PROVED_WITHIN) is None
    assert "clock_nanosleep" in watch.against


def test_ignored_processes_neither_speak_for_life_nor_for_death(start: Start) -> None:
    """What is below an ignored one is watched all the same."""
    source = "import os, time\npid = os.fork()\nif pid: time.sleep(600)\nprint(os.getpid(), flush=True); os.read(0, 1)"
    process = start(*python(source), stdin=subprocess.PIPE)
    child = int(heard(process))

    stuck = Watch(process.pid, ignore={process.pid}).until(lambda: False, seconds=PROVED_WITHIN)

    assert stuck is not None
    assert [thread.pid for thread in stuck.threads] == [child]


def test_an_empty_tree_is_not_stuck(start: Start) -> None:
    """Nobody is there who could wait."""
    process = start(*python("pass"))
    process.wait()

    assert Watch(process.pid, settle=0).until(lambda: False, seconds=0.1) is None


def test_a_zombie_is_not_stuck(start: Start) -> None:
    """It has ended, and waits for nothing but its parent."""
    process = start(*python("pass"))
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

    assert Watch(process.pid, settle=0).until(lambda: False, seconds=0.1) is None


def test_without_the_right_to_read_nothing_is_ever_proved(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch says so, and the deadline is left."""
    process = start(*named(stuck_programs.get_without_producer, "fork"))
    monkeypatch.setattr(kernel, "syscall", lambda _pid, _tid: kernel.Absent.DENIED)
    watch = Watch(process.pid)

    assert watch.until(lambda: not watch.readable, seconds=PROVED_WITHIN) is None
    assert not watch.readable


def test_the_watch_can_read_what_it_proves(start: Start) -> None:
    """A tree that was read to the end was readable."""
    process = start(*named(stuck_programs.get_without_producer, "fork"))
    watch = Watch(process.pid)

    assert watch.until(lambda: False, seconds=PROVED_WITHIN) is not None
    assert watch.readable


@pytest.mark.parametrize(
    ("thread", "sentence"),
    [
        (StuckThread(7, 7, "wait4", "a child"), "process 7 waits in wait4 (a child)"),
        (StuckThread(7, 9, "futex"), "process 7, thread 9, waits in futex"),
        (StuckThread(7, 7, "stopped", "waits for SIGCONT"), "process 7 is stopped (waits for SIGCONT)"),
    ],
)
def test_a_thread_says_where_it_waits(thread: StuckThread, sentence: str) -> None:
    """In one line that a person can read."""
    assert thread.sentence == sentence


def test_the_sentence_of_a_tree_leaves_the_threads_of_the_library_out() -> None:
    """Unless there is nothing else to say."""
    main, other = StuckThread(7, 7, "read"), StuckThread(7, 9, "futex")

    assert Stuck((main, other)).sentence == "process 7 waits in read"
    assert Stuck((other,)).sentence == "process 7, thread 9, waits in futex"
