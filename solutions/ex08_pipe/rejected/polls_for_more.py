# expect: answers_each_request failed -
# expect: counts_the_requests failed -
# expect: answers_with_the_exception failed -
# expect: survives_a_peer_that_leaves failed -
# expect: any_request failed -
"""`while connection.poll()`: nothing there yet is taken for nothing to come."""

import multiprocessing


def serve(connection, handler) -> int:
    count = 0
    while connection.poll():
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
    return count


def converse(connection, handler) -> int:
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
    converse(mine, handler)
    mine.close()


def ask_all(handler, requests) -> list:
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
