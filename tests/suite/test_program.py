"""Calls beyond the wall, with a real box: what the program does is data, never an accident of ours."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.errors import CourseError, GraderFault
from grader.inside.plain import TEXT_LIMIT
from grader.model.attempt import Outcome
from grader.model.observation import Level, Stop
from grader.sandbox.detect import detect
from grader.sandbox.interpreter import resolve
from grader.suite.boxes import Boxes, inside_files
from grader.suite.bytecode import compiled
from grader.suite.failure import CheckStopped
from grader.suite.plain import Opaque
from grader.suite.program import Program
from tests.suite.samples import plan_of, without_checks

BROKEN = b"""
def start_housekeepers(start_method, desk):
    raise PermissionError("cannot close its socket to others")
"""
SOURCE = b"""
import glob, multiprocessing as mp, os, sys, tempfile, threading, time

def echo(*args, **kwargs):
    return list(args), kwargs

def pid():
    return os.getpid()

def fail(message):
    raise ValueError(message)

def leave(code):
    os._exit(code)

def wait_for_ever():
    lock = mp.Lock()
    lock.acquire()
    lock.acquire()

def flood():
    while True:
        print("x" * 1000)

def say(out, err):
    print(out)
    print(err, file=sys.stderr)

def leave_file():
    open(tempfile.gettempdir() + "/forgotten", "w").close()

def leave_file_with_a_strange_name():
    open(os.fsencode(tempfile.gettempdir()) + b"/\\xff\\n", "w").close()

def leave_child():
    mp.Process(target=time.sleep, args=(3600,)).start()

def leave_fifo():
    os.mkfifo(tempfile.gettempdir() + "/pipe")

def leave_thread():
    threading.Thread(target=time.sleep, args=(3600,)).start()

def leave_daemon_thread():
    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    threading.Thread(target=time.sleep, args=(0.01,)).start()

def twice():
    os.fork()
    return 1

def close_everything():
    return os.closerange(3, 200) or 1

def many_bytes(size):
    return "x" * size

def method():
    return mp.get_start_method()

def leave_by_name():
    exit(7)

def exit_code():
    child = mp.Process(target=leave_by_name)
    child.start()
    child.join()
    return child.exitcode

def order_of_a_set():
    return [*{f"word {number}" for number in range(50)}], "PYTHONHASHSEED" in os.environ, os.environ["HOME"] != ""

def cores():
    return os.cpu_count(), mp.cpu_count()

def cores_of_a_child():
    from concurrent.futures import ProcessPoolExecutor
    with ProcessPoolExecutor(1) as executor:
        return executor.submit(cores).result()

def add(counter):
    with counter.get_lock():
        counter.value += 1

def count(workers):
    counter = mp.Value("i", 0)
    children = [mp.Process(target=add, args=(counter,)) for _ in range(workers)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    return counter.value

def poll():
    counter = mp.Value("i", 0)
    mp.Process(target=add, args=(counter,)).start()
    while True:
        with counter.get_lock():
            if counter.value:
                return counter.value
        time.sleep(0.001)
"""
SCENARIOS = b"""
def nothing(stage):
    pass

def missing(stage):
    stage.submission.mising_function

def raised(stage):
    raise ValueError("of the scenario")

def echo(stage, *, value):
    return stage.submission.echo(value)

def count(stage, *, workers):
    return stage.submission.count(workers)

def poll(stage):
    return stage.submission.poll()
"""


@pytest.fixture(scope="module")
def opened() -> Iterator[Program]:
    """A program in one box, used again while it is clean."""
    exercise = without_checks()
    files = {"suite/scenarios.py": SCENARIOS, "sub/ex90.py": SOURCE}
    boxes = Boxes(detect(Level.NONE), files, exercise.limits, sys.executable, 1)
    yield Program(plan_of(SOURCE, exercise), boxes)
    boxes.close()


@pytest.fixture
def program(opened: Program) -> Program:
    """The same, at the beginning of a check."""
    return Program(opened.plan, opened.boxes)


def stop_of(action: Callable[[], object]) -> CheckStopped:
    """How the check stopped."""
    with pytest.raises(CheckStopped) as stopped:
        action()
    return stopped.value


def test_arguments_and_results_cross_the_wall(program: Program) -> None:
    """With their exact types, by position and by keyword."""
    value: list[object] = [1, 2.5, None, True, b"\xff", "\u8ba1\ud800", {(1, 2): {3}}, 2**70, frozenset()]
    answer = program.call("echo", value, key=(value,))

    assert answer.value == ([value], {"key": (value,)})
    assert len(program.episodes) == 1


def test_every_call_is_a_process_of_its_own(program: Program) -> None:
    """Nothing of one call is there in the next."""
    assert program.call("pid").value != program.call("pid").value


def test_exception_is_told_with_its_line(program: Program) -> None:
    """The suite may ask for it; else it fails the check."""
    answer = program.call("fail", "no \ud800")
    stop = stop_of(lambda: answer.value)

    assert answer.raised is not None
    assert answer.raised.is_a("ValueError")
    assert (stop.facts, [site.line for site in stop.sites]) == (("raised",), [11])
    assert str(stop.message).encode()


def test_process_that_leaves_has_crashed(program: Program) -> None:
    """Its exit code was measured."""
    stop = stop_of(lambda: program.call("leave", 3))

    assert (stop.outcome, stop.facts) == (Outcome.CRASHED, ("crashed",))
    assert "exit code 3" in str(stop.message)


def test_what_fails_in_the_box_before_the_submission_runs_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is told as the student's: no crash, no output."""
    exercise, files = without_checks(), dict(inside_files())
    files["inside/housekeepers.py"] += BROKEN
    files.update(compiled({"inside/housekeepers.py": files["inside/housekeepers.py"]}))
    monkeypatch.setattr("grader.suite.boxes.inside_files", lambda: files)
    boxes = Boxes(detect(Level.NONE), {"sub/ex90.py": SOURCE}, exercise.limits, sys.executable, 1)
    program = Program(plan_of(SOURCE, exercise), boxes)
    with contextlib.closing(boxes), pytest.raises(GraderFault, match="close its socket"):
        program.call("pid")


def test_deadlock_is_proved_not_waited_for(program: Program) -> None:
    """Where the kernel can be read, long before the deadline."""
    stop = stop_of(lambda: program.call("wait_for_ever"))

    assert stop.outcome in {Outcome.HUNG, Outcome.TIMEOUT}
    if stop.outcome is Outcome.HUNG:
        assert program.episodes[-1].observation.wall < program.plan.exercise.limits.wall


def test_work_of_those_who_died_at_birth_is_missing(program: Program) -> None:
    """As many as the suite says; who comes after them lives."""

    def count() -> None:
        """Stands for the scenario of that name."""

    assert [program.bereaved(count, deaths=deaths, workers=3).value for deaths in (0, 1, 3)] == [3, 2, 0]


def test_run_without_those_who_died_at_birth_gets_little_time(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who polls for what they should have done is not waited for as long as for an answer that counts."""

    def poll() -> None:
        """Stands for the scenario of that name."""

    monkeypatch.setattr("grader.suite.program.MOURNING", 0.2)
    episode = program.bereaved(poll)

    assert episode.observation.stop is Stop.DEADLINE
    assert episode.observation.wall < program.plan.exercise.limits.wall


def test_flood_of_output_is_stopped(program: Program) -> None:
    """What is kept of it is bounded."""
    stop = stop_of(lambda: program.call("flood"))

    assert stop.facts == ("output-flood",)
    assert len(program.episodes[-1].observation.stdout) <= TEXT_LIMIT


def test_output_is_kept_apart(program: Program) -> None:
    """What is printed is no answer."""
    program.call("say", "out", "err")
    seen = program.episodes[-1].observation

    assert (seen.stdout, seen.stderr) == ("out\n", "err\n")


@pytest.mark.parametrize(
    ("function", "fact"),
    [
        ("leave_file", "left-file"),
        ("leave_file_with_a_strange_name", "left-file"),
        ("leave_fifo", "left-fifo"),
        ("leave_child", "left-process"),
        ("leave_thread", "left-thread"),
    ],
)
def test_what_is_left_behind_is_seen(program: Program, function: str, fact: str) -> None:
    """Whatever it is called; the next call gets a clean box."""
    assert program.call(function).value is None
    assert stop_of(program.episodes[-1].check_left_behind).facts == (fact,)

    program.call("echo")
    program.episodes[-1].check_left_behind()


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_a_process_that_is_left_behind_is_called_by_its_interpreter(program: Program, method: str) -> None:
    """Whatever we start that with: its author knows nothing of it."""
    with contextlib.suppress(CheckStopped):
        program.call("leave_child", start_method=method)

    names = {left.name for left in program.episodes[-1].observation.left_behind}
    assert names == {Path(resolve(sys.executable).executable).name}


def test_a_thread_that_keeps_nobody_is_not_left_behind(program: Program) -> None:
    """Neither a daemon nor one that ends in a moment."""
    program.call("leave_daemon_thread")

    program.episodes[-1].check_left_behind()


def test_fork_that_comes_back_twice_answers_once(program: Program) -> None:
    """Only the process that was started may."""
    assert program.call("twice").value == 1


def test_program_that_closes_our_descriptors_costs_itself(program: Program) -> None:
    """It has no answer then; that is its crash, not our fault."""
    stop = stop_of(lambda: program.call("close_everything"))

    assert stop.outcome in {Outcome.CRASHED, Outcome.FAILED}


def test_answer_of_many_bytes_comes_in_parts_until_it_is_too_large(program: Program) -> None:
    """A value that is no data to compare is a name."""
    assert program.call("many_bytes", 1_000_000).value == "x" * 1_000_000
    assert program.call("many_bytes", 9_000_000).value == Opaque("a value that is too large")


def test_start_method_is_the_one_that_was_asked_for(program: Program) -> None:
    """Else the first of the exercise."""
    assert program.call("method").value == "fork"
    assert program.call("method", start_method="spawn").value == "spawn"


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_interpreters_without_site_have_its_built_ins(program: Program, method: str) -> None:
    """Each start method gives a program the `exit` that it knows from its own interpreter."""
    assert program.call("exit_code", start_method=method).value == 7


def test_sets_of_texts_have_one_order_in_all_boxes(program: Program) -> None:
    """What a program does next may depend on it, and each schedule shall come out the same in whichever box it runs."""
    first = program.call("order_of_a_set").value
    with program.boxes.borrow() as box:
        box.used_up = True
    second = program.call("order_of_a_set").value

    assert first == second
    assert first[1:] == (False, True)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_every_machine_has_two_cores(program: Program, method: str) -> None:
    """A pool that is as large as the machine has cores is as large everywhere: whether its calls meet is no luck."""
    assert program.call("cores").value == (2, 2)
    assert program.call("cores_of_a_child", start_method=method).value == (2, 2)


def test_missing_function_is_told_with_a_near_name(program: Program) -> None:
    """So is a call that the signature refuses; in a scenario, too."""
    assert str(stop_of(lambda: program.call("ehco")).message) == "ex90.py defines no ehco, but echo"
    assert stop_of(lambda: program.call("leave")).facts == ("wrong-signature",)


def test_scenario_plays_beside_the_submission(program: Program) -> None:
    """By its name; what it does is an episode."""

    def echo() -> None: ...

    assert program.play(echo, value=(1, None)).value == ([(1, None)], {})


def test_scenario_that_misses_a_function_blames_the_submission(program: Program) -> None:
    """It is told like any missing function."""

    def missing() -> None: ...

    assert stop_of(lambda: program.play(missing)).facts == ("missing-function",)


def test_argument_that_is_not_plain_is_the_authors_mistake(program: Program) -> None:
    """Told before anything runs."""
    with pytest.raises(CourseError, match="echo: object is not plain data"):
        program.call("echo", object())

    assert program.episodes == []


def test_drawn_numbers_follow_the_seed(program: Program) -> None:
    """The same attempt draws the same ones."""
    twins = [Program(program.plan, program.boxes) for _ in range(2)]
    numbers = [[twin.draw(1, 10**9) for _ in range(3)] for twin in twins]

    assert numbers[0] == numbers[1]
    assert all(1 <= number <= 10**9 for number in numbers[0])


def test_import_alone_answers(program: Program) -> None:
    """Before all checks it is tried once."""
    episode = program.import_only()

    assert episode.observation.stop is Stop.ANSWERED
    assert episode.value is None
