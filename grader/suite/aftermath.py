"""What a call leaves behind, whether it can still move, and how the box is made clean again."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import time
from collections.abc import Callable, Collection
from typing import TypeVar

from grader.inside.vocabulary import FIFO_MARK, Kind
from grader.model.observation import LeftBehind, Remainder
from grader.observe.fallen import fallen, killed, unmeant
from grader.observe.hang import Stuck, Watch
from grader.observe.postmortem import Subject, examine
from grader.observe.stacks import Stacks
from grader.observe.tree import Process, is_housekeeping, look_at, pids, processes
from grader.sandbox.launch import FLAGS, MAIN
from grader.suite.boxes import OpenBox
from grader.suite.consumption import crowding
from grader.suite.records import SCENARIOS, Line, Record
from grader.wire import Malformed

Item = TypeVar("Item")
CLEAN_DEADLINE = 1.0
LOOK_AGAIN = 0.02
SWEEPS = 50
MOST_SHOWN = 20
LIBRARY_NAMES = re.compile(r"pymp-\w+$")
SEMAPHORE = re.compile(r"^sem\.")
OURS = re.compile(rf" {' '.join(FLAGS)} \S*/{re.escape(MAIN)}\b| from multiprocessing\.")


class Aftermath:
    """Measures one call from outside; see `Conversation` for when."""

    def __init__(self, box: OpenBox, record: Record, call: str, stacks: Stacks | None) -> None:
        self.box = box
        self.stacks = stacks
        self.call = call
        self.record = record
        self.seen: set[int] = set()
        self._looked_at: set[int] = set()
        self._names: frozenset[str] | None = None
        self._before: frozenset[int] = frozenset()
        self._watch: Watch | None = None

    def before(self, call: int, *, names: bool) -> None:
        """Note what is there before the function is called."""
        self._before = frozenset(process.pid for process in self._program()) | {call}
        if names:
            self._names = self.box.look()
        elif self.box.names is None:
            self.box.names = self.box.look()

    def after(self, *, names: bool) -> None:
        """Note what is there now that the function has returned, and was not there before."""
        left = [_left(process) for process in self._new_processes()]
        if names and self._names is not None:
            left += [_left_name(path) for path in self._new_names(self._names)]
        self._note(left)

    def _new_processes(self) -> list[Process]:
        """Processes that were not there before; with patience for those that are on their way.

        The resource tracker of a worker that used spawn ends a moment after the worker, and the program's own may still
        be starting when a function has returned that needed it for a moment only.
        """
        new = _settled(
            lambda: [p for p in self._program() if p.pid not in self._before and not self._keeps_house(p)],
            lambda process: process.unsettled or process.ppid in self.box.ours,
        )
        return [process for process in new if not has_ended_unowned(process, self.box.ours)]

    def _new_names(self, before: frozenset[str]) -> list[str]:
        """Names that were not there before; with patience: a feeder thread lets go of its queue when it has ended."""
        return _settled(
            lambda: [path for path in sorted(self.box.look() - before) if not self._is_of_the_library(path)],
            lambda _: True,
        )

    def _is_of_the_library(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        return LIBRARY_NAMES.match(name) is not None or self._is_of_an_import(name)

    def _is_of_an_import(self, name: str) -> bool:
        """Whether it is a primitive of module level, in a child that was spawned.

        Such a child imports the module before it knows the prefix of our names, and before multiprocessing forgets
        its finalizers (BaseProcess._bootstrap): the resource tracker removes the semaphore, not the student.
        """
        return name.startswith("sem.mp-") and self.call not in name

    def after_worker(self, pid: int) -> None:
        """Note and end what a worker's function has left now that it has returned: its own exit would hide or wait."""
        below = _settled(lambda: list(processes(pid, ignore={pid})), lambda process: process.unsettled) if pid else []
        left = [process for process in below if not self._keeps_house(process)]
        self._note([_left(process) for process in left])
        for process in left:
            with contextlib.suppress(OSError):  # it has ended meanwhile
                os.kill(process.pid, signal.SIGKILL)

    def after_answer(self, line: Line) -> None:
        """Note the threads that a function has left, as its process tells."""
        if line.answer and line.answer.kind in {Kind.RETURNED, Kind.RAISED}:
            self._note([LeftBehind(kind=Remainder.THREAD, name=name[:80]) for name in line.answer.names[:MOST_SHOWN]])

    def _note(self, left: list[LeftBehind]) -> None:
        self.record.left_behind = (*self.record.left_behind, *left)[:MOST_SHOWN]
        if self.record.left_behind:
            self.box.used_up = True

    def stuck(self, call: int, deadline: float) -> Stuck | None:
        """Where every process waits, if it is proved that none can move again, or not before the deadline."""
        if self._watch is None:
            self._watch = Watch(self.box.box.root, ignore=self.box.ours, testimony=self.stacks)
        self._watch.deadline = deadline
        self._note_seen(call)
        return self._watch.look()

    def _note_seen(self, call: int) -> None:
        """Note the processes of the program; each is looked at once, which takes longer than to find it."""
        new = set(pids(self.box.box.root, ignore=self.box.ours)) - self._looked_at - {call}
        looks = {pid: process for pid in new if (process := look_at(pid)) and not process.unsettled}
        self._looked_at |= set(looks)
        self.seen |= {pid for pid, process in looks.items() if not self._keeps_house(process)}

    def explain(self, stuck: Stuck | None, file: str) -> None:
        """Note where each process waits, or is when its time is over, and why, for the report."""
        if self.stacks is None or self._watch is None:
            return
        self.record.proved_after = stuck.quiet_for if stuck else None
        names = {line.pid: name for name, line in self.record.workers.items()}
        subject = Subject(
            file=file,
            text=self.stacks.sources.get(f"/sub/{file}", ""),
            names=names,
            main=self.record.line.pid,
            housekeepers=frozenset(self.record.housekeepers),
        )
        self.see_who_fell(file)
        stood = stuck or self._watch.as_it_stands()
        self.record.stuck, self.record.cause = examine(stood, self.stacks, subject, self.record.fallen)

    def see_who_fell(self, file: str) -> None:
        """Note which processes and threads of the program have ended badly, before any of them is ended by us.

        Where the scenario's own jobs end badly on purpose, an exit code says nothing about the program.
        """
        told = fallen(self.record.output["stderr"].decode("utf-8", "replace"), file)
        if self.record.ends_badly:
            self.record.fallen = unmeant(told, SCENARIOS)
            return
        children = ((pid, code) for pid, code in self.record.endings.codes() if pid != self.record.line.pid)
        self.record.fallen = told + killed(dict(children), told)

    def forget(self) -> None:
        """Something was let go: a proof has to begin anew."""
        self._watch = None

    def clear(self, *, ended: bool) -> None:
        """End every process of the call; a box of which that is not proved is used up."""
        deadline = time.monotonic() + CLEAN_DEADLINE
        for _ in range(SWEEPS):
            alive = [process for process in self._program() if process.state != "Z"]
            self.seen |= {one.pid for one in alive if not (one.unsettled or self._keeps_house(one))}
            if not alive and ended:
                return
            for process in alive:
                try:
                    os.kill(process.pid, signal.SIGKILL)
                except OSError:
                    continue  # it has ended meanwhile
            if not ended:
                ended = self.box.wait_for_end(self.record, max(0.0, deadline - time.monotonic()))
            if time.monotonic() > deadline:
                break
        self.box.used_up = True

    def clear_names(self) -> None:
        """Remove what an explored episode has left, which the next one would find; else the box is used up."""
        with contextlib.suppress(Malformed):  # it is used up anyway
            stay = self.box.names or frozenset()
            if self.box.look() - stay and self.box.look(sweep=True) - stay:
                self.box.used_up = True

    def _keeps_house(self, process: Process) -> bool:
        """Whether multiprocessing has it for its own ends."""
        return process.pid in self.record.housekeepers or is_housekeeping(process)

    def _program(self) -> tuple[Process, ...]:
        return processes(self.box.box.root, ignore=self.box.ours)


def _settled(find: Callable[[], list[Item]], moving: Callable[[Item], bool]) -> list[Item]:
    """What is found when nothing of it is on its way any more, or our patience is at its end.

    On a crowded machine everything is on its way for longer, and that is not the program's fault.
    """
    deadline = time.monotonic() + CLEAN_DEADLINE * crowding()
    while True:
        found = find()
        if not any(map(moving, found)) or time.monotonic() > deadline:
            return found
        select.select([], [], [], LOOK_AGAIN)


def has_ended_unowned(process: Process, ours: Collection[int]) -> bool:
    """Whether it is a zombie that one of ours will reap, for its own parent has ended: nobody else can."""
    return process.state == "Z" and process.ppid in ours


def _left_name(path: str) -> LeftBehind:
    if path.endswith(FIFO_MARK):
        return LeftBehind(kind=Remainder.FIFO, name=path.rpartition("/")[2].removesuffix(FIFO_MARK))
    kind = Remainder.SHARED_MEMORY if path.startswith("/dev/shm") else Remainder.FILE  # noqa: S108
    return LeftBehind(kind=kind, name=SEMAPHORE.sub("semaphore ", path.rpartition("/")[2]))


def _left(process: Process) -> LeftBehind:
    kind = Remainder.ZOMBIE if process.state == "Z" else Remainder.PROCESS
    return LeftBehind(kind=kind, name=_named(process.command) or "?")


def _named(command: str) -> str:
    """A command as its author wrote it; of a process of multiprocessing only the interpreter, for the rest is ours."""
    program = command.partition(" ")[0].rpartition("/")[2]
    return program if OURS.search(command) else command[:200]
