"""What it costs to find out which isolation a machine offers, against the start of an interpreter in the same run.

`python -m tests.benchmarks.detection [--rounds 20]`. Once in a process detection is paid for; each round starts a fresh
one, after one bare `python -I -S -c pass`: whatever else the machine does meets both. Imports are measured apart.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

AIM = 50.0  # milliseconds
BARE = [sys.executable, "-I", "-S", "-c", "pass"]
FOUND = """
import json, resource, time
def used():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
begun = time.perf_counter()
from grader.sandbox.detect import find
imported, before = time.perf_counter(), used()
level = find().isolation.level
seconds = imported - begun, time.perf_counter() - imported, used() - before
print(json.dumps([*(1e3 * each for each in seconds), level]))
"""


def milliseconds_of_a_bare_interpreter() -> float:
    """From the start to the end of an interpreter that does nothing."""
    begun = time.perf_counter()
    subprocess.run(BARE, check=True)
    return 1e3 * (time.perf_counter() - begun)


def detection() -> tuple[float, float, float, str]:
    """Milliseconds of the import and of the detection in a fresh process, its processor time, and the level."""
    done = subprocess.run([sys.executable, "-c", FOUND], check=True, capture_output=True, text=True)
    imported, found, used, level = json.loads(done.stdout)
    return imported, found, used, level


def main() -> None:
    """Print medians and the best of all rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = [(milliseconds_of_a_bare_interpreter(), *detection()) for _ in range(parser.parse_args().rounds)]
    bare, imported, found, used, levels = zip(*rounds, strict=True)
    for name, of in (("median", statistics.median), ("best", min)):
        ratio = of(found) / of(bare)
        print(
            f"{name}: detection {of(found):.0f} ms, bare interpreter {of(bare):.0f} ms, ratio {ratio:.2f}; "
            f"its processor time {of(used):.0f} ms, its imports {of(imported):.0f} ms"
        )
    aim = "met" if statistics.median(found) < AIM else "missed"
    print(f"level {', '.join(sorted(set(levels)))}; the aim of {AIM:.0f} ms is {aim}; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
