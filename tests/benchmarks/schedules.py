"""What exploring costs per schedule of a two-process program: processor time of both sides, and time on the clock.

`python -m tests.benchmarks.schedules [--repeat 20] [NAME]`: NAME is a program of the corpus, a module and a function.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time

from tests.corpus.engine import Specimen, opened

SIDES = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN


def spent() -> float:
    """Processor seconds of this process and of those that it has waited for."""
    used = [resource.getrusage(side) for side in SIDES]
    return sum(side.ru_utime + side.ru_stime for side in used)


def measured(specimen: Specimen, repeat: int) -> tuple[int, float, float]:
    """Schedules, processor seconds and seconds on the clock of so many explorations; the box counts, too."""
    schedules, cpu, wall = 0, spent(), time.perf_counter()
    with opened() as engine:
        for _ in range(repeat):
            found = engine.explore(specimen, probes=False).explored
            schedules += found.schedules if found else 0
    return schedules, spent() - cpu, time.perf_counter() - wall


def main() -> int:
    """Print the difference between many explorations and one: what starting the box costs is in both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("name", nargs="?", default="locks.right_lock")
    options = parser.parse_args()
    module, _, function = options.name.partition(".")
    specimen = Specimen(module=module, function=function, known="")
    once, many = measured(specimen, 1), measured(specimen, options.repeat + 1)
    schedules, cpu, wall = (after - before for before, after in zip(once, many, strict=True))
    print(f"{options.name}: {schedules} schedules")
    print(f"{1000 * cpu / schedules:.1f} ms of processor time per schedule")
    print(f"{1000 * wall / schedules:.1f} ms on the clock per schedule")
    return 0


if __name__ == "__main__":
    sys.exit(main())
