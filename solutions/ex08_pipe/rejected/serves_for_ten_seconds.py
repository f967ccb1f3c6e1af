# expect: counts_the_requests failed -
"""Takes ten seconds of silence for the end."""

import multiprocessing as mp


def serve(connection, handler):
    count = 0
    while True:
        try:
            if not connection.poll(10):
                return count
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


def _child(connection, other, handler):
    other.close()
    with connection:
        serve(connection, handler)


def ask_all(handler, requests):
    mine, theirs = mp.Pipe()
    child = mp.Process(target=_child, args=(theirs, mine, handler))
    child.start()
    theirs.close()
    replies = []
    for request in requests:
        mine.send(request)
        replies.append(mine.recv())
    mine.close()
    child.join()
    return replies
