"""One loop waits for the listener and all clients; only what has to be computed gets a thread."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, wait
import os
import queue


class RemoteError(Exception):
    pass


def compute(functions, request):
    name, args = request
    if name not in functions:
        return "error", "unknown: " + str(name)
    try:
        return "ok", functions[name](*args)
    except Exception as error:
        return "error", str(error)


def serve(listener, functions: dict) -> None:
    door = listener._listener._socket
    clients, busy = [], {}
    done_read, done_write = os.pipe()
    done = queue.SimpleQueue()

    def finished(client):
        done.put(client)
        os.write(done_write, b".")

    over = False
    with ThreadPoolExecutor(64) as pool:
        while not over or busy:
            for ready in wait([done_read] if over else [door, done_read, *clients]):
                if ready is door:
                    try:
                        clients.append(listener.accept())
                    except (AuthenticationError, EOFError, OSError):
                        pass
                elif ready == done_read:
                    os.read(done_read, 1)
                    client = done.get()
                    try:
                        client.send(busy.pop(client).result())
                        clients.append(client)
                    except OSError:
                        client.close()
                else:
                    clients.remove(ready)
                    try:
                        request = ready.recv()
                        if request[0] == "shutdown":
                            over = True
                            ready.send(("ok", None))
                            ready.close()
                            break
                    except (EOFError, OSError):
                        ready.close()
                        continue
                    busy[ready] = pool.submit(compute, functions, request)
                    busy[ready].add_done_callback(lambda _, client=ready: finished(client))
    for client in clients:
        client.close()
    os.close(done_read)
    os.close(done_write)


def call(address, authkey: bytes, name: str, *args):
    with Client(address, authkey=authkey) as connection:
        connection.send((name, args))
        kind, value = connection.recv()
    if kind == "error":
        raise RemoteError(value)
    return value
