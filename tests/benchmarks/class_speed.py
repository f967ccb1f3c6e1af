"""A class graded by `grade batch` against `xargs -P` of plain pytest, as ratios within one run.

`python -m tests.benchmarks.class_speed [--students 20]`. Of the students 60 % are right, 20 % race or are wrong, 10 %
hang, 10 % crash. The peer is `peer.py` with pytest-json-report and pytest-timeout: the same checks under the same three
start methods, in one process, without isolation; racing checks are repeated until they would find the unlocked counter
with 95 % probability, which is measured first. One plain pass is reported too, without an aim. The peer's author is a
careful one: processes that hang are killed after each check. check50 is asked about the same files, with the six checks
that a course writes (`course_checks.py`): other checks, so no aim. How our own costs grow is measured on a class in
which all handed in the same file, so that it is graded once.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from grader.sandbox.quota import attempts_at_once
from tests.benchmarks.comparison import OTHERS, PATIENCE, TOOLS, Others, installed
from tests.benchmarks.grade_ex03 import HERE, ROOT, WANTED, Repeats, needed_repeats

SOLUTIONS = ROOT / "solutions/ex03_lock"
RIGHT = ("with_lock", "own_context", "retry", "semaphore")
RACING = ("no_lock", "only_the_write_is_locked", "old_value", "starts_at_zero")
HANGING = ("never_released", "lock_taken_twice")
CRASHING = ((b"with lock:", b"with lok:"), (b"\nimport ", b"\nimport multiprocesing\nimport "))  # from a right one
PLUGIN = "pytest-json-report==1.5.0"
LIMIT = 10  # seconds for each check of the peer: what courses use
WHOLE = 1800  # seconds for a student by the peer, so that this benchmark ends
AIM_MIX, AIM_RIGHT = 20.0, 2.0
FEW, MANY = 20, 2000  # students who handed in the same file


def laid_out(folder: Path, students: Sequence[bytes]) -> Path:
    """A folder for each student; each file is one of its own, so that none is graded for another."""
    for number, program in enumerate(students):
        place = folder / f"student{number:04}"
        place.mkdir(parents=True)
        (place / "ex03.py").write_bytes(program + f"\n# student {number}\n".encode())
    return folder


def programs(kind: str, names: Sequence[str]) -> list[bytes]:
    """Solutions of the course."""
    return [(SOLUTIONS / kind / f"{name}.py").read_bytes() for name in names]


def mix(count: int) -> list[bytes]:
    """The programs of a class, spread evenly, so that none of a kind waits at the end."""
    right = programs("accepted", RIGHT)
    crashing = [right[0].replace(*change) for change in CRASHING]
    assert right[0] not in crashing
    shares = ((right, 6), (programs("rejected", RACING), 2), (programs("rejected", HANGING), 1), (crashing, 1))
    kinds = [[some[number % len(some)] for number in range(count * tenths // 10)] for some, tenths in shares]
    placed = [(number / len(kind), program) for kind in kinds for number, program in enumerate(kind)]
    return [program for _, program in sorted(placed)]


def batch(submissions: Path, jobs: int) -> float:
    """Seconds of the whole command on a class that was never seen."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "grader", "batch", str(submissions), "--exercise", "ex03", "--jobs", str(jobs)]
        began = time.monotonic()
        subprocess.run([*command, "--out", out], cwd=out, check=True, capture_output=True)
        return time.monotonic() - began


def peer(python: Path, submissions: Path, jobs: int, repeats: Repeats) -> float:
    """Seconds of `xargs -P` over the same folders; each has to have a report at the end, or was ended by us."""
    folders = sorted(submissions.iterdir())
    one = ["timeout", "-k", "1", str(WHOLE), "env", "PYTHONPATH={}", str(python), "-m", "pytest", "-q"]
    options = ["-c", os.devnull, "--noconftest", "-p", "no:cacheprovider"]
    options += ["--json-report", "--json-report-file={}/report.json"]
    began = time.monotonic()
    subprocess.run(
        ["xargs", "-P", str(jobs), "-I{}", *one, *options, f"--timeout={LIMIT}", str(HERE / "peer.py")],
        input="\n".join(map(str, folders)), text=True, check=False, capture_output=True,
        env={**os.environ, "PEER_REPEATS": json.dumps(dict(repeats))},
    )  # fmt: skip
    seconds = time.monotonic() - began
    silent = [folder.name for folder in folders if not (folder / "report.json").exists()]
    if silent:
        print(f"  the peer has no report of {', '.join(silent)}")
    for folder in folders:
        (folder / "report.json").unlink(missing_ok=True)
    return seconds


def check50(others: Others, submissions: Path, jobs: int) -> tuple[float, int]:
    """Seconds for all, so many at once, and of how many it came to no end in time."""
    files = sorted(submissions.glob("*/ex03.py"))
    began = time.monotonic()
    with ThreadPoolExecutor(jobs) as side_by_side:
        graded = list(side_by_side.map(partial(others.graded, TOOLS[2]), files))
    return time.monotonic() - began, sum(not one.ended for one in graded)


def growth(folder: Path, count: int) -> float:
    """Seconds for a class in which everybody handed in the same stub: reading it, keeping it, a page for each."""
    for number in range(count):
        (folder / f"student{number:04}").mkdir(parents=True)
        shutil.copy(ROOT / "exercises/ex03_lock/stub.py", folder / f"student{number:04}" / "ex03.py")
    return batch(folder, 1)


def told(what: str, ours: float, theirs: float, students: int, aim: float | None) -> bool:
    """Print a line; whether the aim is reached."""
    wanted = f"aim {aim:g}" if aim else "no aim"
    print(
        f"{what}, {students} students: grade {ours:.0f} s, peer {theirs:.0f} s: {theirs / ours:.2f} times its"
        f" throughput ({wanted}); {ours / students:.1f} and {theirs / students:.1f} s per student",
        flush=True,
    )
    return aim is None or theirs / ours >= aim


def main() -> int:
    """Measure and print; 1 if an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=200, help="a multiple of ten")
    parser.add_argument("--right", type=int, help="how many of those who are right are measured alone (a fifth)")
    parser.add_argument("--jobs", type=int, default=attempts_at_once(), help="of both (as many as grade batch)")
    parser.add_argument("--tries", type=int, default=20, help="for how often a racing check has to be repeated")
    parser.add_argument("--venv", type=Path, help="folder in which pytest and its plugins are installed, or shall be")
    options = parser.parse_args()
    if options.students < 1 or options.students % 10:
        parser.error("--students: a class of tenths needs a multiple of ten")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = installed((options.venv or folder / "venv").absolute(), (*OTHERS, PLUGIN))
        repeats = needed_repeats(name, options.tries)
        everybody = mix(options.students)
        right = programs("accepted", RIGHT[:1]) * (options.right or max(2, options.students // 5))
        reached = []
        for what, students, aim in (("the right ones", right, AIM_RIGHT), ("the mix", everybody, AIM_MIX)):
            place = laid_out(folder / what, students)
            ours = batch(place, options.jobs)
            told(f"{what}, peer once", ours, peer(python, place, options.jobs, {}), len(students), None)
            fair = peer(python, place, options.jobs, repeats)
            reached.append(told(f"{what}, peer for {WANTED:.0%}", ours, fair, len(students), aim))
        seconds, endless = check50(Others(python, folder), place, options.jobs)
        print(
            f"the mix, check50 with six checks: {seconds:.0f} s: {seconds / ours:.2f} times its throughput;"
            f" {endless} without an end, which we stopped after {PATIENCE} s",
            flush=True,
        )
        few, many = (growth(folder / f"same{count}", count) for count in (FEW, MANY))
        print(f"our own cost: {few:.1f} s for {FEW} students with one file, {many:.1f} s for {MANY}")
    return int(not all(reached))


if __name__ == "__main__":
    sys.exit(main())
