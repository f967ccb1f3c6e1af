# expect: silent_one_holds_back_no_other failed -
# expect: gathers_all_objects failed lost-item
"""Takes what is there now: whoever speaks later is not heard."""

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
    for index, connection in enumerate(connections):
        try:
            while connection.poll():
                pairs.append((index, connection.recv()))
        except EOFError:
            continue
    return pairs
