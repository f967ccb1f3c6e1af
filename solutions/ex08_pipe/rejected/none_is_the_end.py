# expect: any_request failed -
# expect: any_reply failed -
"""`iter(recv, None)`: a request that is None ends the conversation."""

import multiprocessing


def serve(connection, handler) -> int:
    count = 0
    try:
        for request in iter(connection.recv, None):
            count += 1
            try:
                reply = handler(request)
            except Exception as error:
                reply = error
            connection.send(reply)
    except (EOFError, ConnectionError):
        pass
    return count


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
