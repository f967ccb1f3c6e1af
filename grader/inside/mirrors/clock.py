"""Time as the student's program sees it: virtual, it moves when everybody waits."""

from __future__ import annotations

import datetime
import sys
import threading
import time
from multiprocessing import synchronize
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any

from .. import gate
from ..vocabulary import Aspect, Op

STDLIB = datetime.__file__.rpartition("/")[0]
LONGEST = 2**63 / 1e9  # seconds; the real sleep refuses what its clock cannot count
START = 1_700_000_000.0  # an epoch; programs may only look at differences

RUNS_TARGETS = {BaseProcess.run.__code__, threading.Thread.run.__code__}
_real_sleep = time.sleep
_real_monotonic = time.monotonic
_real_datetime = datetime.datetime


def install() -> None:
    """Replace sleep, the clocks of `time` and datetime.now for everybody but the standard library itself."""
    time.sleep = _sleep  # type: ignore[assignment]
    for name, scale in (("time", 1), ("monotonic", 1), ("perf_counter", 1)):
        setattr(time, name, _clock(getattr(time, name), scale))
        setattr(time, f"{name}_ns", _clock(getattr(time, f"{name}_ns"), 1_000_000_000))
    setattr(synchronize, "time", _LibraryClock)  # noqa: B010 - Condition.wait_for waits by it
    datetime.datetime = VirtualDatetime  # type: ignore[misc]


class _LibraryClock:
    """The module `time` as multiprocessing.synchronize sees it."""

    @staticmethod
    def monotonic() -> float:
        """Virtual where its waiting is."""
        return _real_monotonic() if gate.is_off() else START + gate.time()


def is_library(frame: FrameType) -> bool:
    """Whether the frame runs code of the standard library that acts on its own, not a target it was given."""
    return frame.f_code.co_filename.startswith(STDLIB) and frame.f_code not in RUNS_TARGETS


def _of_library() -> bool:
    """Whether the caller's caller is the standard library, whose own waiting is mirrored already."""
    return is_library(sys._getframe(2))


def _clock(real: Any, scale: int) -> Any:
    def clock() -> Any:
        if gate.is_off() or _of_library():
            return real()
        moment = START + gate.now()
        return moment if scale == 1 else int(moment * scale)

    clock.__name__ = clock.__qualname__ = real.__name__
    clock.__module__ = "time"  # else it could not be pickled by name
    return clock


def _sleep(seconds: float) -> None:
    if gate.is_off() or _of_library() or not 0 <= seconds < LONGEST:
        return _real_sleep(seconds)  # what the real one refuses, it refuses in its own words
    gate.turn(
        Op.SLEEP,
        "clock",
        lambda: (False, None),
        need=("clock", Aspect.NEVER),
        wait=float(seconds),
        value=f"{seconds} s",
    )
    return None


_sleep.__name__ = _sleep.__qualname__ = "sleep"
_sleep.__module__ = "time"


class VirtualDatetime(_real_datetime):
    """datetime whose now() follows the virtual clock."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        """The virtual moment."""
        if gate.is_off():
            return _real_datetime.now(tz)
        return _real_datetime.fromtimestamp(START + gate.now(), tz)

    @classmethod
    def utcnow(cls) -> Any:
        """The virtual moment, naive."""
        return cls.now(datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> Any:
        """The virtual moment, naive and local."""
        return cls.now()


VirtualDatetime.__name__ = VirtualDatetime.__qualname__ = "datetime"
VirtualDatetime.__module__ = "datetime"
