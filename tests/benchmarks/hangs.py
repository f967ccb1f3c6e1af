"""How fast and how reliably hanging programs are told from slow ones: latency, missed, false alarms.

`python -m tests.benchmarks.hangs [--level none] [--method fork] [--kind stuck|moving] [--only NAME] [--load 4]`
Run it as root and as an ordinary user: what may be read of a process is another matter then.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from grader.model.observation import Level, Stop
from grader.suite.boxes import Boxes
from grader.suite.records import Record
from tests.corpus.hanging import METHODS, PROVED, UNPROVABLE, Candidate, candidates, open_boxes, run

Result = tuple[Candidate, Record]


@contextlib.contextmanager
def busy(loops: int) -> Iterator[None]:
    """That many busy loops beside."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def chosen(options: argparse.Namespace, method: str) -> list[Candidate]:
    """The programs to be run under a start method."""
    return [
        candidate
        for candidate in candidates()
        if method in candidate.methods
        and (options.unprovable or candidate.name not in UNPROVABLE)
        and (not options.kind or candidate.module.startswith(options.kind))
        and (not options.only or options.only in candidate.name)
    ]


def one(boxes: Boxes, candidate: Candidate, method: str, *, explain: bool) -> Result:
    """Run a program and say at once what was unexpected."""
    record = run(boxes, candidate, method)
    if record.stop not in candidate.expected:
        print(f"  unexpected: {candidate.name} under {method}: {record.stop} {record.note}", flush=True)
    if explain:
        print(f"{candidate.name} ({method}): {record.stop}")
        for waiting in record.stuck:
            print(f"  {waiting.sentence}")
        if record.cause:
            print(f"  => {record.cause.code}: {record.cause.sentence}", flush=True)
    return candidate, record


def milliseconds(results: list[Result], stop: Stop) -> str:
    """Median / 90 % / most of the time from the last thing that moved to the proof."""
    found = sorted(1000 * record.proved_after for _, record in results if record.stop is stop and record.proved_after)
    if not found:
        return "-"
    return f"{statistics.median(found):.0f} / {found[int(len(found) * 0.9)]:.0f} / {found[-1]:.0f}"


def row(label: str, results: list[Result]) -> str:
    """One line of the table."""
    hanging = [(candidate, record) for candidate, record in results if not candidate.expected & {Stop.ANSWERED}]
    missed = sum(record.stop not in PROVED for candidate, record in hanging if candidate.name not in UNPROVABLE)
    alive = [record for candidate, record in results if not candidate.hangs]
    alarms = sum(record.stop in PROVED for record in alive)
    located = sum(any(waiting.line for waiting in record.stuck) for _, record in hanging)
    causes = sum(record.cause is not None for _, record in hanging)
    cells = (
        label, len(hanging), missed, milliseconds(results, Stop.HUNG), milliseconds(results, Stop.LIVELOCK),
        located, causes, len(alive), alarms,
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    """Measure and print the table; 1 if anything was missed or a false alarm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", default="namespace", choices=[level.value for level in Level])
    parser.add_argument("--method", choices=METHODS)
    parser.add_argument("--kind", choices=["stuck", "moving"])
    parser.add_argument("--only", default="")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--load", type=int, default=0)
    parser.add_argument("--explain", action="store_true", help="print what is said about each program")
    parser.add_argument("--unprovable", action="store_true", help="also those that only a time limit ends")
    options = parser.parse_args()
    who, rows, began, wrong = "root" if os.geteuid() == 0 else "user", [], time.monotonic(), 0
    boxes = open_boxes(Level(options.level), options.python)
    try:
        with busy(options.load):
            for method in [options.method] if options.method else METHODS:
                results = [one(boxes, each, method, explain=options.explain) for each in chosen(options, method)]
                rows.append(row(f"{who}, {options.level}, {method}", results))
                wrong += sum(record.stop not in candidate.expected for candidate, record in results)
    finally:
        boxes.close()
    print("| run | hanging | missed | dead ms: median / 90 % / most | livelock ms | located | causes | alive | false |")
    print("|---|---|---|---|---|---|---|---|---|")
    print("\n".join(rows))
    print(f"{time.monotonic() - began:.0f} s; unexpected ends: {wrong}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
