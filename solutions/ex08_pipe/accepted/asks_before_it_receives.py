"""Waits with `poll` and `wait`; a few small steps, everything in functions of its own."""

import multiprocessing
from multiprocessing.connection import wait


END = object()


def receive(connection):
    wait([connection])
    try:
        return connection.recv()
    except (EOFError, OSError):
        return END


def answer(connection, reply):
    try:
        connection.send(reply)
    except OSError:
        return False
    return True


def serve(connection, handler) -> int:
    received = []
    request = receive(connection)
    while request is not END:
        received.append(True)
        try:
            reply = handler(request)
        except Exception as problem:
            reply = problem
        if not answer(connection, reply):
            break
        request = receive(connection)
    return len(received)


def main(pipe, handler):
    parent, child = pipe
    parent.close()
    serve(child, handler)


def ask_all(handler, requests) -> list:
    pipe = parent, child = multiprocessing.Pipe()
    process = multiprocessing.Process(target=main, args=(pipe, handler), daemon=True)
    process.start()
    child.close()
    try:
        return [ask(parent, request) for request in requests]
    finally:
        parent.close()
        process.join()


def ask(connection, request):
    connection.send(request)
    connection.poll(None)
    return connection.recv()
