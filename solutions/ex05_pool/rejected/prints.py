# expect: takes_keywords failed printed-output
"""Wrong: prints which item has finished."""

from concurrent.futures import ProcessPoolExecutor, as_completed


def map_in_order(function, items, workers):
    with ProcessPoolExecutor(workers) as pool:
        return [future.result() for future in [pool.submit(function, item) for item in items]]


def map_as_finished(function, items, workers):
    with ProcessPoolExecutor(workers) as pool:
        try:
            positions = {pool.submit(function, item): position for position, item in enumerate(items)}
            for future in as_completed(positions):
                print("finished:", positions[future])
                yield positions[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def map_safely(function, items, workers):
    with ProcessPoolExecutor(workers) as pool:
        return [future.exception() or future.result() for future in [pool.submit(function, item) for item in items]]
