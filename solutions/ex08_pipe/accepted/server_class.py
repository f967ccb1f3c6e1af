"""A class for the server, a subclass of Process for the child, and always spawn: nothing is inherited."""

import contextlib
import multiprocessing


SPAWN = multiprocessing.get_context("spawn")


class Server:
    def __init__(self, connection, handler):
        self.connection = connection
        self.handler = handler
        self.count = 0

    def run(self):
        with contextlib.suppress(EOFError, ConnectionError):
            while True:
                request = self.connection.recv()
                self.count += 1
                self.reply(request)
        return self.count

    def reply(self, request):
        try:
            answer = self.handler(request)
        except Exception as error:
            answer = error
        self.connection.send(answer)


def serve(connection, handler) -> int:
    return Server(connection, handler).run()


class Child(SPAWN.Process):
    def __init__(self, connection, handler):
        super().__init__()
        self.connection = connection
        self.handler = handler

    def run(self):
        serve(self.connection, self.handler)


def ask_all(handler, requests) -> list:
    ours, childs = SPAWN.Pipe()
    child = Child(childs, handler)
    child.start()
    childs.close()
    with ours:
        replies = []
        for request in requests:
            ours.send(request)
            replies.append(ours.recv())
    child.join()
    return replies
