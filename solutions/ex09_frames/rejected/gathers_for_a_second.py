# expect: gathers_all_objects failed -
"""Gathers until nobody has sent anything for a second."""

import contextlib
from multiprocessing import BufferTooShort
from multiprocessing.connection import wait


class FrameTooLong(Exception):
    """Raised by `receive_frames` for a message that is longer than its limit."""


def send_frames(connection, frames):
    with connection:
        for frame in frames:
            connection.send_bytes(frame)


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
        ready = wait(list(index), timeout=1)
        if not ready:
            break
        for connection in ready:
            try:
                pairs.append((index[connection], connection.recv()))
            except EOFError:
                del index[connection]
    return pairs
