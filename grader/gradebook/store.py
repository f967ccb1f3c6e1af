"""The gradebook: attempts by what was graded, and whose they are in which run.

Several batches may write at once (WAL); an attempt is there completely or not at all, also when the power fails.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.errors import UsageError
from grader.gradebook.schema import MIGRATIONS, VERSION
from grader.model.message import say
from grader.model.plan import Plan
from grader.model.submission import Submission

PATIENCE = 30.0  # seconds for another writer to finish

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One batch. `seed` is that of all its attempts, so that it can be taken up again."""

    id: int
    started_at: float
    seed: int
    source: str
    layout: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """Which attempt is a student's at an exercise in a run; `document` is None as long as it is due."""

    student: str
    name: str
    exercise: str
    origin: str
    handed_in_at: float | None
    late: bool
    plan_key: str
    document: Document | None


class Store:
    """An open gradebook; errors of SQLite become UsageErrors here: the disk is full, the file is not ours."""

    def __init__(self, path: Path) -> None:
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        self.path = path
        try:
            with _told(path):
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA foreign_keys = ON")
                self._migrate()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def begin_run(self, *, started_at: float, seed: int, source: str, layout: str) -> Run:
        """A new run."""
        with self._writing() as connection:
            row = connection.execute(
                "INSERT INTO runs (started_at, seed, source, layout) VALUES (?, ?, ?, ?)",
                (started_at, seed, source, layout),
            )
            number = int(row.lastrowid or 0)
        return Run(id=number, started_at=started_at, seed=seed, source=source, layout=layout)

    def last_run(self, source: str | None = None) -> Run | None:
        """The newest run, of that source if one is named."""
        with _told(self.path):
            row = self._connection.execute(
                "SELECT id, started_at, seed, source, layout FROM runs WHERE ?1 IS NULL OR source = ?1"
                " ORDER BY id DESC LIMIT 1",
                (source,),
            ).fetchone()
        return None if row is None else Run(id=row[0], started_at=row[1], seed=row[2], source=row[3], layout=row[4])

    def expect(self, run: Run, planned: Iterable[tuple[Submission, Plan]], names: Mapping[str, str]) -> None:
        """Note which attempt will be the grade of each student of a submission."""
        rows = [
            (
                *(run.id, student, submission.exercise, names.get(student, student), submission.origin),
                *(submission.handed_in_at, int(submission.late), plan.key),
            )
            for submission, plan in planned
            for student in submission.students
        ]
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO grades VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def attempt(self, plan_key: str, repeat: int = 0) -> Document | None:
        """The attempt under that key, if it was made."""
        with _told(self.path):
            row = self._connection.execute(
                "SELECT document FROM attempts WHERE plan_key = ? AND repeat = ?", (plan_key, repeat)
            ).fetchone()
        return None if row is None else json.loads(row[0])

    def keep(self, plan_key: str, document: Document, repeat: int = 0) -> None:
        """Keep an attempt; it is on the disk when this returns."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO attempts VALUES (?, ?, ?)", (plan_key, repeat, json.dumps(document))
            )

    def forget(self, plan_key: str) -> None:
        """Drop an attempt, so that it is due again."""
        with self._writing() as connection:
            connection.execute("DELETE FROM attempts WHERE plan_key = ?", (plan_key,))

    def grades(self, run: Run) -> tuple[Grade, ...]:
        """Every grade of the run, by student and exercise."""
        with _told(self.path):
            rows = self._connection.execute(
                "SELECT student, name, exercise, origin, handed_in_at, late, grades.plan_key, document FROM grades"
                " LEFT JOIN attempts ON attempts.plan_key = grades.plan_key AND repeat = 0"
                " WHERE run = ? ORDER BY name, student, exercise",
                (run.id,),
            ).fetchall()
        return tuple(
            Grade(
                student=row[0],
                name=row[1],
                exercise=row[2],
                origin=row[3],
                handed_in_at=row[4],
                late=bool(row[5]),
                plan_key=row[6],
                document=None if row[7] is None else json.loads(row[7]),
            )
            for row in rows
        )

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _migrate(self) -> None:
        with self._writing() as connection:  # another batch may be about to do the same
            known = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if known > VERSION:
                raise UsageError(
                    say("{path} was written by a newer grader (format {format})", path=str(self.path), format=known),
                    hint=say("update the grader, or name another folder with --out DIR"),
                )
            for step in MIGRATIONS[known:]:
                for statement in filter(str.strip, step.split(";")):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """The border where errors of SQLite and of the disk become ours."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise UsageError(
            say("the gradebook {path} cannot be used: {reason}", path=str(path), reason=str(error)),
            hint=say("make room on the disk, or name another folder with --out DIR"),
        ) from error
