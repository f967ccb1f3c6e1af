"""A thread for each connection; they meet in a queue."""

import multiprocessing
import queue
import threading


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


END = object()


def listen(index, connection, found):
    try:
        while True:
            found.put((index, connection.recv()))
    except EOFError:
        found.put((index, END))


def gather(connections: list) -> list[tuple[int, object]]:
    found = queue.SimpleQueue()
    threads = [threading.Thread(target=listen, args=(*pair, found)) for pair in enumerate(connections)]
    for thread in threads:
        thread.start()
    pairs, ended = [], 0
    while ended < len(threads):
        pair = found.get()
        if pair[1] is END:
            ended += 1
        else:
            pairs.append(pair)
    for thread in threads:
        thread.join()
    return pairs
