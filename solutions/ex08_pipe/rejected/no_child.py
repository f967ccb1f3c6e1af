# expect: asks_in_a_child failed no-processes
"""Calls the handler in the caller's own process."""

import multiprocessing


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
    replies = []
    for request in requests:
        try:
            replies.append(handler(request))
        except Exception as error:
            replies.append(error)
    return replies
