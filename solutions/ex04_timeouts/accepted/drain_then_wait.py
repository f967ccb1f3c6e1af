"""Takes what is there without waiting, then waits for the next; puts in the same two steps."""

from datetime import datetime, timedelta
from queue import Empty, Full


def put_or_fail(queue, item, seconds: float) -> None:
    try:
        queue.put_nowait(item)
    except Full:
        queue.put(item, timeout=seconds)


def put_within(queue, items, seconds: float) -> list:
    waiting = list(items)
    refused = []
    while waiting:
        item = waiting.pop(0)
        try:
            put_or_fail(queue=queue, item=item, seconds=seconds)
        except Full:
            refused.append(item)
    return refused


def get_within(queue, seconds: float, default=None):
    for limit in (0, seconds):
        try:
            return queue.get(timeout=limit)
        except Empty:
            continue
    return default


def _drain(queue):
    while True:
        try:
            yield queue.get_nowait()
        except Empty:
            return


def collect_for(queue, seconds: float) -> list:
    end = datetime.now() + timedelta(seconds=seconds)
    items = list(_drain(queue))
    while (left := (end - datetime.now()).total_seconds()) > 0:
        try:
            items.append(queue.get(timeout=left))
        except Empty:
            break
        items.extend(_drain(queue))
    return items
