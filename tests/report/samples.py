"""Attempts as the grader makes them, one for each thing that a report has to tell."""

from __future__ import annotations

from pathlib import Path

from grader.model.attempt import (
    Attempt,
    Blame,
    CheckResult,
    Diagnosis,
    Evidence,
    Explored,
    Outcome,
    Site,
    Verdict,
    Versions,
)
from grader.model.exercise import Check, Exercise, Limits, Platform, StartMethod, Visibility
from grader.model.message import Words, say
from grader.model.observation import (
    Cause,
    Fallen,
    Isolation,
    LeftBehind,
    Level,
    Observation,
    Remainder,
    Stop,
    Waiting,
)
from grader.model.submission import IntakeProblem, ProblemCode
from grader.model.witness import Blocked, Step, Witness
from tests.report.sample_source import SOURCE

NAMESPACE = Isolation(level=Level.NAMESPACE, enforced=("pid", "net", "mount", "ipc", "seccomp", "limits"))
NO_ISOLATION = Isolation(level=Level.NONE, enforced=("process group", "limits"), missing=("pid", "net", "seccomp"))


def _check(name: str, title: Words, goal: Words, points: float, **more: object) -> Check:
    step = more.pop("next_step", Words(en="Look at what happens between the read and the write."))
    return Check(id=name, title=title, goal=goal, points=points, next_step=step, **more)  # type: ignore[arg-type]  # spread


EXERCISE = Exercise(
    id="ex03",
    slug="lock",
    title=Words(en="No update lost", zh="进程锁：不丢失任何更新"),
    functions=("add_many", "count_together", "update", "move"),
    checks=(
        _check(
            "starts_at_any_number",
            Words(en="starts at any number", zh="从任意数开始"),
            Words(en="The counter keeps what was in it.", zh="计数器原有的值不会丢。"),
            1.0,
            functions=("add_many",),
        ),
        _check(
            "keeps_every_update",
            Words(en="keeps every update", zh="不丢失任何更新"),
            Words(en="No addition is lost, whoever else adds meanwhile.", zh="不管同时还有谁在加，每一次加法都算数。"),
            3.0,
            functions=("add_many",),
            next_step=Words(
                en="Hold the lock from before the read until after the write.", zh="从读之前到写之后，一直持有锁。"
            ),
        ),
        _check(
            "moves_both_ways",
            Words(en="moves amounts both ways at once", zh="可以同时双向转移"),
            Words(en="Two moves in opposite directions both end.", zh="两个方向相反的转移都会结束。"),
            2.0,
            functions=("move",),
            next_step=Words(en="Take the two locks in the same order everywhere.", zh="在所有地方按同样的顺序取锁。"),
        ),
        _check(
            "counts_together",
            Words(en="counts together and leaves nothing behind", zh="一起计数，并且什么也不留下"),
            Words(en="Every process is joined before the total is returned.", zh="返回总数之前，每个进程都已 join。"),
            2.0,
            functions=("count_together",),
            next_step=Words(en="Keep the processes in a list and join each of them.", zh="把进程放进列表，逐个 join。"),
        ),
        _check(
            "counts_under_every_start_method",
            Words(en="counts under every start method", zh="在每种启动方式下都能计数"),
            Words(en="The total is right under fork, spawn and forkserver.", zh="fork、spawn、forkserver 下总数都对。"),
            1.0,
            functions=("count_together",),
            needs=("counts_together",),
        ),
        _check(
            "survives_a_secret",
            Words(en="TOP SECRET NAME", zh="绝密名称"),
            Words(en="TOP SECRET GOAL", zh="绝密目标"),
            1.0,
            functions=("update",),
            visibility=Visibility.HIDDEN,
        ),
    ),
    limits=Limits(),
    start_methods=(StartMethod.FORK, StartMethod.SPAWN, StartMethod.FORKSERVER),
    platforms=(Platform.LINUX,),
    topics=("lock",),
    folder=Path("exercises/ex03_lock"),
    digest="5d41402abc4b2a76b9719d911017c592",
)

LOST_UPDATE = Witness(
    schedule=("first", "second", "second", "first"),
    steps=(
        Step(worker="first", op="begin", resource="add_many"),
        Step(worker="second", op="begin", resource="add_many"),
        Step(worker="first", op="read", resource="counter", line=9, value="5"),
        Step(worker="second", op="read", resource="counter", line=9, value="5"),
        Step(worker="second", op="write", resource="counter", line=9, value="6"),
        Step(worker="second", op="end", resource="add_many"),
        Step(worker="first", op="write", resource="counter", line=9, value="6"),
        Step(worker="first", op="end", resource="add_many"),
    ),
)

DEADLOCK = Witness(
    schedule=("first", "second", "first", "second"),
    steps=(
        Step(worker="first", op="acquire", resource="lock-1", line=19),
        Step(worker="second", op="acquire", resource="lock-2", line=19),
        Step(worker="first", op="acquire", resource="lock-2", line=20, note="waits"),
        Step(worker="second", op="acquire", resource="lock-1", line=20, note="waits"),
    ),
    blocked=(
        Blocked(worker="first", op="acquire", resource="lock-2", line=20, held_by="second", holds=("lock-1",)),
        Blocked(worker="second", op="acquire", resource="lock-1", line=20, held_by="first", holds=("lock-2",)),
    ),
)

PASSED = {
    "starts_at_any_number": CheckResult(
        check="starts_at_any_number",
        outcome=Outcome.PASSED,
        duration=0.02,
        start_methods=("fork", "spawn", "forkserver"),
    ),
    "keeps_every_update": CheckResult(
        check="keeps_every_update",
        outcome=Outcome.PASSED,
        duration=0.4,
        explored=Explored(schedules=37, preemptions=2, complete=False),
        start_methods=("fork", "spawn", "forkserver"),
    ),
    "moves_both_ways": CheckResult(
        check="moves_both_ways",
        outcome=Outcome.PASSED,
        duration=0.2,
        explored=Explored(schedules=20, preemptions=2, complete=True),
    ),
    "counts_together": CheckResult(
        check="counts_together",
        outcome=Outcome.PASSED,
        duration=0.3,
        evidence=Evidence.PROBES,
        start_methods=("fork", "spawn"),
    ),
    "counts_under_every_start_method": CheckResult(
        check="counts_under_every_start_method", outcome=Outcome.PASSED, evidence=Evidence.TESTIMONY
    ),
    "survives_a_secret": CheckResult(check="survives_a_secret", outcome=Outcome.PASSED),
}

LOST = CheckResult(
    check="keeps_every_update",
    outcome=Outcome.FAILED,
    message=say("{label}: expected {expected}, got {actual}", label="the counter", expected="7", actual="6"),
    expected="7",
    actual="6",
    duration=0.081,
    start_method="fork",
    start_methods=("fork",),
    explored=Explored(schedules=3, preemptions=2, complete=False),
    witness=LOST_UPDATE,
    facts=("wrong-value",),
    diagnoses=(
        Diagnosis(
            code="lost-update",
            title=say("One process wrote over what another had just written"),
            sentence=say(
                "`counter.value += 1` is a read and a write; between the two, {other} changed the counter.",
                other="second",
            ),
            next_step=say("Put the whole line under `with lock:`."),
            sites=(Site(file="ex03.py", line=9),),
        ),
    ),
)

DEADLOCKED = CheckResult(
    check="moves_both_ways",
    outcome=Outcome.HUNG,
    message=say("two moves in opposite directions never end"),
    duration=0.05,
    start_method="fork",
    explored=Explored(schedules=2, preemptions=2, complete=False),
    witness=DEADLOCK,
    facts=("deadlock",),
    diagnoses=(
        Diagnosis(
            code="lock-order",
            title=say("Two processes take the same locks in opposite order"),
            sentence=say("Each holds the lock that the other one needs."),
            next_step=say("Take the lock of the smaller name first, in every function."),
            sites=(Site(file="ex03.py", line=19), Site(file="ex03.py", line=20)),
        ),
    ),
)

LEFT = CheckResult(
    check="counts_together",
    outcome=Outcome.FAILED,
    message=say("count_together returned while {count} processes were still running", count=2),
    expected="200",
    actual="0",
    duration=0.3,
    start_method="spawn",
    left_behind=(
        LeftBehind(kind=Remainder.PROCESS, name="Process-1"),
        LeftBehind(kind=Remainder.ZOMBIE, name="Process-2"),
        LeftBehind(kind=Remainder.SHARED_MEMORY, name="/psm_2f1a"),
    ),
    sites=(Site(file="ex03.py", line=31),),
    facts=("left-process", "wrong-value"),
)


def waiting(process: str, call: str, line: int) -> Waiting:
    """A process that waits in a call of the student's."""
    place = f"ex03.py:{line}"
    sentence = say("{process} waits in {call} ({place}).", process=process, call=call, place=place)
    return Waiting(sentence=sentence, where=f"{process}: {call} ({place})", line=line)


HUNG = CheckResult(
    check="counts_together",
    outcome=Outcome.HUNG,
    message=say("nothing can move any more: every process waits, and nobody is left who could wake one"),
    duration=0.12,
    start_method="fork",
    facts=("stuck",),
    observation=Observation(
        stop=Stop.HUNG,
        stuck=(waiting("MainProcess", "Process.join()", 31), waiting("work", "with lock:", 19)),
        cause=Cause(
            code="lock-not-released",
            sentence=say(
                "{process} waits for {lock}, and nobody who still runs can release it.", process="work", lock="lock"
            ),
        ),
        fallen=(Fallen(who="Process-1", error="ValueError: bad input", line=12),),
    ),
    sites=(Site(file="ex03.py", line=19), Site(file="ex03.py", line=31)),
)

TIMEOUT = CheckResult(
    check="counts_together",
    outcome=Outcome.TIMEOUT,
    message=say("no answer within {seconds} s", seconds=10),
    duration=10.0,
    start_method="forkserver",
    facts=("deadline",),
    observation=Observation(
        stop=Stop.DEADLINE,
        stdout="".join(f"still counting {number}\n" for number in range(5000)),
        stderr='Traceback (most recent call last):\n  File "ex03.py", line 9, in add_many\nKeyboardInterrupt\n',
    ),
)

UNDECIDED = CheckResult(
    check="keeps_every_update",
    outcome=Outcome.INCONCLUSIVE,
    message=say("the counter changed although nobody had asked for a turn: its schedules cannot be explored"),
    duration=2.0,
    explored=Explored(schedules=500, preemptions=1, complete=False),
)

OUR_FAULT = CheckResult(
    check="keeps_every_update", outcome=Outcome.ERROR, message=say("the box could not be opened, twice")
)

HOSTILE_TEXT = (
    "</script><script>alert(1)</script> <img src=x onerror=alert(2)> \"'&<style>*{display:none}</style> "
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\ "
    "\u202egnp.exe\u202c \u2066x\u2069 \x00\x08\x9b31m \ud800 {{ 7 * 7 }} {% raw %} ]]> --> \u200b zero 张伟 🧵"
)

HOSTILE = CheckResult(
    check="keeps_every_update",
    outcome=Outcome.FAILED,
    message=say("{label}: expected {expected}, got {actual}", label="value", expected="1", actual=HOSTILE_TEXT),
    expected="1",
    actual=HOSTILE_TEXT + "\n" + "A" * 100_000,
    start_method=HOSTILE_TEXT,
    observation=Observation(
        stop=Stop.ANSWERED, stdout=HOSTILE_TEXT * 3 + "\n" * 5000 + "end", stuck=(waiting(HOSTILE_TEXT, "get", 9),)
    ),
    left_behind=tuple(LeftBehind(kind=Remainder.FILE, name=HOSTILE_TEXT) for _ in range(50)),
    witness=Witness(
        schedule=(),
        steps=(
            Step(worker=HOSTILE_TEXT, op="write", resource=HOSTILE_TEXT, line=9, value=HOSTILE_TEXT),
            Step(worker="b", op=HOSTILE_TEXT, resource=HOSTILE_TEXT, line=-4, value=HOSTILE_TEXT, note=HOSTILE_TEXT),
        ),
        blocked=(Blocked(worker="c", op=HOSTILE_TEXT, resource=HOSTILE_TEXT, held_by=HOSTILE_TEXT),),
    ),
    sites=(Site(file="ex03.py", line=1), Site(file=HOSTILE_TEXT, line=3), Site(file="ex03.py", line=10**9)),
    diagnoses=(
        Diagnosis(
            code=HOSTILE_TEXT,
            title=say("{text}", text=HOSTILE_TEXT),
            sentence=say("{text}", text=HOSTILE_TEXT),
            next_step=say("{text}", text=HOSTILE_TEXT),
        ),
    ),
)
HOSTILE_SOURCE = (
    f"# {HOSTILE_TEXT}\r\nx = '''\x0c</pre><script>alert(3)</script>\n'''\r\r\n\tpass" + "\n" * 6 + "y" * 50_000
)


def attempt(verdict: Verdict, points: float | None, *results: CheckResult, **more: object) -> Attempt:
    """An attempt of EXERCISE in which the given results stand in the place of passed ones."""
    changed = PASSED | {result.check: result for result in results}
    fields: dict[str, object] = {
        "id": "a-20261121-104502-7f3c",
        "plan_key": "0f343b0931126a20f133d67c2b018a3b",
        "exercise": "ex03",
        "verdict": verdict,
        "points": points,
        "max_points": 10.0,
        "blame": None if verdict in {Verdict.ACCEPTED, Verdict.INCONCLUSIVE} else Blame.STUDENT,
        "results": tuple(changed[check.id] for check in EXERCISE.checks),
        "problems": (),
        "isolation": NAMESPACE,
        "versions": Versions(grader="0.1.0", python="3.12.1", exercise=EXERCISE.digest),
        "seed": 411,
        "started_at": 1795257902.0,
        "duration": 0.41,
    }
    return Attempt(**(fields | more))  # type: ignore[arg-type]  # fields are spread


def _all(outcome: Outcome) -> tuple[CheckResult, ...]:
    return tuple(CheckResult(check=check.id, outcome=outcome) for check in EXERCISE.checks)


SKIPPED = CheckResult(
    check="counts_under_every_start_method", outcome=Outcome.SKIPPED, message=say("needs 'counts_together'")
)
SECRET_FAILURE = CheckResult(
    check="survives_a_secret",
    outcome=Outcome.CRASHED,
    message=say("TOP SECRET MESSAGE"),
    expected="TOP SECRET VALUE",
    witness=LOST_UPDATE,
)

SAMPLES: dict[str, tuple[Attempt, str]] = {
    "lost_update": (attempt(Verdict.PARTIAL, 7.0, LOST), SOURCE),
    "deadlock": (attempt(Verdict.PARTIAL, 8.0, DEADLOCKED), SOURCE),
    "several": (attempt(Verdict.PARTIAL, 1.0, LOST, DEADLOCKED, LEFT, SKIPPED, SECRET_FAILURE), SOURCE),
    "hung": (attempt(Verdict.PARTIAL, 7.0, HUNG, SKIPPED), SOURCE),
    "timeout": (attempt(Verdict.PARTIAL, 7.0, TIMEOUT, SKIPPED), SOURCE),
    "left_behind": (attempt(Verdict.PARTIAL, 7.0, LEFT, SKIPPED, isolation=NO_ISOLATION), SOURCE),
    "accepted": (attempt(Verdict.ACCEPTED, 10.0), SOURCE),
    "hidden": (attempt(Verdict.PARTIAL, 9.0, SECRET_FAILURE), SOURCE),
    "inconclusive": (attempt(Verdict.INCONCLUSIVE, None, UNDECIDED), SOURCE),
    "not_graded": (attempt(Verdict.NOT_GRADED, None, OUR_FAULT, blame=Blame.GRADER), SOURCE),
    "ungradable": (
        attempt(
            Verdict.UNGRADABLE,
            0.0,
            *_all(Outcome.NOT_RUN),
            problems=(
                IntakeProblem(
                    code=ProblemCode.SYNTAX, message=say("line {line}: {what}", line=9, what="expected ':'"), line=9
                ),
            ),
        ),
        SOURCE.replace("for _ in range(times):\n        counter", "for _ in range(times)\n        counter"),
    ),
    "not_started": (
        attempt(
            Verdict.REJECTED,
            0.0,
            *_all(Outcome.NOT_RUN),
            problems=(IntakeProblem(code=ProblemCode.NOT_STARTED, message=say("ex03.py is the stub, unchanged")),),
        ),
        "",
    ),
    "hostile": (attempt(Verdict.PARTIAL, 7.0, HOSTILE, student=HOSTILE_TEXT), HOSTILE_SOURCE),
}
