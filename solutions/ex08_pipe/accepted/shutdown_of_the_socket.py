"""Whoever inherited the other end: the socket itself is shut down, and that is the end for all."""

import multiprocessing
import socket


def serve(connection, handler) -> int:
    count = 0
    while True:
        try:
            request = connection.recv()
        except (EOFError, ConnectionError):
            return count
        count += 1
        try:
            reply = handler(request)
        except Exception as error:
            reply = error
        try:
            connection.send(reply)
        except ConnectionError:
            return count


def ask_all(handler, requests) -> list:
    mine, theirs = multiprocessing.Pipe(True)
    child = multiprocessing.Process(target=serve, args=(theirs, handler))
    child.start()
    replies = []
    for request in requests:
        mine.send(request)
        replies.append(mine.recv())
    with socket.socket(fileno=mine.fileno()) as end:
        end.shutdown(socket.SHUT_RDWR)
        end.detach()
    mine.close()
    child.join()
    theirs.close()
    return replies
