"""What came out: a result per check, and the attempt as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from grader.model.message import Message
from grader.model.observation import Isolation, LeftBehind, Observation
from grader.model.submission import IntakeProblem
from grader.model.witness import Witness


class Outcome(StrEnum):
    """What became of one check."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"
    HUNG = "hung"
    TIMEOUT = "timeout"
    INCONCLUSIVE = "inconclusive"
    SKIPPED = "skipped"
    NOT_RUN = "not_run"
    ERROR = "error"

    @property
    def blames_student(self) -> bool:
        """Whether the program was seen to be wrong."""
        return self in {Outcome.FAILED, Outcome.CRASHED, Outcome.HUNG, Outcome.TIMEOUT}


class Verdict(StrEnum):
    """What became of the attempt."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    REJECTED = "rejected"
    UNGRADABLE = "ungradable"
    INCONCLUSIVE = "inconclusive"
    NOT_GRADED = "not_graded"


class Blame(StrEnum):
    """Who has to act."""

    STUDENT = "student"
    AUTHOR = "author"
    GRADER = "grader"


class Evidence(StrEnum):
    """What an outcome rests on."""

    MEASURED = "measured"
    PROBES = "probes"
    TESTIMONY = "testimony"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explored:
    """How many schedules were executed, with at most how many preemptions, and whether that was all of them."""

    schedules: int
    preemptions: int
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A line of the student's file, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Why a check failed, as far as it can be known; shown beside the outcome, never the outcome itself."""

    code: str
    title: Message
    sentence: Message
    next_step: Message
    sites: tuple[Site, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One check of one attempt. `duration` is in seconds; `start_method` is the one that decided, None if all agree.

    `facts` are codes of what the suite saw go wrong ("not-raised", "missing-function", ...), for the diagnosis.
    """

    check: str
    outcome: Outcome
    message: Message | None = None
    expected: str | None = None
    actual: str | None = None
    duration: float = 0.0
    evidence: Evidence = Evidence.MEASURED
    start_method: str | None = None
    start_methods: tuple[str, ...] = ()
    explored: Explored | None = None
    witness: Witness | None = None
    observation: Observation | None = None
    left_behind: tuple[LeftBehind, ...] = ()
    sites: tuple[Site, ...] = ()
    facts: tuple[str, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What graded: versions of the grader, of the box's Python, and the digest of the exercise."""

    grader: str
    python: str
    exercise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One submission, graded once. `points` is None when there is no grade (not_graded, inconclusive)."""

    id: str
    plan_key: str
    exercise: str
    verdict: Verdict
    points: float | None
    max_points: float
    blame: Blame | None
    results: tuple[CheckResult, ...]
    problems: tuple[IntakeProblem, ...]
    isolation: Isolation
    versions: Versions
    seed: int
    started_at: float
    duration: float
    student: str | None = None
    notes: tuple[Message, ...] = field(default=())
