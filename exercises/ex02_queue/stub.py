"""ex02 · Items through a queue: put without waiting, and receive from a child process.

`queue` is a `multiprocessing.Queue` or `JoinableQueue`, bounded or not, or the `Queue` of a manager; others may use it
at the same time. An item is any picklable value: None, False, 0, "" and [] are items, and so are several megabytes.
"""


def offer(queue, items) -> list:
    """Put the items of the list on the queue, in order, without ever waiting.

    Return, in order, those for which there was no room. Each item is tried once; a refused one does not end the
    attempt.
    """
    raise NotImplementedError


def send_through(items: list) -> list:
    """Let a child process put every item on a queue; receive them all and return them in order.

    Works under every start method, leaves no process behind and prints nothing.
    """
    raise NotImplementedError
