"""ex18 · Functions for other processes: a server of calls over `multiprocessing.connection`.

A request is `(name, args)`, a name and a tuple; its reply is `("ok", result)` or `("error", message)`.
"""


class RemoteError(Exception):
    """Raised by `call` with the message of an error that the server replied."""


def serve(listener, functions: dict) -> None:
    """Answer the requests of all clients of the Listener until one calls `"shutdown"`.

    A client may send any number of requests, one after the other. The reply to a request is what
    `functions[name](*args)` returned, or `str(exception)` of what it raised, or any message if there is no such name.
    Clients are served at once, in this process: one that has connected and sends no request holds back no other, and
    one with a wrong key or that vanishes, even in the handshake, stops nothing. The caller of `"shutdown"` gets
    `("ok", None)`. Requests that are being computed are still answered, idle clients are disconnected, the listener
    stays open for its owner.
    """
    raise NotImplementedError


def call(address, authkey: bytes, name: str, *args):
    """Send one request over a Client of its own; return the result, or raise RemoteError with the message."""
    raise NotImplementedError
