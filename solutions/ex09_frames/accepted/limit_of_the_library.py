"""Lets `recv_bytes(maxlength)` find out what is too long, and tells it from other errors."""

import contextlib
import multiprocessing
from multiprocessing import connection as mpc


class FrameTooLong(Exception):
    """A frame that nobody wants."""


def send_frames(connection, frames) -> None:
    with contextlib.closing(connection):
        for frame in frames:
            connection.send_bytes(frame, 0, len(frame))


def receive_frames(connection, limit: int) -> list[bytes]:
    received = []
    try:
        for frame in iter(lambda: receive(connection, limit), None):
            received.append(frame)
    finally:
        connection.close()
    return received


def receive(connection, limit):
    try:
        return connection.recv_bytes(limit)
    except EOFError:
        return None
    except ConnectionError:
        raise
    except OSError as error:
        raise FrameTooLong(limit) from error


def receive_into(connection, buffer: bytearray) -> bytes:
    view = memoryview(buffer)
    try:
        return bytes(view[: connection.recv_bytes_into(view)])
    except mpc.BufferTooShort as short:
        (message,) = short.args
        return message
    finally:
        view.release()


def gather(connections: list) -> list[tuple[int, object]]:
    open_ones, result = list(connections), []
    positions = [id(one) for one in connections]
    while open_ones:
        ready = mpc.wait(open_ones)[0]
        try:
            result.append((positions.index(id(ready)), ready.recv()))
        except EOFError:
            open_ones.remove(ready)
    return result
