"""Grades every stub and solution again and again beside busy loops, and prints each verdict that changed.

`python -m tests.soak [--repeat 20] [--load 4] [--jobs 2] [NAME ...]`: NAME is a part of a solution's path.
"""

from __future__ import annotations

import argparse
import collections
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.stories.test_solutions import SOLUTIONS, STUBS, grade, name, not_passed

BUSY = "while True: pass"


def told(attempt: dict[str, Any]) -> str:
    """Everything of an attempt that must not change."""
    outcomes = {check: outcome for check, (outcome, _) in not_passed(attempt).items()}
    return f"{attempt['verdict']} {attempt['points']} {outcomes}"


def main() -> int:
    """Run the soak; 1 if any verdict changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--load", type=int, default=4)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    paths = [p for p in (*STUBS, *SOLUTIONS) if not options.names or any(n in str(p) for n in options.names)]
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(options.load)]
    changed = 0
    try:
        with ThreadPoolExecutor(options.jobs) as pool, tempfile.TemporaryDirectory() as folder:
            for path in paths:
                runs = list(pool.map(lambda path: told(grade(path, Path(folder))), [path] * options.repeat))
                seen = collections.Counter(runs)
                changed += len(seen) > 1
                print(f"{'CHANGED' if len(seen) > 1 else 'same   '} {name(path)}: {dict(seen)}", flush=True)
    finally:
        for loop in busy:
            loop.kill()
            loop.wait()
    print(f"{len(paths) - changed} the same, {changed} changed; {options.repeat} runs beside {options.load} busy loops")
    return int(changed > 0)


if __name__ == "__main__":
    sys.exit(main())
