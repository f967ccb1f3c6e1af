"""Explores every program of the corpus again and again beside busy loops, and prints each finding that changed.

`python -m tests.corpus.soak [--repeat 50] [--load 6] [NAME ...]`: NAME is a part of a program's name. A finding is the
verdict, what was explored, and the witness, step by step.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

from grader.model.witness import witness_of
from tests.corpus.engine import Engine, Finding, Specimen, opened, specimens

BUSY = "while True: pass"


def told(finding: Finding) -> str:
    """Everything of a finding that must not change."""
    return f"{finding.outcome} {finding.message} {finding.explored} {finding.outside}\n{finding.witness}"


def replays(engine: Engine, specimen: Specimen, finding: Finding) -> bool:
    """Whether the text of the witness, if there is one, leads to the same steps again."""
    witness = finding.witness
    return witness is None or engine.replay(specimen, witness_of(str(witness))) == witness


def main() -> int:
    """Run the soak; 1 if any finding changed, was not the known one, or did not replay."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=50)
    parser.add_argument("--load", type=int, default=6)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    chosen = [item for kind in ("right", "wrong") for item in specimens(kind)]
    chosen = [item for item in chosen if not options.names or any(name in str(item) for name in options.names)]
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(options.load)]
    bad = 0
    try:
        with opened() as engine:
            for specimen in chosen:
                began = time.monotonic()
                findings = [engine.explore(specimen, probes=False) for _ in range(options.repeat)]
                same = len({told(finding) for finding in findings}) == 1
                known = findings[0].outcome == (specimen.known or "passed")
                again = all(replays(engine, specimen, findings[0]) for _ in range(min(options.repeat, 10)))
                bad += not (same and known and again)
                word = "same   " if same and known and again else f"CHANGED same={same} known={known} replays={again}"
                seconds = time.monotonic() - began
                print(f"{word} {specimen}: {findings[0].outcome}, {findings[0].explored}, {seconds:.1f} s", flush=True)
    finally:
        for loop in busy:
            loop.kill()
            loop.wait()
    print(f"{len(chosen) - bad} the same, {bad} not; {options.repeat} runs beside {options.load} busy loops")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
