"""The child of `ask_all` runs `serve` on a connection of its own kind: a stop word takes the place of the end."""

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


class UntilStop:
    """A connection whose end is a word, so that it does not matter who else holds the other end."""

    def __init__(self, connection):
        self.connection = connection
        self.send = connection.send

    def recv(self):
        more, request = self.connection.recv()
        if not more:
            raise EOFError
        return request


def child(connection, handler):
    serve(UntilStop(connection), handler)


def ask_all(handler, requests) -> list:
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=child, args=(theirs, handler))
    process.start()
    replies = []
    for request in requests:
        mine.send((True, request))
        replies.append(mine.recv())
    mine.send((False, None))
    process.join()
    mine.close()
    theirs.close()
    return replies
