"""Right: counts down what it has waited, slice by slice; a manager's barrier; whose turn it is stands in a shared memory block."""

import multiprocessing
import time
from multiprocessing import shared_memory


class PhaseFailed(Exception):
    """Raised by `run_phases` if a step has raised."""


def _run(step, worker, phases, barrier, failures):
    for phase in range(phases):
        try:
            step(worker, phase)
        except Exception:
            failures[phase] = worker
        barrier.wait()
        if phase in failures:
            raise SystemExit(3)


def run_phases(step, workers, phases):
    with multiprocessing.Manager() as manager:
        barrier, failures = manager.Barrier(workers), manager.dict()
        crew = [multiprocessing.Process(target=_run, args=(step, w, phases, barrier, failures)) for w in range(workers)]
        [p.start() for p in crew]
        [p.join() for p in crew]
        if any(p.exitcode for p in crew):
            raise PhaseFailed(str(dict(failures)))


def _write(name, me, rounds, lock):
    block = shared_memory.SharedMemory(name)
    try:
        done = 0
        while done < rounds:
            with lock:
                n = int.from_bytes(block.buf[:8], "little")
                if n % 2 == me:
                    block.buf[8 + n] = me
                    block.buf[:8] = (n + 1).to_bytes(8, "little")
                    done += 1
                    continue
            time.sleep(0.001)
    finally:
        block.close()


def ping_pong(rounds):
    lock = multiprocessing.Lock()
    block = shared_memory.SharedMemory(create=True, size=8 + 2 * rounds)
    try:
        block.buf[:8] = bytes(8)
        crew = [multiprocessing.Process(target=_write, args=(block.name, me, rounds, lock)) for me in (0, 1)]
        for p in crew:
            p.start()
        for p in crew:
            p.join()
        return [("ping", "pong")[b] for b in bytes(block.buf[8 : 8 + 2 * rounds])]
    finally:
        block.close()
        block.unlink()


def wait_for(condition, predicate, seconds):
    with condition:
        left = seconds
        while not predicate():
            if left <= 0:
                return False
            begin = time.monotonic()
            condition.wait(min(left, 0.25))
            left -= time.monotonic() - begin
        return True
