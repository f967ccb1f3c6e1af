"""Right: a step that raises ends its process; the caller sees that end and breaks the barrier for the others."""

import multiprocessing
from multiprocessing.connection import wait
from threading import BrokenBarrierError
from time import monotonic


class PhaseFailed(Exception):
    pass


def phases_of(step, worker, barrier, phases):
    for phase in range(phases):
        step(worker, phase)
        try:
            barrier.wait()
        except BrokenBarrierError:
            return


def run_phases(step, workers, phases):
    barrier = multiprocessing.Barrier(workers)
    running = {}
    for worker in range(workers):
        process = multiprocessing.Process(target=phases_of, args=(step, worker, barrier, phases))
        process.start()
        running[process.sentinel] = process
    failed = 0
    while running:
        for sentinel in wait(list(running)):
            process = running.pop(sentinel)
            process.join()
            if process.exitcode:
                failed += 1
                barrier.abort()
    if failed:
        raise PhaseFailed(f"{failed} workers")


def write(token, texts, text, rounds, other):
    for _ in range(rounds):
        at = token.get()
        texts[at] = text
        other.put(at + 1)


def ping_pong(rounds):
    ping, pong = multiprocessing.SimpleQueue(), multiprocessing.SimpleQueue()
    texts = multiprocessing.Array("u", 2 * rounds)
    first = multiprocessing.Process(target=write, args=(ping, texts, "i", rounds, pong))
    second = multiprocessing.Process(target=write, args=(pong, texts, "o", rounds, ping))
    second.start()
    first.start()
    ping.put(0)
    first.join()
    second.join()
    ping.close()
    pong.close()
    return [f"p{letter}ng" for letter in texts[:]]


def wait_for(condition, predicate, seconds):
    end = monotonic() + seconds
    with condition:
        while not predicate() and (left := end - monotonic()) > 0:
            condition.wait(timeout=left)
        return predicate()
