"""Small programs around the functions of ex04: who else uses the queue, and when."""

import contextlib
import multiprocessing as mp
import time
from queue import Empty


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


def fill_each(queues, item):
    """Put one item on each queue."""
    for queue in queues:
        queue.put(item)


def put_later(queue, items, pause):
    """Sleep before each item."""
    for item in items:
        time.sleep(pause)
        queue.put(item)


def take_later(queue, pause):
    """Make room for one item after a while."""
    time.sleep(pause)
    return queue.get()


def take(queue, count):
    """Take that many items, whenever they come."""
    return [queue.get() for _ in range(count)]


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


class Unreadable:
    """Something that raises when it is taken from a queue."""

    def __reduce__(self):
        return refuse, ()


class Laborious:
    """A text that takes a while to be taken from a queue, as something very large does; it comes out as the text."""

    def __init__(self, text, seconds):
        self.text = text
        self.seconds = seconds

    def __reduce__(self):
        return labour, (self.text, self.seconds)


def labour(text, seconds):
    """Be busy for so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return text


def refuse():
    """Raise what makes an item unreadable."""
    raise LookupError("this item cannot be rebuilt")


def put_into_full(stage, *, cases):
    """One `put_or_fail` per (kind, item, seconds), each on a full queue of its own from which nobody takes."""
    with contextlib.ExitStack() as stack:
        queues = [stack.enter_context(opened(kind, 1)) for kind, _, _ in cases]
        stage.together(filler=stage.partner(fill_each, queues, "first"))
        for queue, (kind, item, seconds) in zip(queues, cases, strict=True):
            stage.together(**{kind: stage.call("put_or_fail", queue, item, seconds)})
        return [rest_of(queue) for queue in queues]


def put_while_room_comes(stage, *, kind, item, seconds, pause):
    """`put_or_fail` on a full queue from which somebody takes after a while."""
    with opened(kind, 1) as queue:
        stage.together(filler=stage.partner(fill, queue, ["first"]))
        putter = stage.call("put_or_fail", queue=queue, item=item, seconds=seconds)
        stage.together(putter=putter, taker=stage.partner(take_later, queue, pause))
        return rest_of(queue)


def put_all(stage, *, kind, size, before, items, seconds):  # noqa: PLR0913 - each is varied
    """`put_within` on a queue from which nobody takes."""
    with opened(kind, size) as queue:
        stage.together(filler=stage.partner(fill, queue, before))
        stage.together(putter=stage.call("put_within", queue=queue, items=items, seconds=seconds))
        return rest_of(queue)


def put_all_while_room_comes(stage, *, kind, items, seconds, pause):
    """`put_within` on a full queue from which somebody takes one item after a while."""
    with opened(kind, 1) as queue:
        stage.together(filler=stage.partner(fill, queue, ["first"]))
        putter = stage.call("put_within", queue, items, seconds)
        stage.together(putter=putter, taker=stage.partner(take_later, queue, pause))
        return rest_of(queue)


def get_from_empty(stage, *, cases):
    """One `get_within` per (kind, seconds, default) on an empty queue, and one that says nothing of a default."""
    for kind, seconds, default in cases:
        with opened(kind) as queue:
            stage.together(**{kind: stage.call("get_within", queue, seconds, default)})
    with opened("queue") as queue:
        stage.together(unsaid=stage.call("get_within", queue=queue, seconds=cases[0][1]))


def get_what_comes_late(stage, *, kind, item, seconds, pause):
    """`get_within` on a queue into which somebody puts an item after a while."""
    with opened(kind) as queue:
        getter = stage.call("get_within", queue, seconds, default="nothing")
        stage.together(getter=getter, giver=stage.partner(put_later, queue, [item], pause))
        return rest_of(queue)


def get_each(stage, *, kind, items, default):
    """`get_within` once for each item that is in the queue, and once more."""
    with opened(kind) as queue:
        stage.together(filler=stage.partner(fill, queue, items))
        got = [stage.submission.get_within(queue, 30, default) for _ in items]
        return [*got, stage.submission.get_within(queue, 0, default)]


def two_getters(stage, *, kind, item, seconds):
    """Two processes want the only item."""
    with opened(kind) as queue:
        stage.together(filler=stage.partner(fill, queue, [item]))
        first = stage.call("get_within", queue, seconds, "nothing")
        stage.together(first=first, second=stage.call("get_within", queue, seconds, "nothing"))
        return rest_of(queue)


def two_putters(stage, *, kind, seconds):
    """Two processes want the only room, by different functions."""
    with opened(kind, 1) as queue:
        first = stage.call("put_or_fail", queue, "first", seconds)
        stage.together(first=first, second=stage.call("put_within", queue, ["second"], seconds))
        return rest_of(queue)


def two_collectors(stage, *, kind, items, seconds):
    """Two processes collect from one queue."""
    with opened(kind) as queue:
        stage.together(filler=stage.partner(fill, queue, items))
        first = stage.call("collect_for", queue, seconds)
        stage.together(first=first, second=stage.call("collect_for", queue, seconds))
        return rest_of(queue)


def collect_arrivals(stage, *, kind, size, before, items, seconds, pause):  # noqa: PLR0913 - each is varied
    """`collect_for` while somebody puts one item after the other, with a pause before each."""
    with opened(kind, size) as queue:
        stage.together(filler=stage.partner(fill, queue, before))
        collector = stage.call("collect_for", queue=queue, seconds=seconds)
        stage.together(collector=collector, giver=stage.partner(put_later, queue, items, pause))
        return rest_of(queue)


def put_at_once(stage, *, items):
    """`put_or_fail` and `put_within` with no time at all, on a queue that has room for two."""
    with opened("queue", 2) as queue:
        refused = stage.submission.put_within(queue, items, 0)
        failure = outcome_of(stage.submission.put_or_fail, queue, "late", 0)
        got = take(queue, 2)
        nothing, again = stage.submission.put_or_fail(queue, "again", 0), take(queue, 1)
        return [refused, failure, got, nothing, again, stage.submission.put_within(queue, ["later"], 0)]


def get_at_once(stage, *, kind, items, default):
    """`get_within` with no time at all, on a queue that holds something and on an empty one."""
    with opened(kind) as queue:
        stage.together(filler=stage.partner(fill, queue, items))
        return [stage.submission.get_within(queue, 0, default) for _ in [*items, None]]


def collect_at_once(stage, *, kind, items, seconds):
    """`collect_for` on what is in the queue, what is left there, and `collect_for` once more."""
    with opened(kind) as queue:
        stage.together(filler=stage.partner(fill, queue, items))
        collected, rest = stage.submission.collect_for(queue=queue, seconds=seconds), rest_of(queue)
        kept = list(collected) if isinstance(collected, list) else collected
        return [kept, rest, stage.submission.collect_for(queue, 0)]


def collect_laborious(stage, *, items, labour, seconds):
    """`collect_for` on items in the queue, of which the first takes longer to rebuild than there is time."""
    first, *others = items
    with opened("queue") as queue:
        stage.together(filler=stage.partner(fill, queue, [Laborious(first, labour), *others]))
        return [stage.submission.collect_for(queue, seconds), rest_of(queue)]


def one_after_the_other(stage, *, kind, seconds):
    """All four functions on one queue, which has room for two."""
    submission = stage.submission
    with opened(kind, 2) as queue:
        refused = submission.put_within(queue, ["a", "b", "c"], seconds)
        failure = outcome_of(submission.put_or_fail, queue, "d", seconds)
        first = submission.get_within(queue, 30)
        nothing = submission.put_or_fail(queue, "e", seconds)
        collected = submission.collect_for(queue, seconds)
        rest = 2 - len(collected) if isinstance(collected, list) else 0
        return [refused, failure, first, nothing, collected, take(queue, rest)]


def large_items(stage, *, size):
    """Items that are larger than any pipe."""
    large = [bytes([number]) * size for number in (1, 2)]
    with opened("queue", 1) as queue:
        stage.together(
            putter=stage.call("put_within", queue, large, 30),
            getter=stage.call("get_within", queue, 30),
            taker=stage.partner(take, queue, 1),
        )


def large_items_of_a_manager(stage, *, size):
    """As large, on a manager's queue that has room for one."""
    with opened("manager", 1) as queue:
        stage.together(
            collector=stage.call("collect_for", queue, 0.3), putter=stage.call("put_or_fail", queue, b"x" * size, 30)
        )
        return rest_of(queue)


def after_close(stage):
    """All four functions on a queue that the caller has closed, with an item in it and room for more."""
    with opened("queue") as queue:
        stage.together(filler=stage.partner(fill, queue, ["first"]))
        queue.close()
        submission = stage.submission
        return [
            outcome_of(submission.put_or_fail, queue, "late", 1),
            outcome_of(submission.put_within, queue, ["late"], 1),
            outcome_of(submission.get_within, queue, 1),
            outcome_of(submission.collect_for, queue, 1),
        ]


def unreadable_item(stage):
    """`get_within` and `collect_for` when taking the item raises."""
    with opened("queue") as queue:
        stage.together(filler=stage.partner(fill, queue, [Unreadable(), Unreadable()]))
        got = outcome_of(stage.submission.get_within, queue, 30)
        return [got, outcome_of(stage.submission.collect_for, queue, 1)]
