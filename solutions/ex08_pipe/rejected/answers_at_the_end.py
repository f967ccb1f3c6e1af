# expect: answers_each_request hung -
# expect: counts_the_requests hung -
# expect: answers_with_the_exception hung -
# expect: survives_a_peer_that_leaves hung -
# expect: leaves_the_connection_open hung -
# expect: any_request hung -
# expect: asks_in_a_child hung -
# expect: child_ends_by_itself hung -
# expect: moves_large_messages hung -
# expect: any_reply hung -
# expect: keeps_to_the_form hung -
"""Receives everything, then answers everything: the client waits for its first reply."""

import multiprocessing


def serve(connection, handler) -> int:
    requests = []
    try:
        while True:
            requests.append(connection.recv())
    except (EOFError, ConnectionError):
        pass
    for request in requests:
        try:
            reply = handler(request)
        except Exception as error:
            reply = error
        try:
            connection.send(reply)
        except ConnectionError:
            break
    return len(requests)


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
