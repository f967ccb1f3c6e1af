# expect: gathers_all_objects failed -
# expect: silent_one_holds_back_no_other failed -
"""Counts the index among those that are still open."""

import multiprocessing
from multiprocessing.connection import wait


class FrameTooLong(Exception):
    pass


def send_frames(connection, frames) -> None:
    try:
        for frame in frames:
            connection.send_bytes(frame)
    finally:
        connection.close()


def receive_frames(connection, limit: int) -> list[bytes]:
    frames = []
    with connection:
        while True:
            try:
                frame = connection.recv_bytes()
            except EOFError:
                return frames
            if len(frame) > limit:
                raise FrameTooLong(len(frame))
            frames.append(frame)


def receive_into(connection, buffer: bytearray) -> bytes:
    try:
        size = connection.recv_bytes_into(buffer)
    except multiprocessing.BufferTooShort as error:
        return error.args[0]
    return bytes(buffer[:size])


def gather(connections: list) -> list[tuple[int, object]]:
    pairs = []
    waiting = list(connections)
    while waiting:
        for connection in wait(waiting):
            try:
                pairs.append((waiting.index(connection), connection.recv()))
            except EOFError:
                waiting.remove(connection)
    return pairs
