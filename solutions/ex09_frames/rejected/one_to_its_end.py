# expect: silent_one_holds_back_no_other failed holds-back-others
"""Wrong: takes all that one ready connection has to say before it looks at the others: a talker that goes on holds back all."""

from multiprocessing import BufferTooShort
from multiprocessing.connection import wait


class FrameTooLong(Exception):
    """Raised by `receive_frames` for a message that is longer than its limit."""


def send_frames(connection, frames):
    try:
        for frame in frames:
            connection.send_bytes(frame)
    finally:
        connection.close()


def receive_frames(connection, limit):
    got = []
    try:
        while True:
            frame = connection.recv_bytes()
            if len(frame) > limit:
                raise FrameTooLong(len(frame))
            got.append(frame)
    except EOFError:
        return got
    finally:
        connection.close()


def receive_into(connection, buffer):
    try:
        size = connection.recv_bytes_into(buffer)
    except BufferTooShort as error:
        return error.args[0]
    return bytes(buffer[:size])


def gather(connections):
    pairs, left = [], {connection: index for index, connection in enumerate(connections)}
    while left:
        for connection in wait(list(left)):
            try:
                while True:
                    pairs.append((left[connection], connection.recv()))
            except EOFError:
                del left[connection]
    return pairs
