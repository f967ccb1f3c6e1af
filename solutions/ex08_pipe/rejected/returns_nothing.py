# expect: counts_the_requests failed -
# expect: answers_with_the_exception failed -
# expect: survives_a_peer_that_leaves failed -
# expect: keeps_to_the_form failed -
"""Forgets what `serve` has to return."""

import multiprocessing


def serve(connection, handler) -> int:
    count = 0
    while True:
        try:
            request = connection.recv()
        except (EOFError, ConnectionError):
            return
        count += 1
        try:
            reply = handler(request)
        except Exception as error:
            reply = error
        try:
            connection.send(reply)
        except ConnectionError:
            return


def run(mine, theirs, handler):
    theirs.close()
    serve(mine, handler)
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
