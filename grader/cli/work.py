"""The folder `.grade` beside a student's work: the last attempt at each exercise, and how many hints were read."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.model.attempt import Verdict
from grader.model.message import say
from grader.texts import why

FOLDER = ".grade"
SWAPS = 5
BEFORE_RESET, HINTS = "before-reset", "hints"
ATTEMPT, STANDING = "attempt.json", "standing.json"
NO_ATTEMPT = {Verdict.UNGRADABLE, Verdict.NOT_GRADED}  # of which nobody learned how good the file is


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAttempt:
    """What `attempt.json` says of the last attempt."""

    verdict: Verdict
    points: float | None

    def yields_to(self, before: LastAttempt, *, own: bool) -> bool:
        """Whether what stood before goes on to count: nothing was graded, or another file that is worse."""
        if before.points is None:
            return False
        return self.verdict in NO_ATTEMPT or (not own and (self.points or 0) < before.points)


@dataclass(frozen=True, slots=True)
class Work:
    """One `.grade` folder; nothing is written before there is something to keep."""

    root: Path

    def last_folder(self, exercise: str) -> Path:
        """Where the last attempt lies: attempt.json, report.html, pytest.json, and what stands if it does not count."""
        return self.root / exercise / "last"

    def standing(self, exercise: str) -> LastAttempt | None:
        """The last attempt that counts in the course, or None if there is none that can be read."""
        last = self.last_folder(exercise)
        return _read(last / STANDING) or _read(last / ATTEMPT)

    def last_document(self, exercise: str) -> dict[str, Any] | None:
        """All of the last `attempt.json`, or None if there is none that can be read."""
        try:
            document = json.loads((self.last_folder(exercise) / ATTEMPT).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return document if isinstance(document, dict) else None

    def latest(self) -> str | None:
        """The exercise that was attempted last, None if none was."""
        found = [(path.stat().st_mtime, path.parts[-3]) for path in self.root.glob(f"*/last/{ATTEMPT}")]
        return max(found, default=(0.0, None))[1]

    @contextlib.contextmanager
    def next_attempt(self, exercise: str, *, own: bool = True) -> Iterator[Path]:
        """A fresh folder that takes the place of the last attempt when all went well, and is gone when not.

        `own`: the attempt is at the exercise's own file, which may also take points away.
        """
        home = self.root / exercise
        try:
            home.mkdir(parents=True, exist_ok=True)
            fresh = Path(tempfile.mkdtemp(prefix="next-", dir=home))
        except OSError as error:
            raise _not_writable(self.root, error) from error
        try:
            yield fresh
            self._keep(fresh, exercise, own=own)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            with contextlib.suppress(OSError):
                home.rmdir()
                self.root.rmdir()

    def begin_anew(self, exercise: str) -> None:
        """Put the last attempt aside, over one that lies there already: not tried, and no hint read."""
        last = self.last_folder(exercise)
        aside = last.with_name(BEFORE_RESET)
        try:
            if last.exists():
                shutil.rmtree(aside, ignore_errors=True)
                last.rename(aside)
            (self.root / exercise / HINTS).unlink(missing_ok=True)
        except OSError as error:
            raise _not_writable(self.root, error) from error

    def hints_read(self, exercise: str) -> int:
        """How many hints of the exercise were shown."""
        try:
            return int((self.root / exercise / HINTS).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def remember_hints(self, exercise: str, count: int) -> None:
        """Keep how many were shown; where nothing can be written, the first is shown again."""
        with contextlib.suppress(OSError):
            (self.root / exercise).mkdir(parents=True, exist_ok=True)
            (self.root / exercise / HINTS).write_text(f"{count}\n", encoding="ascii")
            self._keep_out_of_git()

    def _keep(self, fresh: Path, exercise: str, *, own: bool) -> None:
        now, before = _read(fresh / ATTEMPT), self.standing(exercise)
        try:
            if now and before and now.yields_to(before, own=own):
                kept = {"verdict": before.verdict.value, "points": before.points}
                (fresh / STANDING).write_text(json.dumps(kept) + "\n", encoding="ascii")
            fresh.chmod(0o755)
            _take_place(fresh, self.last_folder(exercise))
            self._keep_out_of_git()
        except OSError as error:
            raise _not_writable(self.root, error) from error

    def _keep_out_of_git(self) -> None:
        ignore = self.root / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")


def _read(file: Path) -> LastAttempt | None:
    """Verdict and points in a document, None if they cannot be read."""
    try:
        document = json.loads(file.read_bytes())
        points = document["points"]
        return LastAttempt(verdict=Verdict(document["verdict"]), points=None if points is None else float(points))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _take_place(fresh: Path, last: Path) -> None:
    """No folder can be renamed over another that is not empty: the old one steps aside, and comes back if we fail."""
    for _ in range(SWAPS):
        aside = Path(tempfile.mkdtemp(prefix="old-", dir=last.parent))
        try:
            with contextlib.suppress(FileNotFoundError):
                last.replace(aside / "last")
            fresh.replace(last)
        except OSError:
            # Another `grade` of the same exercise was quicker: then its result is the old one.
            if not last.exists() and (aside / "last").exists():
                (aside / "last").rename(last)
            continue
        else:
            return
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    raise OSError(f"{last} cannot be replaced")


def _not_writable(root: Path, error: OSError) -> UsageError:
    return UsageError(
        say("the results cannot be written to {folder}: {reason}", folder=str(root), **why(error)),
        hint=say("name another folder with --out DIR"),
    )
