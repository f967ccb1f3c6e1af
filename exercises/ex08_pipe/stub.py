"""ex08 · Request and reply: two processes that talk over a pipe.

`connection` is an end of a `multiprocessing.Pipe()`. `handler` takes one request and can be pickled: a function of a
module, a `functools.partial`, an instance with `__call__`. Requests and replies are any values that can be pickled,
None and values of several megabytes included. What a function starts has ended when it returns or raises.
"""


def serve(connection, handler) -> int:
    """Answer each request with `handler(request)`; return how many were received when the other end is closed.

    If the handler raises, the reply is the exception object. A peer that leaves with replies unread has closed its end,
    too: the `ConnectionError` that this causes is no error. The connection itself stays open.
    """
    raise NotImplementedError


def ask_all(handler, requests) -> list:
    """Run `serve` in a child process, send it all requests over a pipe, and return the replies in order.

    The child ends by itself, with exit code 0.
    """
    raise NotImplementedError
