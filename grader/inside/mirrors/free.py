"""What runs beside the workers, without turns: threads, and the processes of pools.

Whoever waits for it waits in its own turn. It may not touch what has a gate: then the episode is uncontrolled.
"""

from __future__ import annotations

import concurrent.futures.process
import threading
from multiprocessing import pool as _pool
from typing import Any

from .. import gate

pool: Any = _pool  # its private parts are what a mirror replaces
executor: Any = concurrent.futures.process.ProcessPoolExecutor

_real_pool = pool.Pool.__init__
_real_start: Any = threading.Thread.start
_real_executor = executor.__init__
_real_spawn = executor._spawn_process


def install() -> None:
    """Let pools and threads run free."""
    pool.Pool.__init__ = _init_pool
    executor.__init__ = _init_executor
    executor._spawn_process = _spawn_process
    setattr(threading.Thread, "start", _start)  # noqa: B010 - a mirror replaces it


def _init_pool(self: Any, *arguments: Any, **keywords: Any) -> None:
    gate.let_run_free()
    with gate.passing():  # its queues and processes are its own
        _real_pool(self, *arguments, **keywords)


def _init_executor(self: Any, *arguments: Any, **keywords: Any) -> None:
    gate.let_run_free()
    with gate.passing():
        _real_executor(self, *arguments, **keywords)


def _spawn_process(self: Any) -> None:
    with gate.passing():
        _real_spawn(self)


def _start(self: Any) -> None:
    if not gate.is_passing():  # the feeder of a queue is a worker
        gate.let_run_free(self)
    _real_start(self)
