"""What exploring costs per schedule of a two-process program, on the clock.

`python -m tests.benchmarks.schedules [--repeat 20] [NAME]`: NAME is a program of the corpus, a module and a function.

Processor time is told by `perf stat -e task-clock` around two lengths of this, as their difference: a box is killed
with all that lives in it, and what its processes have used never comes to ours (getrusage(2): those waited for).
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.corpus.engine import Specimen, opened


def measured(specimen: Specimen, repeat: int) -> tuple[int, float]:
    """Schedules, and seconds on the clock of so many explorations; opening the box counts, too."""
    schedules, wall = 0, time.perf_counter()
    with opened() as engine:
        for _ in range(repeat):
            found = engine.explore(specimen, probes=False).explored
            schedules += found.schedules if found else 0
    return schedules, time.perf_counter() - wall


def main() -> int:
    """Print the difference between many explorations and one: what starting the box costs is in both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("name", nargs="?", default="locks.right_lock")
    options = parser.parse_args()
    module, _, function = options.name.partition(".")
    specimen = Specimen(module=module, function=function, known="")
    once, many = measured(specimen, 1), measured(specimen, options.repeat + 1)
    schedules, wall = many[0] - once[0], many[1] - once[1]
    print(f"{options.name}: {once[0] + many[0]} schedules in all, {schedules} of them counted")
    print(f"{1000 * wall / schedules:.1f} ms on the clock per schedule")
    return 0


if __name__ == "__main__":
    sys.exit(main())
