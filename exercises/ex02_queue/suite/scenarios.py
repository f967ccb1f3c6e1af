"""Small programs around the functions of ex02: who else uses the queue, and what travels through it."""

import contextlib
import multiprocessing as mp
import os
import queue as queues
import threading
import time
from multiprocessing.managers import BaseManager
from queue import Empty, Full


class RoomLater(queues.Queue):
    """The queue of a server: when it has refused so many times, somebody takes an item out."""

    def __init__(self, size, refusals):
        super().__init__(size)
        self.refusals = refusals
        self.looks = 0

    def looked(self):
        """How often somebody has asked whether it is full."""
        return self.looks

    def refuse(self):
        """Count one more refusal, and make room after the last."""
        self.refusals -= 1
        if self.refusals == 0:
            self.get_nowait()

    def put(self, item, block=True, timeout=None):  # noqa: FBT002 - as the queue has it
        """Refuse first, and make room then."""
        try:
            super().put(item, block, timeout)
        except Full:
            self.refuse()
            raise

    def full(self):
        """Say that it is full, and make room then."""
        self.looks += 1
        answer = super().full()
        if answer:
            self.refuse()
        return answer


class Room(BaseManager):
    """A manager whose queue gets room between two attempts."""


Room.register("Queue", RoomLater)


class Traveller:
    """An item that writes down which processes have sent it on."""

    def __init__(self, label, senders=()):
        self.label = label
        self.senders = senders

    def __reduce__(self):
        return Traveller, (self.label, (*self.senders, os.getpid()))


class Slow:
    """An item that takes its time on its way, where a queue's thread makes it ready: there, seconds can be virtual."""

    def __init__(self, label, seconds):
        self.label = label
        self.seconds = seconds

    def __reduce__(self):
        if threading.current_thread() is not threading.main_thread():
            time.sleep(self.seconds)
        return Slow, (self.label, 0)


@contextlib.contextmanager
def opened(kind, size=0):
    """Lend a queue of that kind, as long as the block lasts."""
    if kind == "manager":
        with mp.Manager() as manager:
            yield manager.Queue(size)
        return
    queue = {"queue": mp.Queue, "joinable": mp.JoinableQueue}[kind](size)
    try:
        yield queue
    finally:
        queue.close()
        queue.join_thread()


def fill(queue, items):
    """Put all items; when this process has ended, they are in the queue and not on their way."""
    for item in items:
        queue.put(item)


def take(queue, count):
    """Take that many items, whenever they come."""
    return [queue.get() for _ in range(count)]


def put_if_room(queue, item):
    """Somebody else who puts an item if there is room."""
    try:
        queue.put_nowait(item)
    except Full:
        return False
    return True


def take_late(queue, meeting, sizes):
    """Come when nothing else can happen any more, take as many, and tell their sizes."""
    meeting.attend()
    return [len(queue.get()) for _ in sizes]


def rest_of(queue):
    """Empty a queue that nobody else uses any more."""
    items = []
    with contextlib.suppress(Empty):
        while True:
            items.append(queue.get(timeout=0))
    return items


def outcome_of(function, *args):
    """Give what the function returned, or the exception that it raised."""
    try:
        return function(*args)
    except Exception as error:  # noqa: BLE001 - whatever it raises is the outcome
        return error


def offer_to(stage, *, kind, size, before, items):
    """`offer` to a queue that holds something already and that nobody else uses."""
    with opened(kind, size) as queue:
        stage.together(filler=stage.partner(fill, queue, before))
        stage.together(offerer=stage.call("offer", queue=queue, items=items))
        return rest_of(queue)


def offer_while_room_comes(stage, *, items, refusals):
    """`offer` to a full queue, in which there is room for one as soon as it has refused so many times."""
    with Room() as manager:
        queue = manager.Queue(1, refusals)
        queue.put("first")
        return [stage.submission.offer(queue, items), rest_of(queue), queue.looked()]


def offer_while_somebody_puts(stage, *, items):
    """`offer` while somebody else wants the same room."""
    with opened("queue", 1) as queue:
        offerer = stage.call("offer", queue, items)
        stage.together(offerer=offerer, somebody=stage.partner(put_if_room, queue, "other"))
        return rest_of(queue)


def offer_while_somebody_takes(stage, *, items):
    """`offer` to a full queue while somebody else takes one item."""
    with opened("joinable", 1) as queue:
        stage.together(filler=stage.partner(fill, queue, ["first"]))
        stage.together(offerer=stage.call("offer", queue, items), somebody=stage.partner(take, queue, 1))
        return rest_of(queue)


def offer_large_ones(stage, *, sizes):
    """`offer` items larger than any pipe, which somebody takes when nothing else can happen any more."""
    meeting = stage.meeting("late taker", 2)
    items = [bytes(size) for size in sizes]
    with opened("queue") as queue:
        taker = stage.partner(take_late, queue, meeting, sizes)
        stage.together(offerer=stage.call("offer", queue, items), taker=taker)


def offer_to_closed(stage):
    """`offer` to a queue that the caller has closed, with room for what is offered."""
    with opened("queue") as queue:
        queue.close()
        return outcome_of(stage.submission.offer, queue, ["late"])


def offer_twice(stage, *, items):
    """`offer` twice to one queue, and use it in between."""
    with opened("queue", len(items)) as queue:
        handed_in = list(items)
        refused = stage.submission.offer(queue, handed_in)
        received = take(queue, len(items))
        again = stage.submission.offer(queue, [*items, "more"])
        return [refused, received, again, take(queue, len(items)), handed_in]


def send(stage, *, items):
    """`send_through`, called from a process of ours."""
    return stage.submission.send_through(items)


def send_by_keyword(stage, *, items):
    """`send_through` with a keyword, twice."""
    return [stage.submission.send_through(items=items), stage.submission.send_through(items=[])]


def send_travellers(stage, *, labels):
    """What comes back, and which processes sent it on its way; this process does not count itself."""
    arrived = stage.submission.send_through([Traveller(label) for label in labels])
    if not isinstance(arrived, list):
        return arrived
    return [[item.label, sum(sender != os.getpid() for sender in item.senders)] for item in arrived]


def send_slow_ones(stage, *, labels, seconds):
    """Each item is on its way for a long time."""
    arrived = stage.submission.send_through([Slow(label, seconds) for label in labels])
    return [item.label for item in arrived] if isinstance(arrived, list) else arrived


def send_large_ones(stage, *, sizes):
    """Items that are larger than any pipe."""
    arrived = stage.submission.send_through([bytes([number % 251]) * size for number, size in enumerate(sizes)])
    return [[len(item), sum(item[:1])] for item in arrived] if isinstance(arrived, list) else arrived


def every_function(stage, *, items):
    """Both functions, once where all goes well and once where there is no room."""
    with opened("queue", 2) as queue:
        stage.submission.offer(queue, items)
        received = take(queue, 2)
    stage.submission.send_through(received)
