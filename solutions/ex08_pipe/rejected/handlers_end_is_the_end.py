# expect: answers_with_the_exception failed -
"""One `try` around everything: an EOFError of the handler is taken for the end."""

import multiprocessing


def serve(connection, handler) -> int:
    count = 0
    try:
        while True:
            request = connection.recv()
            count += 1
            try:
                reply = handler(request)
            except (EOFError, ConnectionError):
                raise
            except Exception as error:
                reply = error
            connection.send(reply)
    except (EOFError, ConnectionError):
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
