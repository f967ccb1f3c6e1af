# expect: asks_in_a_child failed -
"""Starts a child for every request."""

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


def run(mine, theirs, handler):
    theirs.close()
    serve(mine, handler)
    mine.close()


def ask_all(handler, requests) -> list:
    return [ask(handler, [request])[0] for request in requests]


def ask(handler, requests):
    mine, theirs = multiprocessing.Pipe()
    child = multiprocessing.Process(target=run, args=(theirs, mine, handler))
    child.start()
    theirs.close()
    replies = []
    for request in requests:
        mine.send(request)
        replies.append(mine.recv())
    mine.close()
    child.join()
    return replies
