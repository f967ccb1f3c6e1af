"""ex09 · Bytes over a pipe: messages as they are, without a pickle around them.

`connection` is an end of a `multiprocessing.Pipe()`. A frame is a bytes object of any length, 0 included, and travels
as one message. `limit` is 1 or more.
"""


class FrameTooLong(Exception):
    """Raised by `receive_frames` for a message that is longer than its limit."""


def send_frames(connection, frames) -> None:
    """Send each bytes object of `frames` as one message, then close the connection; also if sending raises."""
    raise NotImplementedError


def receive_frames(connection, limit: int) -> list[bytes]:
    """Return all messages until the other end is closed; then close the connection.

    A message that is longer than `limit` raises FrameTooLong; the connection is closed in this case, too.
    """
    raise NotImplementedError


def receive_into(connection, buffer: bytearray) -> bytes:
    """Receive the next message into `buffer` and return it.

    It is complete even when the buffer is too short for it (whose content is then unspecified). The buffer keeps its
    length, the connection stays open. EOFError at the end.
    """
    raise NotImplementedError


def gather(connections: list) -> list[tuple[int, object]]:
    """Receive objects from all connections, whichever is ready, until all are closed at the other end.

    Return (index, object) pairs, in order per connection. One that has sent nothing holds back no other. None of the
    connections is closed.
    """
    raise NotImplementedError
