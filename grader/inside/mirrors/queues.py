"""Queue, JoinableQueue and SimpleQueue.

Queue.put returns before the item is in the pipe: a feeder thread flushes it later (library docs, "Pipes and Queues").
Put and flush are two events, and the feeder is a worker of its own.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from multiprocessing import queues as _queues
from multiprocessing import synchronize as _synchronize
from typing import Any

from .. import gate
from ..vocabulary import Aspect, Op

queues: Any = _queues  # its private parts are what a mirror replaces
synchronize: Any = _synchronize

PIPE_ROOM = 32_768  # bytes that surely fit into an empty pipe; a larger flush would block while others must wait

_real_get = queues.Queue.get
_real_feed = queues.Queue._feed
_real_join_thread = queues.Queue.join_thread
_real_cancel = queues.Queue.cancel_join_thread
_real_error = queues.Queue._on_queue_feeder_error
_real_task_done = queues.JoinableQueue.task_done
_real_join = queues.JoinableQueue.join
_feeding = threading.local()  # of a feeder thread: its queue, and whether it is sending
_simple = {name: getattr(queues.SimpleQueue, name) for name in ("get", "put")}


def install() -> None:
    """Gate the three queues."""
    for kind, name in ((queues.Queue, "queue"), (queues.JoinableQueue, "queue"), (queues.SimpleQueue, "simplequeue")):
        kind.__init__ = _named(kind.__init__, name)
    for kind in (queues.Queue, queues.JoinableQueue):
        kind.put = _putter(kind.put)
    queues.Queue.get = get
    for op, name in ((Op.EMPTY, "empty"), (Op.FULL, "full"), (Op.QSIZE, "qsize")):
        setattr(queues.Queue, name, _query(op, getattr(queues.Queue, name)))
    queues.Queue._feed = staticmethod(_feed)
    queues.Queue._on_queue_feeder_error = staticmethod(_feeder_error)
    queues.Queue.join_thread = _join_thread
    queues.Queue.cancel_join_thread = _cancel_join_thread
    queues.JoinableQueue.task_done = _task_done
    queues.JoinableQueue.join = _join
    queues.SimpleQueue.get = _simple_get
    queues.SimpleQueue.put = _simple_put
    queues.SimpleQueue.empty = _query(Op.EMPTY, queues.SimpleQueue.empty)


def _passes(self: Any) -> bool:
    """Whether its operations take no turns: a queue that the library made for something that runs free has no name."""
    return gate.is_off() or not hasattr(self, "_gate_name")


def _passes_or_is_closed(self: Any) -> bool:
    """Likewise: who closed it here is refused at once, and never waits for items or room."""
    return _passes(self) or (self._reader.closed if isinstance(self, queues.SimpleQueue) else self._closed)


def _limit(block: object, timeout: float | None) -> float | None:
    return (None if timeout is None else max(0.0, float(timeout))) if block else 0.0


def _named(real: Callable[..., None], kind: str) -> Callable[..., None]:
    """A queue has a name; the locks that the library puts into it are its own affair, and take no names of others."""

    def init(self: Any, *arguments: Any, **keywords: Any) -> None:
        if gate.is_off():
            real(self, *arguments, **keywords)
            return
        with gate.passing():
            real(self, *arguments, **keywords)
        self._gate_name = gate.new_name(kind)

    return init


def _feeder(self: Any) -> str:
    return f"feeder of {self._gate_name} in {gate.me()}"


def _room(self: Any) -> bool:
    return bool(self._sem._semlock._get_value() > 0)


def _putter(real: Callable[..., Any]) -> Callable[..., Any]:
    def put(self: Any, obj: Any, block: bool = True, timeout: float | None = None) -> Any:
        if _passes_or_is_closed(self):
            return real(self, obj, block, timeout)

        def attempt() -> tuple[bool, bool]:
            self._wlock._gate_feeder = _feeder(self)
            self._wlock._gate_queue = self._gate_name
            try:
                real(self, obj, False)
            except queue.Full:
                gate.tell(self._gate_name, Aspect.ROOM, False)
                return False, False
            gate.feed(_feeder(self))
            gate.saw(True)
            gate.tell(self._gate_name, Aspect.ROOM, _room(self))
            gate.tell(self._gate_name, Aspect.DONE, False)
            return True, True

        bounded = self._maxsize < synchronize.SEM_VALUE_MAX
        need = (self._gate_name, Aspect.ROOM) if bounded else None
        wait = _limit(block, timeout) if bounded else None
        if not gate.turn(Op.PUT, self._gate_name, attempt, need=need, wait=wait, value=gate.shown(obj)):
            raise queue.Full
        return None

    return put


def get(self: Any, block: bool = True, timeout: float | None = None) -> Any:
    """Queue.get, in turns."""
    if _passes_or_is_closed(self):
        return _real_get(self, block, timeout)

    def attempt() -> tuple[bool, tuple[Any, ...]]:
        try:
            item = _real_get(self, False)
        except queue.Empty:
            gate.tell(self._gate_name, Aspect.ITEMS, False)
            return False, ()
        gate.saw(item)
        gate.tell(self._gate_name, Aspect.ITEMS, self._poll())
        gate.tell(self._gate_name, Aspect.ROOM, True)
        return True, (item,)

    need = (self._gate_name, Aspect.ITEMS)
    found = gate.turn(Op.GET, self._gate_name, attempt, need=need, wait=_limit(block, timeout))
    if not found:
        raise queue.Empty
    return found[0]


def _query(op: Op, real: Callable[..., Any]) -> Callable[..., Any]:
    def query(self: Any) -> Any:
        if _passes(self):
            return real(self)

        def attempt() -> tuple[bool, Any]:
            result = real(self)
            gate.saw(result)
            return True, result

        return gate.turn(op, self._gate_name, attempt)

    return query


class _FlushLock:
    """The queue's write lock as its feeder sees it: the turn is asked before the library's lock is taken."""

    def __init__(self, lock: Any) -> None:
        self.lock = lock

    def acquire(self) -> None:
        gate.turn(Op.FLUSH, self.lock._gate_queue)
        self.lock._semlock.acquire()

    def release(self) -> None:
        self.lock._semlock.release()
        gate.tell(self.lock._gate_queue, Aspect.ITEMS, True)
        gate.finished_flush()


def _feed(buffer: Any, notempty: Any, send_bytes: Any, writelock: Any, *rest: Any) -> Any:
    if not hasattr(writelock, "_gate_feeder"):
        return _real_feed(buffer, notempty, send_bytes, writelock, *rest)

    def send(data: Any) -> None:
        if len(data) > PIPE_ROOM:
            gate.uncontrolled("an item of many bytes in a queue")
        _feeding.had_its_turn = True
        send_bytes(data)
        _feeding.had_its_turn = False

    gate.become(writelock._gate_feeder)
    _feeding.queue, _feeding.had_its_turn = writelock._gate_queue, False
    _real_feed(buffer, notempty, send, _FlushLock(writelock), *rest)
    return None


def _feeder_error(error: BaseException, obj: Any) -> None:
    """An item is lost. One that cannot be pickled has had no turn yet: its place on the queue is free again with it."""
    _real_error(error, obj)
    if not gate.is_feeding():
        return
    if _feeding.had_its_turn:
        _feeding.had_its_turn = False  # one that could not be sent: `_FlushLock.release` has told of it
        return
    gate.turn(Op.FLUSH, _feeding.queue, _lose, value=gate.shown(error))
    gate.finished_flush()


def _lose() -> tuple[bool, None]:
    gate.tell(_feeding.queue, Aspect.ROOM, True)
    return True, None


def _join_thread(self: Any) -> Any:
    if _passes(self):
        return _real_join_thread(self)
    feeder = _feeder(self)
    gate.turn(Op.JOIN_THREAD, self._gate_name, need=(feeder, Aspect.FLUSHED), wait=None)
    with gate.passing():
        return _real_join_thread(self)


def _cancel_join_thread(self: Any) -> None:
    """What is not flushed when the process ends is lost then (library docs, "Pipes and Queues")."""
    _real_cancel(self)
    if not gate.is_off():
        gate.abandon(_feeder(self))


def _done(self: Any) -> bool:
    return bool(self._unfinished_tasks._semlock._is_zero())


def _task_done(self: Any) -> Any:
    if _passes(self):
        return _real_task_done(self)

    def attempt() -> tuple[bool, None]:
        try:
            return True, _real_task_done(self)
        finally:
            gate.tell(self._gate_name, Aspect.DONE, _done(self))

    gate.turn(Op.TASK_DONE, self._gate_name, attempt)
    return None


def _join(self: Any) -> Any:
    if _passes(self):
        return _real_join(self)
    need = (self._gate_name, Aspect.DONE)

    def attempt() -> tuple[bool, None]:
        done = _done(self)
        gate.tell(self._gate_name, Aspect.DONE, done)
        return done, None

    gate.turn(Op.JOIN_QUEUE, self._gate_name, attempt, need=need, wait=None)
    return None


def _simple_get(self: Any) -> Any:
    if _passes_or_is_closed(self):
        return _simple["get"](self)

    def attempt() -> tuple[bool, Any]:
        if not self._poll():
            gate.tell(self._gate_name, Aspect.ITEMS, False)
            return False, None
        item = _simple["get"](self)
        gate.saw(item)
        gate.tell(self._gate_name, Aspect.ITEMS, self._poll())
        return True, item

    return gate.turn(Op.GET, self._gate_name, attempt, need=(self._gate_name, Aspect.ITEMS), wait=None)


def _simple_put(self: Any, obj: Any) -> Any:
    if _passes(self):
        return _simple["put"](self, obj)

    def attempt() -> tuple[bool, None]:
        _simple["put"](self, obj)
        gate.saw(True)
        gate.tell(self._gate_name, Aspect.ITEMS, True)
        return True, None

    gate.turn(Op.PUT, self._gate_name, attempt, value=gate.shown(obj))
    return None
