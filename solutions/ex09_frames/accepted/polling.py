"""Looks at each connection again and again for a moment."""

import multiprocessing
import time


class FrameTooLong(Exception):
    pass


class Closing:
    def __init__(self, connection):
        self.connection = connection

    def __enter__(self):
        return self.connection

    def __exit__(self, *_):
        if not self.connection.closed:
            self.connection.close()


def send_frames(connection, frames) -> None:
    with Closing(connection) as out:
        for frame in list(frames):
            out.send_bytes(memoryview(frame))


def receive_frames(connection, limit: int) -> list[bytes]:
    frames = []
    with Closing(connection) as source:
        try:
            while True:
                frame = source.recv_bytes()
                if len(frame) > limit:
                    raise FrameTooLong(len(frame), limit)
                frames += [frame]
        except EOFError:
            pass
    return frames


def receive_into(connection, buffer: bytearray) -> bytes:
    try:
        size = connection.recv_bytes_into(buffer)
    except multiprocessing.BufferTooShort as error:
        return error.args[0]
    return bytes(buffer[:size])


def gather(connections: list) -> list[tuple[int, object]]:
    pairs, ended = [], set()
    while len(ended) < len(connections):
        quiet = True
        for index, connection in enumerate(connections):
            if index in ended or not connection.poll(0):
                continue
            quiet = False
            try:
                pairs.append((index, connection.recv()))
            except EOFError:
                ended.add(index)
        if quiet:
            time.sleep(0.002)
    return pairs
