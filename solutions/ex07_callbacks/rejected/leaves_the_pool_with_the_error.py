# expect: survives_a_failing_callback failed child-left-behind
"""Wrong: if a callback raised, the pool is neither closed nor waited for."""

from concurrent.futures import ProcessPoolExecutor, as_completed, wait
import multiprocessing
import time


def run_until(function, items, workers, seconds):
    end = time.monotonic() + seconds
    pool = ProcessPoolExecutor(workers)
    futures = {item: pool.submit(function, item) for item in items}
    done, late = wait(futures.values(), max(0, end - time.monotonic()))
    if late:
        for process in list((pool._processes or {}).values()):
            process.kill()
    pool.shutdown(cancel_futures=True)
    found = {item: future.exception() or future.result() for item, future in futures.items() if future in done}
    return found, [item for item in items if item not in found]


def submit_all(function, arguments, workers, on_result, on_error):
    pool = multiprocessing.Pool(workers)
    handles = [pool.apply_async(function, args) for args in arguments]
    first = None
    while handles:
        for handle in list(handles):
            if not handle.ready():
                continue
            handles.remove(handle)
            try:
                result = handle.get()
            except Exception as error:
                answer, value = on_error, error
            else:
                answer, value = on_result, result
            try:
                answer(value)
            except Exception as error:
                first = first or error
        time.sleep(0.01)
    if first is not None:
        raise first
    pool.close()
    pool.join()
