"""The proof that no thread of a tree of processes can ever run again, or not before its time is over.

Every thread is read three times: its count of turns, what it waits for, its count of turns again. Whose counts are
equal did not run in between; if all waits are without limit and only members of the tree could end them, then there was
one moment at which everybody waited for somebody who waits. Nobody is left to wake anybody: this stays so for ever.

    watch = Watch(box.root, ignore=box.own)
    every 20 ms:  stuck = watch.look()      None, or who waits where

What may wake a tree without a member running is excluded one by one (`wakers`, `alarm`), or counts as alive. `settle`
is how long nobody may have run before a proof is tried: insurance against what the kernel does by itself a bit later.

    dead       everybody waits without limit
    asleep     the earliest of all time limits lies after the deadline: nothing can happen before
    livelock   some turn in loops that only look at what the others, who wait without limit, could change (`livelock`)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from grader.observe import alarm, kernel
from grader.observe.deadlines import earliest_end
from grader.observe.descriptors import wait_on
from grader.observe.livelock import Livelock, Looping, Testimony
from grader.observe.service import Sleeper, is_service
from grader.observe.threads import Key, Thread, Threads
from grader.observe.waits import Kind, Wait, World, classify
from grader.observe.wakers import expects_alarm, may_wake

LOOPS, RUNS = "a loop", "running"
"""What stands for the call of a thread that is in none, or in one for a moment only."""
BACK_IN_ITS_CALL = 0.02  # seconds in which a process that was roused waits again

Clock = Callable[[], float]


class Hang(StrEnum):
    """In which way a tree is stuck; see the head of this module."""

    DEAD = "dead"
    ASLEEP = "asleep"
    LIVELOCK = "livelock"


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
    """All threads of a tree, each waiting for ever, or looping; main threads first.

    `quiet_for` is for how many seconds nothing had changed when that was proved.
    """

    threads: tuple[StuckThread, ...]
    hang: Hang = Hang.DEAD
    loops: tuple[Looping, ...] = ()
    quiet_for: float = 0.0

    @property
    def main_threads(self) -> tuple[StuckThread, ...]:
        """Where each process waits: of use where the threads of the library would only confuse."""
        return tuple(thread for thread in self.threads if thread.is_main)

    @property
    def sentence(self) -> str:
        """Where every process waits, in words."""
        return "; ".join(thread.sentence for thread in self.main_threads or self.threads)


class Watch:
    """Looks at the tree below `root`, itself included, until it is stuck.

    `ignore` are processes of ours in it, known to stay silent. The same is taken for granted of whoever outside holds
    the other end of a pipe or socket; `external` names those of which it is not true, as (type, inode). A livelock is
    looked for if there is `testimony`: what the program says of its own stacks.
    """

    interval = 0.02

    def __init__(  # noqa: PLR0913 - each is known to the caller only
        self,
        root: int,
        *,
        ignore: Collection[int] = (),
        settle: float = 0.06,
        external: Collection[tuple[str, int]] = (),
        testimony: Testimony | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self.readable = kernel.tells_calls()
        """False where a waiting thread cannot be read: then nothing is ever proved. Known after the first attempt."""
        self.against = ""
        """What spoke against a proof at the last look, for those who wonder."""
        self.deadline = float("inf")
        """When the time of the tree is over, on the clock: who sleeps for longer is asleep for good."""
        self._settle = settle
        self._external = frozenset(external)
        self._clock = clock
        self._threads = Threads(root, ignore=ignore)
        self._livelock = Livelock(self._threads, testimony) if testimony else None
        self._asked: dict[int, tuple[dict[int, bytes | None], float | None]] = {}
        self._interrupted: dict[Key, kernel.Syscall] = {}

    def look(self) -> Stuck | None:
        """The proof, if there is one now; cheap while anything runs."""
        now = self._clock()
        self._threads.read_turns(now)
        restless = [thread for thread in self._known if now - thread.noticed < self._settle]
        if restless and not self._are_services(restless):
            self.against = f"{len(restless)} threads ran a moment ago"
            return self._look_for_loops(now)
        if self._threads.read_members(now):
            self.against = "threads came or went"
            return None
        if not self._known:
            return None
        return self._prove() or self._look_for_loops(now)

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

    def as_it_stands(self) -> Stuck:
        """Where each thread is now, stuck or not."""
        self._threads.read_members(self._clock())
        world = self._world()
        found = {key: classify(*key, world, wait_on) for key in self._threads.known}
        alive = {
            key: replace(wait, kind=Kind.BLOCKED, call=RUNS if wait.kind is Kind.RUNNING else wait.call)
            for key, wait in found.items()
            if wait.kind is not Kind.ENDED
        }
        return _stuck(alive, Hang.DEAD) or Stuck(())

    @property
    def _known(self) -> Collection[Thread]:
        return self._threads.known.values()

    def _world(self) -> World:
        return World(self._threads.members, self._external, self._interrupted)

    def _look_for_loops(self, now: float) -> Stuck | None:
        if self._livelock is None or not self._livelock.is_worth_a_look(now):
            return None
        if self._threads.read_members(now):
            return None
        world = self._world()
        waits = {key: classify(*key, world, wait_on) for key in self._threads.known}
        busy = {key: wait for key, wait in waits.items() if wait.kind not in {Kind.BLOCKED, Kind.ENDED}}
        servers = {pid for pid, tid in busy if self._are_services([self._threads.known[pid, tid]])}
        active = {key: wait for key, wait in busy.items() if key[0] not in servers or key[0] != key[1]}
        idle = {key: wait for key, wait in waits.items() if key not in busy}
        loops = self._livelock.look(active, servers, now) if active else None
        if loops is None:
            return None
        if self._may_be_woken(idle):  # asked last: it rouses whom it asks
            self._livelock.rebase(active, servers)
            return None
        if self._has_moved({key: idle[key] for key in idle if key[0] not in servers}):
            return None
        found = idle | {key: Wait(Kind.BLOCKED, LOOPS, loop.text) for key, loop in loops.items()}
        return _stuck(found, Hang.LIVELOCK, tuple(loops.values()), self._clock() - self._livelock.since)

    def _prove(self) -> Stuck | None:
        world = self._world()
        found: dict[Key, Wait] = {}
        hang = Hang.DEAD
        for key, thread in self._threads.known.items():
            wait = classify(*key, world, wait_on)
            if wait.kind is Kind.TIMED and self._are_services([thread]):
                continue
            if wait.kind is Kind.TIMED and self._sleeps_on(thread, world):
                hang = Hang.ASLEEP
                wait = Wait(Kind.BLOCKED, wait.call, wait.detail or "until long after its time is over")
            if wait.kind not in {Kind.BLOCKED, Kind.ENDED}:
                self._note_alive(key, wait)
                return None
            found[key] = wait
        if self._may_be_woken(found) or self._has_moved(found):
            return None
        noticed = max(self._threads.known[key].noticed for key in found if key in self._threads.known)
        return _stuck(found, hang, quiet_for=self._clock() - noticed)

    def _sleeps_on(self, thread: Thread, world: World) -> bool:
        call = kernel.syscall(thread.pid, thread.tid)
        if isinstance(call, kernel.Absent) or self.deadline == float("inf"):
            return False
        call = world.original(thread.pid, thread.tid, call)
        # It began to wait up to two looks before it was noticed.
        end = earliest_end(thread.pid, call, thread.noticed - 2 * self.interval)
        return end is not None and end > self.deadline

    def _note_alive(self, key: Key, wait: Wait) -> None:
        self.readable = kernel.tells_calls() and wait.kind is not Kind.UNREADABLE
        self.against = f"thread {key[1]} of process {key[0]}: {wait.kind} {wait.call} {wait.detail}".rstrip()

    def _may_be_woken(self, found: dict[Key, Wait]) -> bool:
        """Whether somebody may be woken from outside, or was roused by us just now: then the next look decides."""
        roused = False
        for pid in {pid for pid, _ in found}:
            waits = {tid: wait for (owner, tid), wait in found.items() if owner == pid and wait.kind is Kind.BLOCKED}
            if not waits:
                continue
            sockets = {inode for wait in waits.values() for inode in wait.sockets}
            if why := may_wake(pid, sockets):
                self.against = f"process {pid}: {why}"
                return True
            roused = self._ask_for_alarm(pid, waits) or roused
            left = self._asked[pid][1]
            if left or (left is None and expects_alarm(pid, waits)):
                self.against = f"process {pid}: an alarm may be set"
                return True
        if roused:
            self.against = "asked for alarms just now"
        return roused

    def _ask_for_alarm(self, pid: int, waits: Mapping[int, Wait]) -> bool:
        """Ask a process that waits in its main thread, once as long as none of its threads runs.

        Whether it was roused. A stopped one is let go by no alarm; a service would lose its place in its second.
        """
        turns = self._turns_of(pid)
        if pid not in waits or waits[pid].call == "stopped":
            self._asked[pid] = (turns, None if pid not in waits else 0.0)
            return False
        if self._asked.get(pid, ({}, None))[0] == turns:
            return False
        call = kernel.syscall(pid, pid)
        if not isinstance(call, kernel.Absent) and call.name != "restart_syscall":
            self._interrupted[pid, pid] = call
        left = alarm.seconds_left(pid)
        waits_again = self._clock() + BACK_IN_ITS_CALL
        while (stat := kernel.stat(pid)) and stat.state not in "SD" and self._clock() < waits_again:
            time.sleep(0.001)
        self._threads.adopt(pid)
        self._asked[pid] = (self._turns_of(pid), left)
        return True

    def _turns_of(self, pid: int) -> dict[int, bytes | None]:
        return {tid: self._threads.known[pid, tid].turns for tid in self._threads.of(pid)}

    def _has_moved(self, found: dict[Key, Wait]) -> bool:
        """The second reading. State too: who was woken and has no CPU yet has not run, but is about to."""
        now = self._clock()
        before = {key: self._threads.known[key].turns for key in found}
        self._threads.read_turns(now)
        moved = any(self._threads.known[key].turns != turns for key, turns in before.items())
        moved = self._threads.read_members(now) or moved
        for key, wait in found.items():
            stat = kernel.stat(*key)
            moved = moved or (wait.kind is Kind.BLOCKED and (stat is None or stat.state not in "STD"))
        if moved:
            self.against = "threads ran during the proof"
        return moved

    def _are_services(self, threads: list[Thread]) -> bool:
        """Cheap for programs that work: a service is a main thread beside others."""
        if not all(thread.pid == thread.tid for thread in threads):
            return False
        members = self._threads.members
        return all(
            len(tids := self._threads.of(thread.pid)) > 1
            and is_service(Sleeper(thread.pid, thread.tid, thread.noticed), tids, members)
            for thread in threads
        )


def _stuck(found: dict[Key, Wait], hang: Hang, loops: tuple[Looping, ...] = (), quiet_for: float = 0.0) -> Stuck | None:
    threads = [
        StuckThread(pid, tid, wait.call, wait.detail) for (pid, tid), wait in found.items() if wait.kind is Kind.BLOCKED
    ]
    threads.sort(key=lambda thread: (not thread.is_main, thread.pid, thread.tid))
    return Stuck(tuple(threads), hang, loops, quiet_for) if threads else None
