# Raises an exception that only has the name of queue.Full.
class Full(Exception):
    pass


Full.__module__ = "queue"


def put_or_fail(queue, item, seconds):
    raise Full
