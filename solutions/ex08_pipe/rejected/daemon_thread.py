# expect: asks_in_a_child failed no-processes
"""A thread is no child process."""

import multiprocessing
import threading


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


def run(mine, theirs, handler):
    serve(mine, handler)
    mine.close()


def ask_all(handler, requests) -> list:
    mine, theirs = multiprocessing.Pipe()
    child = threading.Thread(target=run, args=(theirs, mine, handler))
    child.start()
    replies = []
    for request in requests:
        mine.send(request)
        replies.append(mine.recv())
    mine.close()
    child.join()
    return replies
