"""A program that uses everything of multiprocessing once; runs inside a box."""

import multiprocessing as mp
import os
import socket
import subprocess
from collections.abc import Callable
from multiprocessing import shared_memory
from multiprocessing.connection import Client, Listener
from typing import Any


def add(lock: Any, number: Any) -> None:
    """Add under the lock."""
    for _ in range(50):
        with lock:
            number.value += 1


def put(queue: Any, value: object) -> None:
    """Put once."""
    queue.put(value)


def square(number: int) -> int:
    """Square."""
    return number * number


def write(name: str) -> None:
    """Write into shared memory."""
    memory: Any = shared_memory.SharedMemory(name)
    memory.buf[0] = 42
    memory.close()


def greet(address: Any, family: str) -> None:
    """Say hello to a listener."""
    with Client(address, family=family, authkey=b"k") as line:
        line.send("hello")


def meet(barrier: Any, queue: Any) -> None:
    """Meet the others, then say so."""
    barrier.wait(10)
    queue.put(1)


def run(context: Any, function: Callable[..., object], *arguments: object, times: int = 1) -> list[int]:
    """Run workers to their end; their exit codes."""
    workers = [context.Process(target=function, args=arguments) for _ in range(times)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    return [worker.exitcode for worker in workers]


def locks(context: Any) -> bool:
    """Lock and Value."""
    number = context.Value("i", 0)
    assert run(context, add, context.Lock(), number, times=2) == [0, 0]
    return bool(number.value == 100)


def queues(context: Any) -> bool:
    """Queue."""
    queue = context.Queue()
    worker = context.Process(target=put, args=(queue, [1, 2]))
    worker.start()
    got = queue.get(timeout=20)
    worker.join()
    return bool(got == [1, 2])


def barriers(context: Any) -> bool:
    """Barrier and SimpleQueue."""
    barrier, queue = context.Barrier(2), context.SimpleQueue()
    run(context, meet, barrier, queue, times=2)
    return [queue.get(), queue.get()] == [1, 1]


def pools(context: Any) -> bool:
    """Pool."""
    with context.Pool(2) as pool:
        return bool(pool.map(square, range(5)) == [0, 1, 4, 9, 16])


def managers(context: Any) -> bool:
    """Manager with nested proxies."""
    with context.Manager() as manager:
        shared = manager.dict()
        shared["list"] = manager.list([1])
        shared["list"].append(2)
        return list(shared["list"]) == [1, 2]


def memory(context: Any) -> bool:
    """SharedMemory."""
    shared: Any = shared_memory.SharedMemory(create=True, size=4096)
    try:
        run(context, write, shared.name)
        return bool(shared.buf[0] == 42)
    finally:
        shared.close()
        shared.unlink()


def listeners(context: Any) -> bool:
    """Listener and Client over TCP and by path."""
    for family, address in (("AF_INET", ("localhost", 0)), ("AF_UNIX", None)):
        with Listener(address, family=family, authkey=b"k") as listener:
            worker = context.Process(target=greet, args=(listener.address, family))
            worker.start()
            with listener.accept() as line:
                assert line.recv() == "hello"
            worker.join()
    return True


FEATURES = (locks, queues, barriers, pools, managers, memory, listeners)


def broken(method: str) -> dict[str, str]:
    """The names of the features that do not work under a start method, with the reason."""
    context = mp.get_context(method)
    failed: dict[str, str] = {}
    for feature in FEATURES:
        try:
            assert feature(context)
        except BaseException as error:  # noqa: BLE001  whatever it is, it is the finding
            failed[feature.__name__] = repr(error)
    return failed


def broken_elsewhere() -> list[str]:
    """What programs use beside multiprocessing."""
    failed: list[str] = []
    echo = subprocess.run("echo hi", shell=True, capture_output=True, text=True, check=False)  # noqa: S602  the point
    if echo.stdout != "hi\n":
        failed.append("shell")
    os.mkfifo("fifo")
    if not os.cpu_count() or not os.sched_getaffinity(0):
        failed.append("processors")
    if socket.gethostbyname("localhost") != "127.0.0.1":
        failed.append("localhost")
    return failed
