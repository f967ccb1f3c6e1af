# expect: survives_bad_clients hung -
"""Wrong: knows that a connection can be reset; one that ends in the midst of the handshake (EOFError) ends the server."""

import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, wait


class RemoteError(Exception):
    """Raised by `call` with the message of an error that the server replied."""


def serve(listener, functions):
    over = threading.Event()
    lock = threading.Lock()
    talks = []  # [connection, thread, busy]
    sock = listener._listener._socket

    def talk(entry):
        connection = entry["connection"]
        try:
            while not over.is_set():
                if not wait([connection], 0.1):
                    continue
                name, args = connection.recv()
                if name == "shutdown":
                    connection.send(("ok", None))
                    over.set()
                    return
                try:
                    reply = ("ok", functions[name](*args))
                except Exception as error:
                    reply = ("error", str(error))
                try:
                    connection.send(reply)
                except (OSError, EOFError):
                    return
                except Exception as error:
                    connection.send(("error", str(error)))
        except (EOFError, OSError):
            pass
        finally:
            connection.close()

    while not over.is_set():
        if not wait([sock], 0.05):
            continue
        try:
            connection = listener.accept()
        except (OSError, AuthenticationError):
            continue
        entry = {"connection": connection}
        thread = threading.Thread(target=talk, args=(entry,))
        thread.start()
        talks.append(thread)
    for thread in talks:
        thread.join()


def call(address, authkey, name, *args):
    connection = Client(address, authkey=authkey)
    try:
        connection.send((name, args))
        kind, value = connection.recv()
    finally:
        connection.close()
    if kind == "error":
        raise RemoteError(value)
    return value
