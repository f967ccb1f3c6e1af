"""The gradebook: attempts by what was graded, whose they are in which run, what humans decided.

Several batches may write at once (WAL); an attempt is there completely or not at all, also when the power fails.
"""

from __future__ import annotations

import contextlib
import errno
import hmac
import json
import secrets
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.errors import UsageError
from grader.gradebook.schema import MIGRATIONS, VERSION
from grader.model.grade import Adjustment, Document, Entry, NeedsHuman, Run, Student
from grader.model.message import Message, say
from grader.model.plan import Plan
from grader.model.submission import Submission
from grader.texts import why

PATIENCE = 30.0  # seconds for another writer to finish
BEFORE_NEXT_TRY = 0.05  # seconds
FULL = {errno.ENOSPC, errno.EDQUOT}
MAKE_ROOM = say("make room on the disk; what was graded is kept, and the same command goes on where it stopped")
PRIMARY = 0xFF  # of an extended result code of SQLite
ENTRY = "number, run, student, name, exercise, origin, handed_in_at, late, entries.plan_key, digest, document"
RUN = "id, started_at, seed, source, layout"


class Store:
    """An open gradebook; errors of SQLite become UsageErrors here: the disk is full, the file is not ours."""

    def __init__(self, path: Path) -> None:
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        self.path = path
        try:
            with _told(path):
                self._write_ahead()
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
        """A new run; what the one before on that source had left to humans is left to them still."""
        with self._writing() as connection:
            row = connection.execute(
                "INSERT INTO runs (started_at, seed, source, layout) VALUES (?, ?, ?, ?)",
                (started_at, seed, source, layout),
            )
            number = int(row.lastrowid or 0)
            connection.execute(
                "INSERT INTO unclear SELECT ?, student, name, exercise, message FROM unclear WHERE run ="
                " (SELECT MAX(id) FROM runs WHERE source = ? AND id < ?) ORDER BY unclear.rowid",
                (number, source, number),
            )
        return Run(id=number, started_at=started_at, seed=seed, source=source, layout=layout)

    def last_run(self, source: str | None = None) -> Run | None:
        """The newest run, of that source if one is named."""
        found = [run for run in self.runs() if source in {None, run.source}]
        return found[-1] if found else None

    def runs(self) -> tuple[Run, ...]:
        """All runs, the oldest first."""
        rows = self._rows(f"SELECT {RUN} FROM runs ORDER BY id")  # noqa: S608  (our own words)
        return tuple(Run(id=row[0], started_at=row[1], seed=row[2], source=row[3], layout=row[4]) for row in rows)

    def expect(self, run: Run, planned: Iterable[tuple[Submission, Plan]], names: Mapping[str, str]) -> None:
        """Note which attempt belongs to each student of a submission, and keep the file."""
        planned = list(planned)
        rows = [
            (
                *(run.id, student, submission.exercise, names.get(student, student), submission.origin),
                *(submission.handed_in_at, int(submission.late), plan.key, submission.digest),
            )
            for submission, plan in planned
            for student in submission.students
        ]
        sources = {submission.digest: submission.source for submission, _ in planned}
        with self._writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO sources VALUES (?, ?)", sources.items())
            connection.executemany(
                "INSERT OR REPLACE INTO entries (run, student, exercise, name, origin, handed_in_at, late, plan_key,"
                " digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def attempt(self, plan_key: str, repeat: int = 0) -> Document | None:
        """The attempt under that key, if it was made."""
        rows = self._rows("SELECT document FROM attempts WHERE plan_key = ? AND repeat = ?", (plan_key, repeat))
        return json.loads(rows[0][0]) if rows else None

    def repeats(self, plan_key: str) -> tuple[Document, ...]:
        """All attempts under that key; more than one only where they were asked for."""
        rows = self._rows("SELECT document FROM attempts WHERE plan_key = ? ORDER BY repeat", (plan_key,))
        return tuple(json.loads(row[0]) for row in rows)

    def repeated(self) -> frozenset[str]:
        """The keys under which there is more than one attempt."""
        rows = self._rows("SELECT DISTINCT plan_key FROM attempts WHERE repeat > 0")
        return frozenset(row[0] for row in rows)

    def keep(self, plan_key: str, document: Document, repeat: int = 0, *, facts: bytes = b"") -> None:
        """Keep an attempt; it is on the disk when this returns. One that another batch has kept meanwhile stands."""
        row = (plan_key, repeat, json.dumps(document), zlib.compress(facts) if facts else None)
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO attempts VALUES (?, ?, ?, ?)", row)

    def facts(self, plan_key: str) -> bytes | None:
        """What was kept with the attempt; None where an older grader kept nothing."""
        rows = self._rows("SELECT facts FROM attempts WHERE plan_key = ? AND repeat = 0", (plan_key,))
        return zlib.decompress(rows[0][0]) if rows and rows[0][0] else None

    def entries(self, until: Run) -> tuple[Entry, ...]:
        """All that was handed in up to that run, in the order in which it was met."""
        rows = self._rows(
            f"SELECT {ENTRY} FROM entries"  # noqa: S608  (our own words)
            " LEFT JOIN attempts ON attempts.plan_key = entries.plan_key AND repeat = 0"
            " WHERE run <= ? ORDER BY number",
            (until.id,),
        )
        return tuple(
            Entry(
                **dict(zip(("number", "run", "student", "name", "exercise", "origin"), row[:6], strict=True)),
                handed_in_at=row[6],
                late=bool(row[7]),
                plan_key=row[8],
                digest=row[9],
                document=None if row[10] is None else json.loads(row[10]),
            )
            for row in rows
        )

    def handed_in(self) -> frozenset[tuple[str, str, str]]:
        """Who has handed in what in any run: student, exercise, digest of the file."""
        rows = self._rows("SELECT DISTINCT student, exercise, digest FROM entries")
        return frozenset((row[0], row[1], row[2]) for row in rows)

    def source(self, digest: str) -> bytes | None:
        """The file of that digest, as it was handed in."""
        rows = self._rows("SELECT source FROM sources WHERE digest = ?", (digest,))
        return bytes(rows[0][0]) if rows else None

    def pseudonyms(self) -> Mapping[str, int]:
        """A number for each student of whom anything is known, in an order that a secret of the gradebook decides."""
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO secrets VALUES ('pseudonyms', ?)", (secrets.token_bytes(32),))
        ((secret,),) = self._rows("SELECT value FROM secrets WHERE name = 'pseudonyms'")
        rows = self._rows(
            "SELECT student FROM entries UNION SELECT student FROM adjustments"
            " UNION SELECT student FROM unclear UNION SELECT id FROM students"
        )
        students = [row[0] for row in rows]
        students.sort(key=lambda student: hmac.digest(secret, student.encode("utf-8", "surrogateescape"), "sha256"))
        return {student: number for number, student in enumerate(students, start=1)}

    def know(self, students: Iterable[Student]) -> None:
        """Keep the roster in the place of the one before: who is no longer in it was there by mistake, or has left."""
        with self._writing() as connection:
            connection.execute("DELETE FROM students")
            rows = [(one.id, one.name, one.late_days) for one in students]
            connection.executemany("INSERT INTO students VALUES (?, ?, ?)", rows)

    def students(self) -> Mapping[str, Student]:
        """What the last roster said, by id."""
        rows = self._rows("SELECT id, name, late_days FROM students")
        return {row[0]: Student(id=row[0], name=row[1], late_days=row[2]) for row in rows}

    def adjust(self, made: Adjustment, *, take_back: bool = False) -> None:
        """Keep what a human has decided; what was decided before stays as its history."""
        row = (
            *(made.student, made.exercise, None if take_back else made.points, made.reason, made.by, made.made_at),
            *(made.plan_key, made.earned),
        )
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO adjustments (student, exercise, points, reason, made_by, made_at, plan_key, earned)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def adjustments(self) -> tuple[Adjustment, ...]:
        """What holds: the last word on each student and exercise, unless it took the one before back."""
        rows = self._rows(
            "SELECT student, exercise, points, reason, made_by, made_at, plan_key, earned FROM adjustments"
            " WHERE number IN (SELECT MAX(number) FROM adjustments GROUP BY student, exercise) AND points IS NOT NULL"
            " ORDER BY number"
        )
        names = ("student", "exercise", "points", "reason", "by", "made_at", "plan_key", "earned")
        return tuple(Adjustment(**dict(zip(names, row, strict=True))) for row in rows)

    def leave_to_humans(self, run: Run, unclear: Sequence[NeedsHuman], asked: Sequence[str]) -> None:
        """Keep what nobody but a human should decide, in the place of what the run kept of the exercises `asked` for.

        What is about no exercise is found again by every look, whatever it asks for, or told of the exercise then.
        """
        rows = [
            (run.id, one.student, one.name, one.exercise, json.dumps([one.message.template, dict(one.message.values)]))
            for one in unclear
        ]
        with self._writing() as connection:
            gone = [(run.id, exercise) for exercise in (*asked, None)]
            connection.executemany("DELETE FROM unclear WHERE run = ? AND exercise IS ?", gone)
            connection.executemany("INSERT INTO unclear VALUES (?, ?, ?, ?, ?)", rows)

    def left_to_humans(self, until: Run) -> tuple[NeedsHuman, ...]:
        """What was kept of the last run on each source."""
        rows = self._rows(
            "SELECT student, name, exercise, message FROM unclear WHERE run IN"
            " (SELECT MAX(id) FROM runs WHERE id <= ? GROUP BY source) ORDER BY run, unclear.rowid",
            (until.id,),
        )
        found = []
        for row in rows:
            template, values = json.loads(row[3])
            message = Message(template=template, values=values)
            found.append(NeedsHuman(student=row[0], name=row[1], exercise=row[2], message=message))
        return tuple(found)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with _told(self.path):
            return self._connection.execute(query, tuple(values)).fetchall()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself has ended one for which there was no room
                    self._connection.execute("ROLLBACK")
                raise

    def _write_ahead(self) -> None:
        """Choose WAL; while another batch is doing so SQLite says `locked` at once, whatever patience it was given."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(BEFORE_NEXT_TRY)
            else:
                return

    def _migrate(self) -> None:
        with self._writing() as connection:  # another batch may be about to do the same
            known = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if known > VERSION:
                raise UsageError(
                    say(
                        "{path} was written by a newer grader: its format is {format}, this grader reads up to {most}",
                        path=str(self.path),
                        format=known,
                        most=VERSION,
                    ),
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
            say("the gradebook {path} cannot be used: {reason}", path=str(path), **why(error)),
            hint=_way_out(error),
        ) from error


def _way_out(error: sqlite3.Error | OSError) -> Message:
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", 0) in FULL:
        return MAKE_ROOM
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return say("is another command stopped in the middle of writing to it? when it has ended, say the same again")
    return say("make room on the disk, or name another folder with --out DIR")
