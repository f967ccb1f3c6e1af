"""Receives the whole message first and copies as much of it as there is room for."""

import selectors


class FrameTooLong(Exception):
    pass


def send_frames(connection, frames) -> None:
    try:
        for frame in frames:
            connection.send_bytes(frame)
    finally:
        connection.close()


def messages(connection):
    while True:
        try:
            yield connection.recv_bytes()
        except EOFError:
            return


def receive_frames(connection, limit: int) -> list[bytes]:
    try:
        frames = list(messages(connection))
    finally:
        connection.close()
    if frames and max(map(len, frames)) > limit:
        raise FrameTooLong(f"more than {limit}")
    return frames


def receive_into(connection, buffer: bytearray) -> bytes:
    message = connection.recv_bytes()
    size = min(len(message), len(buffer))
    buffer[:size] = message[:size]
    return message


def gather(connections: list) -> list[tuple[int, object]]:
    found = []
    with selectors.DefaultSelector() as selector:
        for index, connection in enumerate(connections):
            selector.register(connection, selectors.EVENT_READ, index)
        while selector.get_map():
            for key, _ in selector.select():
                try:
                    found.append((key.data, key.fileobj.recv()))
                except EOFError:
                    selector.unregister(key.fileobj)
    return found
