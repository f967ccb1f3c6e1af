"""ex04 · Waiting, but not for ever: `queue.Full` and `queue.Empty`.

`queue` is a `multiprocessing.Queue` or `JoinableQueue`, bounded or not, or the `Queue` of a manager. `seconds` is an
int or a float, never negative, and may be 0. An item is any picklable value: None, False, 0, "" and [] are items, too.
"""


def put_or_fail(queue, item, seconds: float) -> None:
    """Put `item` on the queue, waiting up to `seconds` for room.

    If there was no room in all that time, raise `queue.Full` of the standard library.
    """
    raise NotImplementedError


def put_within(queue, items, seconds: float) -> list:
    """Try each item of the list `items` in order, each of them for up to `seconds`.

    Return, in order, those that found no room. One that found none does not end the attempt.
    """
    raise NotImplementedError


def get_within(queue, seconds: float, default=None):
    """Return the next item of the queue, or `default` if none came within `seconds`."""
    raise NotImplementedError


def collect_for(queue, seconds: float) -> list:
    """Return, in order, all items that arrive until `seconds` have passed in total.

    What is in the queue when the time is over is returned or left there, never lost. With `seconds=0`, what is in the
    queue is returned.
    """
    raise NotImplementedError
