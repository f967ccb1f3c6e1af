"""Asks again and again which handles are ready."""

import multiprocessing
import time


def collect(handle):
    try:
        return True, handle.get()
    except Exception as error:
        return False, error


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    first = None
    with multiprocessing.Pool(workers) as pool:
        pending = [pool.apply_async(function, args) for args in arguments]
        while pending:
            for handle in [handle for handle in pending if handle.ready()]:
                pending.remove(handle)
                fine, value = collect(handle)
                try:
                    if fine:
                        on_result(value)
                    else:
                        on_error(value)
                except Exception as error:
                    first = first or error
            time.sleep(0.005)
    if first:
        raise first


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    begin = time.monotonic()
    pool = multiprocessing.Pool(workers)
    handles = {item: pool.apply_async(function, [item]) for item in items}
    while time.monotonic() - begin < seconds and not all(handle.ready() for handle in handles.values()):
        time.sleep(0.01)
    ready = {item: collect(handle)[1] for item, handle in handles.items() if handle.ready()}
    pool.terminate()
    pool.join()
    return ready, [item for item in handles if item not in ready]
