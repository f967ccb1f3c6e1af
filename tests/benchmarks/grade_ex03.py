"""Whole-command time of `grade ex03` on an accepted solution against plain pytest, as ratios within one run.

`python -m tests.benchmarks.grade_ex03 [--rounds 5]`. The peer is `peer.py`: the same checks under the same three start
methods, without isolation, each racing check repeated until it would find the unlocked counter with 95 % probability.
How often that is, is measured first, for each of them on a program that takes no lock in the function it looks at.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
RIGHT = ROOT / "solutions/ex03_lock/accepted/with_lock.py"
WRONG = ROOT / "solutions/ex03_lock/rejected"
RACING = {
    "keeps_every_addition": "no_lock",
    "shares_the_lock": "no_lock",
    "counts_together": "no_lock",
    "updates_in_one_step": "update_without_lock",
    "keeps_every_result": "results_without_lock",
}
"""The racing checks of the peer, each with the rejected program that it should find."""
METHODS = ("fork", "spawn", "forkserver")
WANTED = 0.95
AIM = 1.5


Repeats = Mapping[str, int]
"""How often each racing check runs, by `check[method]`; once where it is not named."""


def peer(submission: Path, folder: str, repeats: Repeats, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the peer suite once, as its author would."""
    Path(folder, "ex03.py").write_bytes(submission.read_bytes())
    environment = {**os.environ, "PYTHONPATH": folder, "PEER_REPEATS": json.dumps(dict(repeats))}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # what else lies beside us would slow it down
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "-p", "no:cacheprovider", str(HERE / "peer.py")]
    return subprocess.run(
        [*command, "-p", "pytest_jsonreport.plugin", "--json-report", "--json-report-file=report.json", *options],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def needed_repeats(folder: str, tries: int) -> Repeats:
    """How often each racing check has to run under each start method to find its unlocked program with 95 %."""
    repeats = {}
    for check, program in RACING.items():
        found = [_found(check, method, program, folder, tries) for method in METHODS]
        for method, times in zip(METHODS, found, strict=True):
            repeats[f"{check}[{method}]"] = _repeats_for(max(times, 0.5) / tries)  # never found: more tries would
        print(
            f"  {check}: found {', '.join(map(str, found))} of {tries} times under {', '.join(METHODS)}, so"
            f" {', '.join(str(repeats[f'{check}[{method}]']) for method in METHODS)} repeats",
            flush=True,
        )
    return repeats


def _found(check: str, method: str, program: str, folder: str, tries: int) -> int:
    select = f"{check} and {method}" + ("" if method == "forkserver" else " and not forkserver")
    done = [peer(WRONG / f"{program}.py", folder, {}, "-k", select).returncode for _ in range(tries)]
    assert set(done) <= {0, 1}, f"{check}[{method}] is not one test that ran"
    return done.count(1)


def _repeats_for(share: float) -> int:
    if share >= WANTED:
        return 1
    return math.ceil(math.log(1 - WANTED) / math.log(1 - share))


def seconds(run: list[str], folder: str) -> float:
    """Whole time of a command that has to succeed."""
    began = time.monotonic()
    subprocess.run(run, cwd=folder, check=True, capture_output=True)
    return time.monotonic() - began


def timed_peer(folder: str, repeats: Repeats) -> float:
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
    grade = [sys.executable, "-m", "grader", "run", "ex03", str(RIGHT)]
    with tempfile.TemporaryDirectory() as folder:
        repeats = needed_repeats(folder, options.tries)
        rounds = [
            (seconds(grade, folder), timed_peer(folder, repeats), timed_peer(folder, {})) for _ in range(options.rounds)
        ]
    ours, fair, plain = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"grade ex03 {ours:.2f} s; peer repeated for {WANTED:.0%} {fair:.2f} s; peer once {plain:.2f} s")
    print(f"ratio to the repeated peer {ours / fair:.2f} (aim: at most {AIM}); to one plain pass {ours / plain:.2f}")
    return int(ours / fair > AIM)


if __name__ == "__main__":
    sys.exit(main())
