# expect: closes_after_sending failed -
"""Closes only when the connection fails, not when a frame is none."""

import contextlib
from multiprocessing import BufferTooShort
from multiprocessing.connection import wait


class FrameTooLong(Exception):
    """Raised by `receive_frames` for a message that is longer than its limit."""


def send_frames(connection, frames):
    try:
        for frame in frames:
            connection.send_bytes(frame)
    except OSError:
        connection.close()
        raise
    connection.close()


def receive_frames(connection, limit):
    frames = []
    with connection, contextlib.suppress(EOFError):
        while True:
            frame = connection.recv_bytes()
            if len(frame) > limit:
                raise FrameTooLong(len(frame))
            frames.append(frame)
    return frames


def receive_into(connection, buffer):
    try:
        size = connection.recv_bytes_into(buffer)
    except BufferTooShort as error:
        return error.args[0]
    return bytes(buffer[:size])


def gather(connections):
    pairs = []
    index = {connection: number for number, connection in enumerate(connections)}
    while index:
        for connection in wait(list(index)):
            try:
                pairs.append((index[connection], connection.recv()))
            except EOFError:
                del index[connection]
    return pairs
