"""Which processes and threads of a program ended with an exception, as their tracebacks on its standard error tell.

multiprocessing writes "Process worker-1:" above the traceback of a child, threading "Exception in thread ...:".
"""

from __future__ import annotations

import re

from grader.model.observation import Fallen

SEARCHED = 100_000
MOST = 8
LONGEST_LINE = 300
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
