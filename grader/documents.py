"""The shapes of the JSON documents that other tools build on: what `report` writes and `grade schema` describes."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

import msgspec

from grader.model.attempt import Blame, Evidence, Outcome, Verdict
from grader.model.observation import Level


class Malformed(ValueError):
    """A document that is not what its schema says."""


class _Exact(msgspec.Struct, forbid_unknown_fields=True):
    """Every key is there, and no other."""


class SiteShape(_Exact):
    """A line of the student's file, counted from 1."""

    file: str
    line: int


class DiagnosisShape(_Exact):
    """Why a check failed, as far as it can be known."""

    code: str
    title: str
    sentence: str
    next_step: str
    sites: list[SiteShape]


class ExploredShape(_Exact):
    """How many schedules were executed, with at most how many preemptions, and whether that was all of them."""

    schedules: int
    preemptions: int
    complete: bool


class CheckShape(_Exact):
    """One check; `start_method` is the one that decided, null if all agree."""

    id: str
    title: str
    functions: list[str]
    outcome: Outcome
    points: float
    max_points: float
    message: str | None
    expected: str | None
    actual: str | None
    duration_s: float
    evidence: Evidence
    start_method: str | None
    start_methods: list[str]
    explored: ExploredShape | None
    witness: str | None
    left_behind: list[str]
    diagnoses: list[DiagnosisShape]


class ProblemShape(_Exact):
    """One thing wrong with what was handed in."""

    code: str
    message: str
    line: int | None


class IsolationShape(_Exact):
    """What kept the submission away from the machine."""

    level: Level
    enforced: list[str]
    missing: list[str]


class VersionsShape(_Exact):
    """What graded: `exercise` is a digest of the exercise's files."""

    grader: str
    python: str
    exercise: str


class AttemptShape(_Exact):
    """`attempt.json`: one submission, graded once."""

    schema: Literal["ipc-grader/attempt/1"]
    id: str
    plan_key: str
    exercise: str
    student: str | None
    verdict: Verdict
    points: float | None
    max_points: float
    blame: Blame | None
    isolation: IsolationShape
    problems: list[ProblemShape]
    checks: list[CheckShape]
    notes: list[str]
    seed: int
    started_at: float
    duration_s: float
    versions: VersionsShape


class ErrorShape(_Exact):
    """What stands in the place of any document when there is none; `code` is the exit code."""

    schema: Literal["ipc-grader/error/1"]
    code: Annotated[int, msgspec.Meta(ge=2, le=5)]
    message: str
    hint: str


class NeedsHumanShape(_Exact):
    """Something that nobody but a human should decide about; `exercise` is null where it is about all of them."""

    student: str
    name: str
    exercise: str | None
    message: str


class BatchShape(_Exact):
    """What `grade batch` prints: all attempts, and what a person has to look at."""

    schema: Literal["ipc-grader/batch/1"]
    attempts: list[AttemptShape]
    needs_human: list[NeedsHumanShape]
    elapsed_s: float


class AdjustmentShape(_Exact):
    """Points that a human has set."""

    points: float
    reason: str
    by: str
    made_at: float


class GradeShape(_Exact):
    """A line of `grade export jsonl`: a grade and the attempt that it rests on, null as long as it is due.

    It is null, too, where nothing was handed in (`digest` is empty), or a human has to say which file counts.
    """

    schema: Literal["ipc-grader/grade/1"]
    student: str
    name: str
    exercise: str
    final: float | None
    earned: float | None
    penalty: float
    late_days: int
    charged_days: int
    late: bool
    handed_in_at: float | None
    adjustment: AdjustmentShape | None
    overtaken: str | None
    needs_human: str | None
    file: str
    digest: str
    attempt: AttemptShape | None


class MoveShape(_Exact):
    """A grade that is not the same in another run; null where there is none."""

    student: str
    name: str
    exercise: str
    before: float | None
    after: float | None
    reasons: list[str]


class CompareShape(_Exact):
    """What `grade compare` prints."""

    schema: Literal["ipc-grader/compare/1"]
    moved: list[MoveShape]
    unchanged: int


class FileAttemptShape(AttemptShape):
    """An attempt at a file of a repository; `path` is below its root."""

    path: str


class CiShape(_Exact):
    """`result.json` of `grade ci`: what was graded, and what there is to say about the run."""

    schema: Literal["ipc-grader/ci/1"]
    notes: list[str]
    attempts: list[FileAttemptShape]


Shape = TypeVar("Shape", bound=msgspec.Struct)


def read_attempt(data: bytes) -> AttemptShape:
    """The attempt that a file of ours holds; raises Malformed."""
    return read_document(data, AttemptShape)


def read_document(data: bytes, shape: type[Shape]) -> Shape:
    """The document of that shape, exactly; raises Malformed."""
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Malformed(str(error)) from error


DOCUMENTS: dict[str, type[msgspec.Struct]] = {
    "attempt": AttemptShape,
    "error": ErrorShape,
    "batch": BatchShape,
    "ci": CiShape,
    "grade": GradeShape,
    "compare": CompareShape,
}


def schema_of(document: str) -> dict[str, Any]:
    """The JSON Schema of one of the documents."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(DOCUMENTS[document])}
