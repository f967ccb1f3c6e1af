"""One call in a box, from the request to what is left of it.

request over the control socket -> the zygote forks the call's process
line:  set up -> ready -> (look what is there) go -> answer -> (look what is left) bye -> measured exit
desk:  workers, meetings, doors, shared memory; in an explored episode the gates, served by the coordinator
else:  output is drained and capped, the kernel is asked every 20 ms whether anything can still move, and every 50 ms
       what all processes together use
"""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import time
from collections.abc import Callable
from typing import Any

from grader.inside.vocabulary import Role
from grader.model.exercise import Limits
from grader.model.observation import Stop
from grader.observe.hang import Hang, Stuck
from grader.observe.stacks import Stacks
from grader.schedule.coordinator import Coordinator, End, Uncontrolled
from grader.suite.aftermath import Aftermath
from grader.suite.boxes import OpenBox
from grader.suite.consumption import Meter, crowding
from grader.suite.desk import Desk, receive
from grader.suite.gatekeeper import Gatekeeper
from grader.suite.records import Line, Record
from grader.wire import Introduction, Malformed, ZygoteWord

LOOK_EVERY = 0.02  # seconds between two looks at the kernel's state
EXIT_DEADLINE = 5.0  # for the end of a process that was told to end, or killed
CHUNK = 65_536

STOPS = {Hang.DEAD: Stop.HUNG, Hang.LIVELOCK: Stop.LIVELOCK, Hang.ASLEEP: Stop.ASLEEP}
SLOW_BESIDE = "a thread or process that takes no turns, and its time,"

Handler = Callable[[], None]


class Conversation:
    """Runs one request to its end; `run` returns the record and leaves the box clean, or marks it as used up."""

    def __init__(self, box: OpenBox, request: dict[str, Any], limits: Limits, coordinator: Coordinator | None) -> None:
        self.box = box
        self.request = request
        self.limits = limits
        ours, self._theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if hasattr(socket, "SO_PASSCRED"):
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self.record = Record(
            line=Line(connection=ours), coordinator=coordinator, ends_badly=request.get("ends_badly", False)
        )
        self.selector = selectors.DefaultSelector()
        self.gates = Gatekeeper(coordinator, self.record) if coordinator else None
        self.meter = Meter(box, limits, counts_cpu=coordinator is None)
        self.stacks = Stacks(box.sources)
        self.aftermath = Aftermath(box, self.record, request["call"], None if coordinator else self.stacks)
        self.desk = Desk(
            request["call"],
            self.record,
            self._note_before,
            stacks=self.stacks.writer,
            bereave=request["bereave"],
        )
        self.ended = False
        self._pipes: dict[str, int] = {}
        self._began = time.monotonic()

    def run(self) -> Record:
        """Hold the conversation."""
        self._start()
        try:
            self._listen()
        except Malformed as violation:
            self._stop(Stop.VIOLATION, str(violation))
        finally:
            self._finish()
        return self.record

    def _start(self) -> None:
        out_read, out_write = os.pipe()
        err_read, err_write = os.pipe()
        fds = [self._theirs.fileno(), out_write, err_write]
        self.box.request(self.request, fds)
        self._theirs.close()
        os.close(out_write)
        os.close(err_write)
        self._pipes = {"stdout": out_read, "stderr": err_read}
        for name, fd in self._pipes.items():
            os.set_blocking(fd, False)
            self._on(fd, lambda name=name: self._drain(name))  # type: ignore[misc]
        self._on(self.record.line.connection, self._hear_line)
        self._on(self.box.control, self._hear_zygote)
        self._on(self.box.desk, self._hear_desk)

    def _on(self, source: Any, handler: Handler) -> None:
        self.selector.register(source, selectors.EVENT_READ, handler)

    def _off(self, source: Any) -> None:
        with contextlib.suppress(KeyError):  # it was taken off before
            self.selector.unregister(source)

    def _listen(self) -> None:
        deadline = self._began + self.limits.wall
        while self.record.stop is None:
            ready = self.selector.select(0 if self.box.end else LOOK_EVERY)
            for key, _ in ready:
                if self.record.stop is None:
                    key.data()
            if not ready and self.record.stop is None and (word := self.box.end_heard()):
                self._note_end(word)  # after everything that was said before the end
            if self.gates and self.record.stop is None:
                self._advance(self.gates)
            if not ready and self.record.stop is None:
                self._look()
            if self.record.stop is None and (beyond := self.meter.exceeded()):
                self._stop_beyond(*beyond)
            if self.record.stop is None and time.monotonic() > deadline and self._is_over(self.limits.wall):
                if self.gates and self.gates.coordinator.runs_beside:
                    self._stop(Stop.UNCONTROLLED, SLOW_BESIDE)
                self._give_up(Stop.DEADLINE, None)

    def _is_over(self, seconds: float) -> bool:
        """Whether the time is over, counted as if the machine were ours: a crowded one is not the program's fault."""
        return time.monotonic() - self._began > seconds * crowding()

    def _advance(self, gates: Gatekeeper) -> None:
        match gates.advance():
            case Uncontrolled(what=what):
                self._stop(Stop.UNCONTROLLED, what)
            case End():
                self._stop(Stop.HUNG)

    def _look(self) -> None:
        """Nothing came: ask the kernel whether anything still can."""
        self.desk.let_crowds_go(time.monotonic(), crowding())
        if self.gates and (outside := self.gates.astray(crowding())):
            self._stop(Stop.UNCONTROLLED, outside)
            return
        stuck = self.aftermath.stuck(self._own_pid(), self._began + self.limits.wall * crowding())
        if stuck is None or self.selector.select(0):
            return
        if self.gates:
            self._stop(Stop.UNCONTROLLED, "it waits for something that turns do not cover")
        elif self.desk.let_meetings_go():
            self.aftermath.forget()
        elif beyond := self.meter.exceeded(still=True):  # it hangs, too, but that is not what it did first
            self._stop_beyond(*beyond)
        else:
            self._give_up(STOPS[stuck.hang], stuck)

    def _stop_beyond(self, stop: Stop, limit: str) -> None:
        """End a run that is beyond a limit; who computes without end is asked in which line."""
        if stop is Stop.CPU:
            self._give_up(stop, None, limit)
        else:
            self._stop(stop, limit)

    def _give_up(self, stop: Stop, stuck: Stuck | None, note: str = "") -> None:
        """End a run that does not come to an answer, and ask its processes where they are as long as they live."""
        self._stop(stop, note)
        if not self.gates:
            self.aftermath.explain(stuck, f"{self.request['module']}.py")

    def _own_pid(self) -> int:
        return self.record.line.pid

    def _stop(self, stop: Stop, note: str = "") -> None:
        if self.record.stop is None:
            self.record.stop = stop
            self.record.note = note[:500]

    def _hear_line(self) -> None:
        line = self.record.line
        data, fds, sender = receive(line.connection)
        for fd in fds:
            os.close(fd)
        if not data:
            self._off(line.connection)
            return
        line.pid = line.pid or sender
        if sender != line.pid:
            raise Malformed("an answer from another process than the one that was started")
        complete = line.take(data)
        if complete:
            self.aftermath.after_answer(line)
            line.seconds = time.monotonic() - (line.began or self._began)
            self._stop(Stop.ANSWERED)
        elif line.ready and line.began is None:
            self._note_before()
            line.began = time.monotonic()
            self._say(line, b"go")

    def _hear_zygote(self) -> None:
        try:
            word = self.box.hear(socket.MSG_DONTWAIT)
        except BlockingIOError:
            return  # another handler of the same round took the word
        if word is None:
            self._stop(Stop.EXITED, "the box has ended")
        elif word.ended is not None:
            self.box.end = word

    def _note_end(self, word: ZygoteWord) -> None:
        self.ended = True
        self.record.status = word.status
        self._stop(Stop.EXITED)

    def _hear_desk(self) -> None:
        """Somebody comes: on a crowded machine a process may be halted before it says who it is."""
        with contextlib.suppress(BlockingIOError):
            connection = self.desk.accept(self.box.desk)
            self._on(connection, lambda: self._hear_introduction(connection))

    def _hear_introduction(self, connection: socket.socket) -> None:
        self._off(connection)
        arrived = self.desk.take_in(connection)
        if arrived is None:
            return
        word, pid = arrived
        if word.role is Role.GATE:
            if self.gates is None:
                raise Malformed("a gate in a free run")
            self.gates.hello(connection, word, pid)
            self._on(connection, lambda: self._hear_gate(connection))
        else:
            self._welcome(connection, word, pid)

    def _welcome(self, connection: socket.socket, word: Introduction, pid: int) -> None:
        if word.name in self.record.workers:
            raise Malformed("a worker that is there already")
        line = Line(connection=connection, pid=pid, place=word.count, size=word.size)
        self.record.workers[word.name] = line
        self._on(connection, lambda: self._hear_worker(line))

    def _hear_worker(self, line: Line) -> None:
        data, fds, _ = receive(line.connection)
        for fd in fds:
            os.close(fd)
        if not data:
            self._off(line.connection)
            return
        if line.take(data):
            line.seconds = time.monotonic() - (line.began or self._began)
            self.aftermath.after_answer(line)
            self.aftermath.after_worker(line.pid)
            self._say(line, b"bye")
        elif line.ready and line.began is None:
            workers = list(self.record.workers.values())
            ready = [worker for worker in workers if worker.ready and worker.began is None]
            if self.gates or len([worker for worker in workers if worker.ready]) >= line.size:
                for worker in ready:
                    worker.began = time.monotonic()
                    self._say(worker, b"go")

    def _note_before(self) -> None:
        """What is there from now on does not count as left behind."""
        self.aftermath.before(self.record.line.pid, names=self.gates is None)

    def _say(self, line: Line, word: bytes) -> None:
        with contextlib.suppress(OSError):  # it has ended: its exit is measured
            line.connection.send(word)

    def _hear_gate(self, connection: socket.socket) -> None:
        assert self.gates is not None
        if not self.gates.hear(connection):
            self._off(connection)
            self.desk.drop(connection)

    def _drain(self, name: str) -> None:
        try:
            data = os.read(self._pipes[name], CHUNK)
        except BlockingIOError:
            return
        if not data:
            self._off(self._pipes[name])
            return
        self.record.output[name] += data
        if sum(map(len, self.record.output.values())) > self.limits.output_bytes:
            self._stop(Stop.OUTPUT)

    def _finish(self) -> None:
        record = self.record
        for name, fd in self._pipes.items():
            self._drain_rest(name, fd)
        self._read_memory()
        self.aftermath.see_who_fell(f"{self.request['module']}.py")
        if record.stop is Stop.ANSWERED:
            self._look_around()
            self._say(record.line, b"bye")
            self.ended = self.ended or self.box.wait_for_end(record, EXIT_DEADLINE)
        self.aftermath.clear(ended=self.ended)
        if record.mappings:
            self.aftermath.clear_names()
        record.births |= self.aftermath.seen - record.housekeepers  # one may be seen before it has told what it is
        record.wall = time.monotonic() - self._began
        self.desk.close()
        self.stacks.close()
        record.endings.close()
        self.selector.close()
        record.line.connection.close()
        for fd in self._pipes.values():
            os.close(fd)
        for memory in record.memory.values():
            memory.close()
        for mapping in record.mappings.values():
            mapping.close()

    def _look_around(self) -> None:
        try:
            self.aftermath.after(names=self.gates is None)
        except Malformed as violation:
            self.record.stop, self.record.note = Stop.VIOLATION, str(violation)[:500]

    def _drain_rest(self, name: str, fd: int) -> None:
        try:
            while data := os.read(fd, CHUNK):
                self.record.output[name] += data
                if len(self.record.output[name]) > self.limits.output_bytes:
                    return
        except BlockingIOError:
            return

    def _read_memory(self) -> None:
        for name, memory in self.record.memory.items():
            try:
                self.record.shared[name] = memory.read()
            except Malformed as lost:  # also after an answer: what it is about was taken away
                self.record.stop, self.record.note = Stop.VIOLATION, str(lost)[:500]
