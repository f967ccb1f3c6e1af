"""A thread sends while the caller reads; the server is a loop over a generator."""

import multiprocessing
import threading


def requests_of(connection):
    while True:
        try:
            yield connection.recv()
        except (EOFError, ConnectionResetError):
            return


def attempt(handler, request):
    try:
        return handler(request)
    except Exception as error:
        return error


def serve(connection, handler) -> int:
    count = 0
    for count, request in enumerate(requests_of(connection), start=1):
        reply = attempt(handler, request)
        try:
            connection.send(reply)
        except (BrokenPipeError, ConnectionResetError):
            break
    return count


def child(connections, handler):
    mine, callers = connections
    callers.close()
    serve(mine, handler)


def ask_all(handler, requests) -> list:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=child, args=((there, here), handler))
    process.start()
    there.close()

    def send():
        for request in requests:
            here.send(request)

    sender = threading.Thread(target=send)
    sender.start()
    replies = [here.recv() for _ in requests]
    sender.join()
    here.close()
    process.join()
    process.close()
    return replies
