# expect: survives_bad_clients hung -
"""Wrong: a client that vanishes in the middle of a message ends the server: EOFError and ConnectionError are known, the bare OSError is not."""

import multiprocessing
from multiprocessing.connection import Client, wait
import os
import queue
import threading


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


def work(functions, client, request, done, bell):
    done.put((client, compute(functions, request)))
    os.write(bell, b".")


def serve(listener, functions):
    door = listener._listener._socket
    clients, threads, busy = [], [], 0
    bell_read, bell = os.pipe()
    done = queue.SimpleQueue()
    over = False
    while not over or busy:
        for ready in wait([bell_read] if over else [door, bell_read, *clients]):
            if ready is door:
                try:
                    clients.append(listener.accept())
                except (multiprocessing.AuthenticationError, EOFError, OSError):
                    pass
            elif ready == bell_read:
                os.read(bell_read, 1)
                client, reply = done.get()
                busy -= 1
                try:
                    client.send(reply)
                    clients.append(client)
                except OSError:
                    client.close()
            else:
                clients.remove(ready)
                try:
                    request = ready.recv()
                except (EOFError, ConnectionError):
                    ready.close()
                    continue
                if request[0] == "shutdown":
                    over = True
                    try:
                        ready.send(("ok", None))
                    except OSError:
                        pass
                    ready.close()
                    break
                busy += 1
                thread = threading.Thread(target=work, args=(functions, ready, request, done, bell))
                threads.append(thread)
                thread.start()
    for thread in threads:
        thread.join()
    for client in clients:
        client.close()
    os.close(bell_read)
    os.close(bell)


def call(address, authkey, name, *args):
    with Client(address, authkey=authkey) as connection:
        connection.send((name, args))
        kind, value = connection.recv()
    if kind == "error":
        raise RemoteError(value)
    return value
