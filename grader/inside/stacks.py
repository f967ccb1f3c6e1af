"""Lets the examiner ask a process where it stands: on a signal, stacks are written to a pipe of the examiner's.

Two signals, because neither way serves both. `faulthandler` answers at once, wherever the process waits, with the
stacks of all threads; but it reads them as they stand, and kills a process that runs (1 in 800 times; cpython issues
116008, 131580). A handler in Python answers when the main thread comes to it: then it is safe.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
from types import FrameType
from typing import Any

from .vocabulary import LIVE_STACK_SIGNAL, STACK_FD, STACK_FRAMES, STACK_SIGNAL

_set_wakeup_fd = signal.set_wakeup_fd


def tell_on_request(writer: int) -> None:
    """Take the writing end of the pipe; processes forked from this one answer, too."""
    with contextlib.suppress(OSError, ValueError, RuntimeError, AttributeError):  # then no stacks are told
        os.dup2(writer, STACK_FD, inheritable=False)
        faulthandler.register(STACK_SIGNAL, file=STACK_FD, all_threads=True)
        signal.signal(LIVE_STACK_SIGNAL, _tell)
        signal.set_wakeup_fd = _woken
    os.close(writer)


def _woken(*arguments: Any, **keywords: Any) -> int:
    """As `signal.set_wakeup_fd`; whoever is woken by signals would be woken by ours, and is not asked any more."""
    if signal.getsignal(LIVE_STACK_SIGNAL) is not _tell:
        return _set_wakeup_fd(*arguments, **keywords)
    signal.signal(LIVE_STACK_SIGNAL, signal.SIG_DFL)
    try:
        return _set_wakeup_fd(*arguments, **keywords)
    except BaseException:
        signal.signal(LIVE_STACK_SIGNAL, _tell)
        raise


def _tell(_number: int, frame: FrameType | None) -> None:
    """Write the stack of the main thread as faulthandler would."""
    lines = ["Current thread 0x0 (most recent call first):"]
    while frame is not None and len(lines) <= STACK_FRAMES:
        lines.append(f'  File "{frame.f_code.co_filename}", line {frame.f_lineno} in {frame.f_code.co_name}')
        frame = frame.f_back
    with contextlib.suppress(Exception):  # nothing of ours may be seen by the program
        os.write(STACK_FD, ("\n".join(lines) + "\n").encode("ascii", "backslashreplace"))
