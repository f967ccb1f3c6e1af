# expect: counts_failures_as_finished failed -
"""Wrong: a TimeoutError that the function itself raised counts as unfinished."""

from concurrent.futures import ProcessPoolExecutor, as_completed, wait
import multiprocessing
import time


def submit_all(function, arguments, workers, on_result, on_error):
    first = None
    with ProcessPoolExecutor(workers) as pool:
        for future in as_completed([pool.submit(function, *args) for args in arguments]):
            error = future.exception()
            try:
                if error is not None:
                    on_error(error)
                else:
                    on_result(future.result())
            except Exception as raised:
                if first is None:
                    first = raised
    if first is not None:
        raise first


def run_until(function, items, workers, seconds):
    end = time.monotonic() + seconds
    pool = ProcessPoolExecutor(workers)
    futures = {item: pool.submit(function, item) for item in items}
    found, late = {}, []
    for item, future in futures.items():
        try:
            found[item] = future.result(timeout=max(0, end - time.monotonic()))
        except TimeoutError:
            late.append(item)
        except Exception as error:
            found[item] = error
    if late:
        for process in list((pool._processes or {}).values()):
            process.kill()
    pool.shutdown(cancel_futures=True)
    return found, late
