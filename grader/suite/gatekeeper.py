"""Carries turns between the gates in the box and the coordinator."""

from __future__ import annotations

import contextlib
import socket
import time

from grader.inside.vocabulary import ASK_BYTES
from grader.observe.descriptors import wait_on
from grader.observe.waits import Kind, World, classify
from grader.schedule.coordinator import Coordinator, End, Grant, Uncontrolled
from grader.schedule.policy import Diverged
from grader.schedule.workers import News, Request, Status
from grader.suite.desk import receive_words
from grader.suite.memory import text_of
from grader.suite.records import Record
from grader.wire import Ask, Introduction, Malformed, dump, read

LONGEST_WAIT = 1e9  # virtual seconds, some thirty years: sums of it stay finite
# Seconds of a quiet machine that a worker may take between two turns: to wait by the real clock, or altogether.
LONGEST_PAUSE, LONGEST_SILENCE = 0.5, 5.0


class Gatekeeper:
    """Knows which connection is whose; decodes what gates say."""

    def __init__(self, coordinator: Coordinator, record: Record) -> None:
        self.coordinator = coordinator
        self.record = record
        self._worker_at: dict[socket.socket, str] = {}
        self._connection_of: dict[str, socket.socket] = {}
        self._pid_of: dict[str, int] = {}
        self._moved: dict[str, float] = {}
        self._paused: dict[str, float] = {}
        coordinator.memory = self._memory

    def hello(self, connection: socket.socket, word: Introduction, pid: int) -> None:
        """A worker's gate has come to the desk, from the process that the kernel named."""
        if word.name in self._connection_of:
            raise Malformed("a gate that is there already")
        self._worker_at[connection] = word.name
        self._connection_of[word.name] = connection
        self._pid_of[word.name] = pid
        self._has_moved(word.name)
        self.record.births.add(pid)
        self.coordinator.expects_memory({name: memory.first for name, memory in self.record.memory.items()})
        self.coordinator.hello(word.name)

    def hear(self, connection: socket.socket) -> bool:
        """Take in one message of a gate; False if that was its end."""
        name = self._worker_at[connection]
        self._has_moved(name)
        data = receive_words(connection)
        if not data:
            del self._worker_at[connection], self._connection_of[name]
            self.coordinator.gone(name)
            return False
        self.coordinator.asked(name, _request(read(data[:ASK_BYTES], Ask)))
        return True

    def advance(self) -> End | Uncontrolled | None:
        """Grant the next turn if it is time to; what ends the episode is returned."""
        coordinator = self.coordinator
        if coordinator.problem is None and (not coordinator.workers or not coordinator.quiet()):
            return None
        try:
            step = coordinator.advance()
        except Diverged as diverged:
            return Uncontrolled(what=str(diverged))
        if not isinstance(step, Grant):
            return step
        self._has_moved(step.worker)
        grant = {"late": step.late, "time": step.time, "gone": list(step.gone)}
        with contextlib.suppress(OSError):  # it was ended from outside; its end is heard next
            self._connection_of[step.worker].send(dump(grant))
        return None

    def astray(self, crowding: float) -> str:
        """What a worker that has its turn does instead of asking for the next one; "" if it may be on its way.

        Who waits by the real clock waits in vain for those who are not let go on. Who looks again and again at what
        has no turns does, too. `crowding`: how many times longer than on a quiet machine things take.
        """
        now, workers = time.monotonic(), self.coordinator.workers.values()
        others_wait = any(worker.status is Status.ASKING for worker in workers)
        for name in [worker.name for worker in workers if worker.status is Status.RUNNING]:
            pid = self._pid_of.get(name)
            if pid is not None and classify(pid, pid, World(frozenset({pid})), wait_on).kind is Kind.TIMED:
                if now - self._paused.setdefault(name, now) > LONGEST_PAUSE * crowding:
                    return "a wait by the real clock"
            else:
                self._paused.pop(name, None)
            if others_wait and now - self._moved[name] > LONGEST_SILENCE * crowding:
                return "a long time without a turn"
        return ""

    def _has_moved(self, name: str) -> None:
        self._moved[name] = time.monotonic()
        self._paused.pop(name, None)

    def _memory(self) -> dict[str, str]:
        record = self.record
        mappings = {mapping.name: mapping.text() for mapping in record.mappings.values()}
        return mappings | {name: text_of(memory.read()) for name, memory in record.memory.items()}


def _request(ask: Ask) -> Request:
    return Request(
        op=ask.op,
        on=ask.on[:80],
        line=ask.line,
        value=ask.value[:80],
        need=ask.need,
        wait=ask.wait if ask.wait is None else min(ask.wait, LONGEST_WAIT),
        again=ask.again,
        clock=ask.clock,
        idle=ask.idle,
        leaving=ask.leaving,
        abandons=tuple(ask.abandons),
        uncontrolled=ask.uncontrolled,
        news=tuple(News(on=news.on, aspect=news.aspect, holds=news.holds) for news in ask.news),
        born=tuple(ask.born),
        fed=tuple(ask.fed),
        seen=tuple(text[:80] for text in ask.seen),
        killed=tuple(ask.killed),
        interrupted=tuple(ask.interrupted),
        handling=ask.handling,
        free=ask.free,
    )
