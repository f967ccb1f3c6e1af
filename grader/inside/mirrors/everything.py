"""All mirrors, put in place at once; a mirror asks for a turn and lets the real primitive do the work."""

from __future__ import annotations

from .. import gate
from ..desk import Desk
from . import (
    barriers,
    buffers,
    chance,
    clock,
    conditions,
    events,
    files,
    free,
    locks,
    managers,
    outside,
    pipes,
    processes,
    queues,
    signals,
    values,
)


def install(desk: Desk, source: str) -> None:
    """Gate this process and all it forks; `source` is the path of the student's file, for line numbers."""
    for mirror in (
        locks,
        conditions,
        events,
        barriers,
        values,
        queues,
        pipes,
        processes,
        signals,
        managers,
        clock,
        free,
        files,
    ):
        mirror.install()
    outside.install(source)
    buffers.install(source)
    gate.open_gate(desk, source)
    chance.install()
