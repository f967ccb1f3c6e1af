"""What three graders make of the same submissions of ex03: this one, plain pytest with pytest-timeout, and check50.

`python -m tests.benchmarks.comparison [--tries 5]` prints the table of README.md. The others run `course_suite.py`, the
checks as a course writes them, from a venv of their own that is made first (a package index is needed). Nothing is
isolated for them, as nothing is in a course that uses them so: `FORGED` patches pytest and check50, and does no harm.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SOLUTIONS = ROOT / "solutions/ex03_lock"
RIGHT = SOLUTIONS / "accepted/with_lock.py"
RACES = [
    SOLUTIONS / "rejected" / f"{name}.py" for name in ("no_lock", "only_the_write_is_locked", "update_without_lock")
]
STUCK = SOLUTIONS / "rejected/never_released.py"
FORGED = ROOT / "tests/attacks/programs/ex03_patches_pytest.py"
UNUSUAL = [SOLUTIONS / "accepted" / f"{name}.py" for name in ("one_writer", "own_context", "pool", "retry")]
OTHERS = ("check50==3.5.0", "pytest>=8.4", "pytest-timeout==2.4.0")
RACING_LINE = "counter.value += 1"
LIMIT = 10  # seconds for each of their checks
PATIENCE = 120  # seconds for a whole run: then we end it
FEW = 100  # additions, besides those that the suite makes
TOOLS = ("`grade`", "pytest + pytest-timeout", "check50")
HEAD = "the same submissions of ex03"
LABELS = (
    "a right program: marks, whole command (ratio)",
    *(f"a race, `{race.name}`: full marks in" for race in RACES),
    f"the first of them, when the suite adds {FEW} times",
    f"a deadlock, `{STUCK.name}`: marks, whole command (ratio)",
    f"forged marks, `{FORGED.name}`",
    "right, but unusual programs: full marks for",
    "the student is shown the line that races",
)


@dataclass(frozen=True, kw_only=True)
class Graded:
    """What a tool said of one submission."""

    earned: float
    most: float
    seconds: float
    ended: bool
    told: str

    @property
    def full(self) -> bool:
        """Whether it got all there was to get."""
        return self.earned == self.most > 0

    def __str__(self) -> str:
        return f"{self.earned:g} of {self.most:g}" if self.most else "no marks"


@dataclass(frozen=True)
class Others:
    """The interpreter in which the other tools are installed, and a folder to work in."""

    python: Path
    folder: Path

    def graded(self, tool: str, submission: Path, times: int | None = None) -> Graded:
        """Let a tool grade a submission; `times` is how often the suite of the course adds (None: as it is written)."""
        place = Path(tempfile.mkdtemp(dir=self.folder))
        shutil.copy(submission, place / "ex03.py")
        environment = {**os.environ, "PYTHONPATH": str(place)} | ({"COURSE_TIMES": str(times)} if times else {})
        environment.pop("PYTHONSAFEPATH", None)
        commands = {TOOLS[0]: self._grade, TOOLS[1]: self._pytest, TOOLS[2]: self._check50}
        began = time.monotonic()
        told, ended = run(commands[tool](place), place, environment)
        seconds = time.monotonic() - began
        earned, most = {TOOLS[0]: of_grade, TOOLS[1]: of_pytest, TOOLS[2]: of_check50}[tool](place)
        return Graded(earned=earned, most=most, seconds=seconds, ended=ended, told=told)

    def _grade(self, _place: Path) -> list[str]:
        return [sys.executable, "-m", "grader", "run", "ex03", "ex03.py"]

    def _pytest(self, place: Path) -> list[str]:
        options = ["-q", "-c", os.devnull, "-p", "no:cacheprovider", f"--timeout={LIMIT}", "--junitxml=report.xml"]
        shutil.copy(HERE / "course_suite.py", place)  # here it would find the conftest of this project
        return [str(self.python), "-m", "pytest", *options, "course_suite.py"]

    def _check50(self, place: Path) -> list[str]:
        problem = place / "problem"
        problem.mkdir()
        (problem / ".cs50.yml").write_text("check50:\n  checks: __init__.py\n", encoding="ascii")
        shutil.copy(HERE / "course_checks.py", problem / "__init__.py")
        shutil.copy(HERE / "course_suite.py", problem)
        options = ["--dev", "--log-level", "warning", "-o", "json", "--output-file", str(place / "report.json")]
        return [str(self.python.with_name("check50")), *options, "--", str(problem)]


def run(command: Sequence[str], place: Path, environment: dict[str, str]) -> tuple[str, bool]:
    """What a command printed, and whether it came to an end by itself; nothing of it is left."""
    with (place / "told").open("w+", encoding="utf-8") as told:
        process = subprocess.Popen(
            command, cwd=place, env=environment, stdout=told, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            process.wait(PATIENCE)
            ended = True
        except subprocess.TimeoutExpired:
            ended = False
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        told.seek(0)
        return told.read(), ended


def of_grade(place: Path) -> tuple[float, float]:
    """Points earned, and how many there are."""
    attempt = json.loads((place / ".grade/ex03/last/attempt.json").read_bytes())
    return float(attempt["points"]), float(attempt["max_points"])


def of_pytest(place: Path) -> tuple[float, float]:
    """Tests passed, and how many there are; none of a run that never came to a report."""
    if not (place / "report.xml").exists():
        return 0, 0
    cases = ET.parse(place / "report.xml").findall(".//testcase")  # noqa: S314  (pytest wrote it)
    return sum(not len(case) for case in cases), len(cases)


def of_check50(place: Path) -> tuple[float, float]:
    """Checks passed, and how many there are; none of a run that never came to a report."""
    if not (place / "report.json").exists():
        return 0, 0
    results = json.loads((place / "report.json").read_bytes())["results"]
    return sum(result["passed"] is True for result in results), len(results)


def installed(folder: Path, tools: Sequence[str] = OTHERS) -> Path:
    """The interpreter of the venv in that folder, in which the other tools are."""
    python = folder / "bin/python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *tools], check=True, stderr=subprocess.DEVNULL)
    return python


def row(what: str, cells: Iterable[str]) -> str:
    """A line of the table, also said at once: the whole takes minutes."""
    line = f"| {' | '.join((what, *cells))} |"
    print(line, flush=True)
    return line


def timed(what: str, results: Sequence[Sequence[Graded]]) -> str:
    """Median times, in seconds and as ratios to ours, and the marks."""
    ours = statistics.median(one.seconds for one in results[0])
    cells = []
    for graded in results:
        seconds = statistics.median(one.seconds for one in graded)
        ended = all(one.ended for one in graded)
        time_taken = (
            f"{seconds:.1f} s ({seconds / ours:.2f})" if ended else f"no end; we stopped it after {seconds:.0f} s"
        )
        cells.append(f"{graded[0]}, {time_taken}")
    return row(what, cells)


def full_marks(others: Others, submissions: Sequence[Path], tries: int, times: int | None = None) -> Iterable[str]:
    """For each tool how often it gave all points; how often a suite of a course adds is nothing to `grade`."""
    for tool in TOOLS:
        if times is not None and tool == TOOLS[0]:
            yield "the same"
            continue
        graded = [others.graded(tool, one, times) for one in submissions for _ in range(tries)]
        yield f"{sum(one.full for one in graded)} of {len(graded)}"


def table(others: Others, tries: int) -> None:
    """Measure, row by row."""
    row(HEAD, TOOLS)
    row("---", ["---"] * len(TOOLS))
    labels = iter(LABELS)
    right = [[others.graded(tool, RIGHT) for _ in range(tries)] for tool in TOOLS]
    assert all(one.full for tool in right for one in tool), [[str(one) for one in tool] for tool in right]
    timed(next(labels), right)
    for race in RACES:
        row(next(labels), full_marks(others, [race], tries))
    row(next(labels), full_marks(others, RACES[:1], tries, FEW))
    timed(next(labels), [[others.graded(tool, STUCK)] for tool in TOOLS])
    row(next(labels), (str(others.graded(tool, FORGED)) for tool in TOOLS))
    row(next(labels), full_marks(others, UNUSUAL, 1))
    told = [RACING_LINE in others.graded(tool, RACES[0]).told for tool in TOOLS]
    row(next(labels), ("yes" if shown else "no" for shown in told))


def main() -> int:
    """Install the others, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=5, help="how often each race is graded")
    parser.add_argument("--venv", type=Path, help="folder in which the others are installed, or shall be")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        python = installed((options.venv or Path(folder, "venv")).absolute())
        table(Others(python, Path(folder)), options.tries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
