# expect: asks_in_a_child failed unpicklable-target
# expect: child_ends_by_itself failed unpicklable-target
# expect: moves_large_messages failed unpicklable-target
# expect: keeps_to_the_form failed unpicklable-target
"""A lambda as target: only fork can start it."""

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
    mine, theirs = multiprocessing.Pipe()
    child = multiprocessing.Process(target=lambda: run(theirs, mine, handler))
    child.start()
    theirs.close()
    replies = []
    for request in requests:
        mine.send(request)
        replies.append(mine.recv())
    mine.close()
    child.join()
    return replies
