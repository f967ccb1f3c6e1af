# expect: refuses_long_frames failed -
# expect: closes_after_receiving failed -
"""Does not close the connection."""

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
    if True:
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
    waiting = {connection: index for index, connection in enumerate(connections)}
    while waiting:
        for connection in wait(list(waiting)):
            try:
                pairs.append((waiting[connection], connection.recv()))
            except EOFError:
                del waiting[connection]
    return pairs
