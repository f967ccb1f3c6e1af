"""The proof that no thread of a tree of processes can ever run again.

Every thread is read three times: its count of turns, what it waits for, its count of turns again. Whose counts are
equal did not run in between; if all waits are without limit and only members of the tree could end them, then there was
one moment at which everybody waited for somebody who waits. Nobody is left to wake anybody: this stays so for ever.

    watch = Watch(box.root, ignore=box.own)
    every 20 ms:  stuck = watch.look()      None, or who waits where

What may wake a tree without a member running is excluded one by one (`wakers`), or counts as alive. `settle` is how
long nobody may have run before a proof is tried: insurance against what the kernel does by itself a moment later.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from grader.observe import kernel, tree
from grader.observe.descriptors import wait_on
from grader.observe.service import Sleeper, is_service
from grader.observe.waits import Kind, Wait, World, classify
from grader.observe.wakers import may_wake

Clock = Callable[[], float]
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StuckThread:
    """A thread that waits for ever: in which call, for what kind of thing."""

    pid: int
    tid: int
    call: str
    detail: str = ""

    @property
    def is_main(self) -> bool:
        """Whether it is the thread its process began with."""
        return self.pid == self.tid

    @property
    def sentence(self) -> str:
        """Where it waits, in words."""
        who = f"process {self.pid}" if self.is_main else f"process {self.pid}, thread {self.tid},"
        where = "is stopped" if self.call == "stopped" else f"waits in {self.call}"
        return f"{who} {where} ({self.detail})" if self.detail else f"{who} {where}"


@dataclass(frozen=True, slots=True)
class Stuck:
    """All threads of a tree, each waiting for ever; main threads first."""

    threads: tuple[StuckThread, ...]

    @property
    def main_threads(self) -> tuple[StuckThread, ...]:
        """Where each process waits: of use where the threads of the library would only confuse."""
        return tuple(thread for thread in self.threads if thread.is_main)

    @property
    def sentence(self) -> str:
        """Where every process waits, in words."""
        return "; ".join(thread.sentence for thread in self.main_threads or self.threads)


@dataclass(slots=True)
class _Thread:
    pid: int
    tid: int
    turns: bytes | None
    noticed: float


class Watch:
    """Looks at the tree below `root`, itself included, until it is stuck.

    `ignore` are processes of ours in it, known to stay silent. The same is taken for granted of whoever outside holds
    the other end of a pipe or socket; `external` names those of which it is not true, as (type, inode).
    """

    interval = 0.02

    def __init__(
        self,
        root: int,
        *,
        ignore: Collection[int] = (),
        settle: float = 0.06,
        external: Collection[tuple[str, int]] = (),
        clock: Clock = time.monotonic,
    ) -> None:
        self.readable = kernel.tells_calls()
        """False where a waiting thread cannot be read: then nothing is ever proved. Known after the first attempt."""
        self.against = ""
        """What spoke against a proof at the last look, for those who wonder."""
        self._root = root
        self._ignore = frozenset(ignore)
        self._settle = settle
        self._external = frozenset(external)
        self._clock = clock
        self._threads: dict[Key, _Thread] = {}

    def look(self) -> Stuck | None:
        """The proof, if there is one now; cheap while anything runs."""
        now = self._clock()
        self._read_turns(now)
        restless = [thread for thread in self._threads.values() if now - thread.noticed < self._settle]
        if restless and not self._are_services(restless):
            self.against = f"{len(restless)} threads ran a moment ago"
            return None
        if self._read_members(now):
            self.against = "threads came or went"
            return None
        return self._prove() if self._threads else None

    def until(
        self, ended: Callable[[], bool], *, seconds: float, pause: Callable[[float], object] = time.sleep
    ) -> Stuck | None:
        """Look again and again until the tree is stuck, `ended` says so, or the seconds are over."""
        deadline = self._clock() + seconds
        while not ended() and self._clock() < deadline:
            if stuck := self.look():
                return stuck
            pause(self.interval)
        return None

    @property
    def quiet_for(self) -> float:
        """Seconds since any thread was last seen to have run: at a proof, how long it took to come."""
        return self._clock() - max((thread.noticed for thread in self._threads.values()), default=self._clock())

    def _read_turns(self, now: float) -> None:
        for thread in self._threads.values():
            turns = kernel.turns(thread.pid, thread.tid)
            if turns != thread.turns:
                thread.turns, thread.noticed = turns, now

    def _read_members(self, now: float) -> bool:
        """Whether threads came or went; those that came count as having run now."""
        keys = self._keys()
        went = self._threads.keys() - keys
        came = keys - self._threads.keys()
        for key in went:
            del self._threads[key]
        for pid, tid in came:
            self._threads[pid, tid] = _Thread(pid, tid, kernel.turns(pid, tid), now)
        return bool(went or came)

    def _keys(self) -> set[Key]:
        return {(pid, tid) for pid in tree.pids(self._root, ignore=self._ignore) for tid in kernel.threads(pid)}

    def _prove(self) -> Stuck | None:
        world = World(frozenset(pid for pid, _ in self._threads), self._external)
        found: dict[Key, Wait] = {}
        for key, thread in self._threads.items():
            wait = classify(*key, world, wait_on)
            if wait.kind is Kind.TIMED and self._are_services([thread]):
                continue
            if wait.kind not in {Kind.BLOCKED, Kind.ENDED}:
                self._note_alive(key, wait)
                return None
            found[key] = wait
        if self._may_be_woken(found) or self._has_moved(found):
            return None
        return _stuck(found)

    def _note_alive(self, key: Key, wait: Wait) -> None:
        self.readable = kernel.tells_calls() and wait.kind is not Kind.UNREADABLE
        self.against = f"thread {key[1]} of process {key[0]}: {wait.kind} {wait.call} {wait.detail}".rstrip()

    def _may_be_woken(self, found: dict[Key, Wait]) -> bool:
        for pid in {pid for pid, _ in found}:
            waits = {tid: wait for (owner, tid), wait in found.items() if owner == pid and wait.kind is Kind.BLOCKED}
            sockets = {inode for wait in waits.values() for inode in wait.sockets}
            if waits and (why := may_wake(pid, waits, sockets)):
                self.against = f"process {pid}: {why}"
                return True
        return False

    def _has_moved(self, found: dict[Key, Wait]) -> bool:
        """The second reading. State too: who was woken and has no CPU yet has not run, but is about to."""
        now = self._clock()
        before = {key: thread.turns for key, thread in self._threads.items()}
        self._read_turns(now)
        moved = any(thread.turns != before[key] for key, thread in self._threads.items()) or self._read_members(now)
        for key, wait in found.items():
            stat = kernel.stat(*key)
            moved = moved or (wait.kind is Kind.BLOCKED and (stat is None or stat.state not in "STD"))
        if moved:
            self.against = "threads ran during the proof"
        return moved

    def _are_services(self, threads: list[_Thread]) -> bool:
        """Cheap for programs that work: a service is a main thread beside others."""
        if not all(thread.pid == thread.tid for thread in threads):
            return False
        members = {pid for pid, _ in self._threads}
        return all(
            len(tids := self._tids(thread.pid)) > 1
            and is_service(Sleeper(thread.pid, thread.tid, thread.noticed), tids, members)
            for thread in threads
        )

    def _tids(self, pid: int) -> list[int]:
        return [tid for owner, tid in self._threads if owner == pid]


def _stuck(found: dict[Key, Wait]) -> Stuck | None:
    threads = [
        StuckThread(pid, tid, wait.call, wait.detail) for (pid, tid), wait in found.items() if wait.kind is Kind.BLOCKED
    ]
    threads.sort(key=lambda thread: (not thread.is_main, thread.pid, thread.tid))
    return Stuck(tuple(threads)) if threads else None
