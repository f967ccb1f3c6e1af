"""Whole-command time of `grade ex03` on an accepted solution against plain pytest, as ratios within one run.

`python -m tests.benchmarks.grade_ex03 [--rounds 5]`. The peer is `peer.py`: the same checks under the same three start
methods, without isolation, each racing check repeated until it would find the unlocked counter with 95 % probability.
How often that is, is measured first, on the unlocked counter itself.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
RIGHT = ROOT / "solutions/ex03_lock/accepted/with_lock.py"
WRONG = ROOT / "solutions/ex03_lock/rejected/no_lock.py"
METHODS = ("fork", "spawn", "forkserver")
WANTED = 0.95
AIM = 1.5
MOST_REPEATS = 200


def peer(submission: Path, folder: str, repeats: dict[str, int], *options: str) -> subprocess.CompletedProcess[str]:
    """Run the peer suite once, as its author would."""
    Path(folder, "ex03.py").write_bytes(submission.read_bytes())
    environment = {
        **os.environ,
        "PYTHONPATH": folder,
        "PEER_REPEATS": ",".join(str(repeats[method]) for method in METHODS),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "-p", "no:cacheprovider", str(HERE / "peer.py")]
    return subprocess.run(
        [*command, "--json-report", "--json-report-file=report.json", *options],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def needed_repeats(folder: str, tries: int) -> dict[str, int]:
    """How often the racing check has to run under each start method to find the unlocked counter with 95 %."""
    repeats = {}
    for method in METHODS:
        select = f"peer.py::test_keeps_every_addition[{method}]"
        once = dict.fromkeys(METHODS, 1)
        found = sum(
            peer(WRONG, folder, once, "-k", f"keeps_every_addition and {method}").returncode == 1 for _ in range(tries)
        )
        share = min(found / tries, 0.999)
        repeats[method] = (
            1 if share >= WANTED else math.ceil(math.log(1 - WANTED) / math.log(1 - share)) if share else MOST_REPEATS
        )
        print(f"  {select}: found {found} of {tries}, so {repeats[method]} repeats")
    return repeats


def seconds(run: list[str], folder: str) -> float:
    """Whole time of a command that has to succeed."""
    began = time.monotonic()
    subprocess.run(run, cwd=folder, check=True, capture_output=True)
    return time.monotonic() - began


def timed_peer(folder: str, repeats: dict[str, int]) -> float:
    """Whole time of the peer on the right solution."""
    began = time.monotonic()
    done = peer(RIGHT, folder, repeats)
    assert done.returncode == 0, done.stdout
    return time.monotonic() - began


def main() -> int:
    """Measure and print; 1 if the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tries", type=int, default=20)
    options = parser.parse_args()
    once = dict.fromkeys(METHODS, 1)
    grade = [sys.executable, "-m", "grader", "run", "ex03", str(RIGHT)]
    with tempfile.TemporaryDirectory() as folder:
        repeats = needed_repeats(folder, options.tries)
        rounds = [
            (seconds(grade, folder), timed_peer(folder, repeats), timed_peer(folder, once))
            for _ in range(options.rounds)
        ]
    ours, fair, plain = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"grade ex03 {ours:.2f} s; peer repeated for {WANTED:.0%} {fair:.2f} s; peer once {plain:.2f} s")
    print(f"ratio to the repeated peer {ours / fair:.2f} (aim: at most {AIM}); to one plain pass {ours / plain:.2f}")
    return int(ours / fair > AIM)


if __name__ == "__main__":
    sys.exit(main())
