# expect: asks_in_a_child hung -
# expect: child_ends_by_itself hung -
# expect: moves_large_messages hung -
# expect: any_reply hung -
# expect: keeps_to_the_form hung -
"""Under fork the child inherits the caller's end and never closes it: the end never comes."""

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


def run(mine, handler):
    serve(mine, handler)
    mine.close()


def ask_all(handler, requests) -> list:
    mine, theirs = multiprocessing.Pipe()
    child = multiprocessing.Process(target=run, args=(theirs, handler))
    child.start()
    theirs.close()
    replies = []
    for request in requests:
        mine.send(request)
        replies.append(mine.recv())
    mine.close()
    child.join()
    return replies
