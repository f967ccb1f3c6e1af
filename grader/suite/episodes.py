"""One run of a scenario or of a call, as a suite sees it."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.inside.vocabulary import Kind
from grader.model.attempt import Outcome, Site
from grader.model.message import Message, Words, say
from grader.model.observation import LeftBehind, Observation, Remainder, Stop
from grader.model.witness import Blocked, Witness
from grader.report.steps import waiting_phrase
from grader.suite.failure import CheckStopped
from grader.suite.plain import Opaque, Raised, decode, raised_of, same
from grader.suite.records import SCENARIOS
from grader.suite.types_apart import FACT
from grader.texts import listed, speaker, translate, within
from grader.wire import AnswerFrame, Malformed

EVERYBODY_WAITS = {"where": "every process waits", "where_zh": "每个进程都在等待"}
OVER_A_VALUE = ("TypeError", "AttributeError", "LookupError", "ValueError")  # of who takes apart what it was given


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the sentences about a run are about: the student's file and the exercise's function names."""

    file: str
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one call; `seconds` are virtual in an explored episode."""

    name: str
    frame: AnswerFrame | None
    seconds: float
    exit_code: int | None
    subject: Subject
    told: bool = field(default=True)

    @property
    def value(self) -> Any:
        """What it returned; ends the check if it did not return."""
        self.must_have_answered()
        assert self.frame is not None
        if self.frame.kind is Kind.RAISED:
            raise raised_stop(self.raised, self.subject)
        return _decoded(self.frame.value)

    @property
    def raised(self) -> Raised | None:
        """What it raised, None if it returned; ends the check if it did neither."""
        self.must_have_answered()
        assert self.frame is not None
        return raised_of(self.frame.raised) if self.frame.raised else None

    def must_have_answered(self) -> None:
        """End the check if the function could not be called or the process ended without an answer."""
        if self.frame is None:
            raise CheckStopped(outcome=Outcome.CRASHED, message=_ended(self.name, self.exit_code), facts=("crashed",))
        fault = fault_of(self.frame, self.subject)
        if fault:
            raise fault


class Workers(dict[str, Answer]):
    """What the workers of a scenario answered, by name; to ask for one that never came ends the check."""

    def __missing__(self, name: str) -> Answer:
        raise CheckStopped(outcome=Outcome.CRASHED, message=_ended(name, None), facts=("crashed",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One run. What it came to is looked at only when it is asked for, except what `check` finds by itself.

    `tickets` are those that were handed out at each meeting, with the process that got them.
    """

    given: Mapping[str, Any]
    explored: bool
    start_method: str
    main: Answer
    workers: Mapping[str, Answer]
    shared: Mapping[str, int | list[int]]
    met: Mapping[str, int]
    tickets: Mapping[str, Mapping[str, int]]
    notes: Mapping[str, list[tuple[int, str]]]
    processes: int
    observation: Observation
    witness: Witness | None

    @property
    def value(self) -> Any:
        """What the scenario returned; ends the check if it did not."""
        return self.main.value

    @property
    def raised(self) -> Raised | None:
        """What the scenario raised, None if it returned."""
        return self.main.raised

    @property
    def seconds(self) -> float:
        """How long it took; virtual in an explored episode."""
        return self.main.seconds

    def returned(self, value: Any) -> bool:
        """Whether the scenario returned exactly `value`; False for every other end."""
        frame = self.main.frame
        answered = self.observation.stop is Stop.ANSWERED and frame is not None and frame.kind is Kind.RETURNED
        return answered and frame is not None and same(_decoded(frame.value), value)

    def check(self) -> None:
        """End the check if the run came to no answer: hung, crashed, flooded, over a limit."""
        stop = stopped(self)
        if stop:
            raise stop
        for answer in (self.main, *self.workers.values()):
            if answer.frame is not None:
                fault = fault_of(answer.frame, answer.subject)
                if fault:
                    raise fault

    def check_left_behind(self) -> None:
        """End the check if something was left behind; an exception that was raised before may be the reason."""
        left = self.observation.left_behind
        if left:
            facts = tuple(dict.fromkeys(f"left-{item.kind}" for item in left))
            names = {"names": _named(left, "en"), "names_zh": _named(left, "zh")}
            raised = raised_of(self.main.frame.raised) if self.main.frame and self.main.frame.raised else None
            message = say("left behind: {names}", **names)
            if raised:
                message = say("it raised {raised}, and left behind: {names}", raised=str(raised), **names)
            sites = sites_of(raised, self.main.subject)
            raise CheckStopped(outcome=Outcome.FAILED, message=message, facts=facts, sites=sites)


KINDS = {
    Remainder.PROCESS: Words(en="a process that still runs ({})", zh="仍在运行的进程（{}）"),
    Remainder.ZOMBIE: Words(en="a process that nobody joined ({})", zh="没有人 join 的进程（{}）"),
    Remainder.SHARED_MEMORY: Words(en="shared memory ({})", zh="共享内存（{}）"),
    Remainder.FIFO: Words(en="a FIFO ({})", zh="FIFO（{}）"),
    Remainder.FILE: Words(en="a file ({})", zh="文件（{}）"),
    Remainder.THREAD: Words(en="a thread that still runs ({})", zh="仍在运行的线程（{}）"),
}


def _named(left: tuple[LeftBehind, ...], language: str) -> str:
    """Each of them once, with how many there were."""
    counts = Counter(KINDS[item.kind].in_(language).format(item.name) for item in left)
    several = "{} 个{}" if language == "zh" else "{} × {}"
    told = (name if count == 1 else several.format(count, name) for name, count in counts.items())
    return ("、" if language == "zh" else ", ").join(told)


def stopped(episode: Episode) -> CheckStopped | None:
    """The failure of a run that came to no answer."""
    seen, outcome = episode.observation, Outcome.CRASHED
    match seen.stop:
        case Stop.ANSWERED | Stop.UNCONTROLLED:
            return None
        case Stop.HUNG if (known := _deadlock(episode) if episode.explored else _raised_first(episode)) is not None:
            return known
        case Stop.HUNG:
            outcome, fact = Outcome.HUNG, "stuck"
            message = say("it can never go on: {where}", **_where(seen))
        case Stop.LIVELOCK:
            outcome, fact = Outcome.HUNG, "livelock"
            message = say("it looks for ever at what can never change: {where}", **_where(seen))
        case Stop.ASLEEP:
            outcome, fact = Outcome.TIMEOUT, "deadline"
            message = say("it sleeps until long after its time is over: {where}", **_where(seen))
        case Stop.DEADLINE:
            outcome, fact = Outcome.TIMEOUT, "deadline"
            message = say("it was still running after {seconds} seconds", seconds=round(seen.wall, 1))
        case Stop.CPU:
            outcome, fact = Outcome.TIMEOUT, "deadline"
            message = say("all its processes together used more than {seconds} seconds of CPU time", seconds=seen.note)
        case Stop.OUTPUT:
            fact = "output-flood"
            message = say("it printed more than {size} bytes", size=len(seen.stdout + seen.stderr))
        case Stop.MEMORY:
            fact, message = "memory-limit", say("it used more than {size} of memory", size=seen.note)
        case Stop.DISK:
            fact, message = "disk-limit", say("it wrote more than {size} of files", size=seen.note)
        case Stop.PROCESSES:
            fact, message = "process-limit", say("it had more than {count} processes at once", count=seen.note)
        case Stop.VIOLATION:
            outcome, fact = Outcome.FAILED, "violation"
            message = say("it tampered with the way to the grader: {what}", what=seen.note)
        case _:
            fact, message = "crashed", _ended("", seen.exit_code)
    facts = (fact, seen.cause.code) if seen.cause else (fact,)
    return CheckStopped(outcome=outcome, message=message, facts=facts, sites=_sites_of_waits(episode))


def _raised_first(episode: Episode) -> CheckStopped | None:
    """The failure where a call of the submission has raised, and those who need it wait for ever."""
    for name, answer in episode.workers.items():
        raised = raised_of(answer.frame.raised) if answer.frame and answer.frame.raised else None
        if sites := sites_of(raised, answer.subject):
            where = _where(episode.observation)
            message = say(
                "{who} raised {raised}, and now nobody can go on: {where}", who=name, raised=str(raised), **where
            )
            return CheckStopped(
                outcome=Outcome.HUNG, message=message, actual=str(raised), facts=("raised", "stuck"), sites=sites
            )
    return None


def _sites_of_waits(episode: Episode) -> tuple[Site, ...]:
    lines = dict.fromkeys(waiting.line for waiting in episode.observation.stuck if waiting.line)
    return tuple(Site(file=episode.main.subject.file, line=line) for line in lines)


def _where(seen: Observation) -> dict[str, str]:
    """In one line; of a process that is at no line and in no call that anybody knows, its name would say nothing."""
    told = [one.where for one in seen.stuck if ": " in one.where] or [one.where for one in seen.stuck]
    if not told:
        return EVERYBODY_WAITS
    return {"where": "; ".join(told), "where_zh": "；".join(one.replace(": ", "：", 1) for one in told)}


def _deadlock(episode: Episode) -> CheckStopped:
    blocked = episode.witness.blocked if episode.witness else ()
    file = episode.main.subject.file
    where = {f"where{ending}": _waits(blocked, file, language) for ending, language in (("", "en"), ("_zh", "zh"))}
    sites = tuple(Site(file=file, line=item.line) for item in blocked if item.line)
    return CheckStopped(
        outcome=Outcome.HUNG,
        message=say("nobody can ever go on: {where}", **where),
        facts=("deadlock",),
        sites=tuple(dict.fromkeys(sites)),
    )


def _waits(blocked: Sequence[Blocked], file: str, language: str) -> str:
    """Who waits for what, in one line; those who wait alike are named together."""
    alike: dict[str, list[str]] = {}
    _ = speaker(language)
    for item in blocked:
        phrase = waiting_phrase(item)
        if item.line:
            phrase = say("{waits} ({file}:{line})", **within("waits", phrase), file=file, line=item.line)
        alike.setdefault(translate(phrase, language), []).append(item.worker)
    return _("; ").join(f"{listed(names, language)}{_(': ')}{wait}" for wait, names in alike.items())


def _ended(name: str, exit_code: int | None) -> Message:
    who = name or "the process"
    if exit_code is None:
        return say("{who} ended before the function had returned", who=who)
    if exit_code < 0:
        return say("{who} was killed by signal {signal} before the function had returned", who=who, signal=-exit_code)
    return say("{who} ended with exit code {code} before the function had returned", who=who, code=exit_code)


def fault_of(frame: AnswerFrame, subject: Subject) -> CheckStopped | None:
    """The failure of a call that could not be made at all."""
    match frame.kind:
        case Kind.NO_FUNCTION:
            near = difflib.get_close_matches(frame.name[:80], [name[:80] for name in frame.names[:50]], 1)
            hint = say("{file} defines no {name}", file=subject.file, name=frame.name[:80])
            if near:
                hint = say(
                    "{file} defines no {name}, but {near}", file=subject.file, name=frame.name[:80], near=near[0][:80]
                )
            return CheckStopped(outcome=Outcome.FAILED, message=hint, facts=("missing-function",))
        case Kind.BAD_CALL:
            message = say(
                "{name}{signature} cannot be called as the contract says: {why}",
                name=frame.name[:80],
                signature=frame.signature[:300],
                why=frame.message[:300],
            )
            return CheckStopped(outcome=Outcome.FAILED, message=message, facts=("wrong-signature",))
        case Kind.NO_IMPORT:
            return import_stop(frame, subject)
        case _:
            return None


def import_stop(frame: AnswerFrame, subject: Subject) -> CheckStopped:
    """The failure of a module that raised while it was imported."""
    raised = raised_of(frame.raised) if frame.raised else None
    message = say("importing {file} raised {raised}", file=subject.file, raised=str(raised))
    return CheckStopped(
        outcome=Outcome.FAILED,
        message=message,
        actual=str(raised),
        facts=("import-failed",),
        sites=sites_of(raised, subject),
    )


def raised_stop(raised: Raised | None, subject: Subject) -> CheckStopped:
    """The failure of a call that raised where it should have returned."""
    if raised and _is_taken_apart(raised, subject):
        return CheckStopped(
            outcome=Outcome.FAILED,
            message=say("what came back cannot be used as the contract says: {raised}", raised=str(raised)),
            actual=str(raised),
            facts=("raised", FACT),
        )
    return CheckStopped(
        outcome=Outcome.FAILED,
        message=say("it raised {raised}", raised=str(raised)),
        actual=str(raised),
        facts=("raised",),
        sites=sites_of(raised, subject),
    )


def _is_taken_apart(raised: Raised, subject: Subject) -> bool:
    """Whether a scenario of ours raised it over what a function had returned; that decides on the wording only."""
    files = [file.rpartition("/")[2] for file, *_ in raised.frames]
    return files[-1:] == [f"{SCENARIOS}.py"] and subject.file not in files and any(map(raised.is_a, OVER_A_VALUE))


def sites_of(raised: Raised | None, subject: Subject) -> tuple[Site, ...]:
    """The student's lines in a traceback, innermost first."""
    lines = [line for file, line, _ in (raised.frames if raised else ()) if file.endswith("/" + subject.file)]
    return tuple(Site(file=subject.file, line=line) for line in dict.fromkeys(reversed(lines)) if line > 0)


def _decoded(data: Any) -> Any:
    try:
        return decode(data)
    except Malformed as broken:
        return Opaque(f"an answer that cannot be read: {broken}")
