"""Compares the reduced search with the full one, by the ends of each program of the corpus that they reach.

`python -m tests.corpus.unreduced [--preemptions 1] [--cap 3000] [NAME ...]`: NAME is a part of a program's name.
"""

from __future__ import annotations

import argparse
import sys

from grader.schedule.reduction import Reduction
from tests.corpus.engine import Engine, Specimen, opened, specimens
from tests.schedule.by_hand import Unreduced


def compared(engine: Engine, specimen: Specimen, preemptions: int, cap: int) -> str:
    """What the comparison came to, in a word."""
    try:
        full = engine.end_states(specimen, Unreduced(), preemptions=preemptions, cap=cap)
    except AssertionError:
        return "too many"
    reduced = engine.end_states(specimen, Reduction(), preemptions=preemptions, cap=cap)
    return "same" if full == reduced else "more" if full < reduced else f"LOST {full - reduced}"


def main() -> int:
    """Compare; 1 if an end was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preemptions", type=int, default=1)
    parser.add_argument("--cap", type=int, default=3_000)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    chosen = [item for kind in ("right", "wrong") for item in specimens(kind)]
    chosen = [item for item in chosen if not options.names or any(name in str(item) for name in options.names)]
    lost = 0
    with opened() as engine:
        for specimen in chosen:
            word = compared(engine, specimen, options.preemptions, options.cap)
            lost += word.startswith("LOST")
            print(f"{word} {specimen}", flush=True)
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
