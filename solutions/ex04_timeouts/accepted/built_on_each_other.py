"""Two functions do the waiting, the two others are made of them; a private object says that nothing came."""

import queue as library
import time

NOTHING = object()


def put_or_fail(queue, item, seconds: float) -> None:
    queue.put(item, True, seconds)


def put_within(queue, items, seconds: float) -> list:
    def finds_room(item):
        try:
            put_or_fail(queue, item, seconds)
        except library.Full:
            return False
        return True

    return [item for item in items if not finds_room(item)]


def get_within(queue, seconds: float, default=None):
    try:
        return queue.get(True, seconds)
    except library.Empty:
        return default


def collect_for(queue, seconds: float) -> list:
    end = time.perf_counter() + seconds

    def following():
        return get_within(queue, max(0, end - time.perf_counter()), NOTHING)

    return list(iter(following, NOTHING))
