"""Which processes and threads of a program ended badly: as their tracebacks on its standard error tell, or measured.

multiprocessing writes "Process worker-1:" above the traceback of a child, threading "Exception in thread ...:".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from grader.model.observation import Fallen

SEARCHED = 100_000
MOST = 8
LONGEST_LINE = 300
TERMINATED = -15  # SIGTERM: how a program ends processes itself (Process.terminate, Pool)
_HEAD = re.compile(r"^(?:Process (?P<process>[^\n]{1,100}):|Exception in thread (?P<thread>[^\n]{1,100}):)$")
_END = re.compile(r"^[A-Za-z_][\w.]*(?::\s.*|)$")


def fallen(stderr: str, file: str) -> tuple[Fallen, ...]:
    """Each traceback with whose it is, what it ends with, and the last line of the student's file in it."""
    found: list[Fallen] = []
    who, line = "", None
    at = re.compile(rf'^\s+File "[^"\n]*/{re.escape(file)}", line (\d{{1,6}})')
    for text in stderr[-SEARCHED:].splitlines():
        if head := _HEAD.match(text):
            who, line = (head["process"] or head["thread"]), None
        elif who and (place := at.match(text)):
            line = int(place[1])
        elif who and _END.match(text) and not text.startswith("Traceback"):
            found.append(Fallen(who=who, error=text[:LONGEST_LINE], line=line))
            who = ""
            if len(found) == MOST:
                break
    return tuple(found)


def unmeant(told: Collection[Fallen], module: str) -> tuple[Fallen, ...]:
    """Those whose traceback does not end with an exception of that module, which raises on purpose."""
    return tuple(one for one in told if not one.error.startswith(f"{module}."))


def without_meant(stderr: str, module: str) -> str:
    """The text without the tracebacks of processes and threads that end with an exception of that module."""
    kept: list[str] = []
    block: list[str] = []
    for text in stderr.splitlines(keepends=True):
        if _HEAD.match(text.rstrip("\r\n")):
            kept += block
            block = [text]
        elif not block:
            kept.append(text)
        elif _END.match(text.rstrip("\r\n")) and not text.startswith("Traceback"):
            kept += [] if text.startswith(f"{module}.") else [*block, text]
            block = []
        else:
            block.append(text)
    return "".join([*kept, *block])


def killed(codes: Mapping[int, int], told: Collection[Fallen]) -> tuple[Fallen, ...]:
    """Processes (exit code by pid, in the order of their births) whose end no traceback tells of."""
    excused = sum(one.error != "" for one in told)
    found = []
    for number, code in enumerate(codes.values(), start=1):
        if code == 1 and excused:
            excused -= 1  # how multiprocessing ends a process that raised
        elif code not in {0, TERMINATED}:
            found.append(Fallen(who=f"process {number}", code=code))
    return tuple(found[:MOST])
