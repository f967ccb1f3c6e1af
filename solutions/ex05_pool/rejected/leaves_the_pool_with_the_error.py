# expect: passes_an_error_on failed child-left-behind
"""Wrong: leaves the pool when the function raises: close and join are not in a finally."""

from concurrent.futures import ProcessPoolExecutor, as_completed


import multiprocessing


def map_in_order(function, items, workers):
    pool = multiprocessing.Pool(workers)
    results = pool.map(function, items, chunksize=1)
    pool.close()
    pool.join()
    return results


def map_as_finished(function, items, workers):
    with ProcessPoolExecutor(workers) as pool:
        try:
            positions = {pool.submit(function, item): position for position, item in enumerate(items)}
            for future in as_completed(positions):
                yield positions[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def map_safely(function, items, workers):
    with ProcessPoolExecutor(workers) as pool:
        return [future.exception() or future.result() for future in [pool.submit(function, item) for item in items]]
