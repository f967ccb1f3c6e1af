"""concurrent.futures: a future per item, asked in the order that is wanted."""

from concurrent.futures import ProcessPoolExecutor, as_completed


def map_in_order(function, items, workers: int) -> list:
    with ProcessPoolExecutor(max_workers=workers) as executor:
        futures = [executor.submit(function, item) for item in items]
        return [future.result() for future in futures]


def map_as_finished(function, items, workers: int):
    executor = ProcessPoolExecutor(max_workers=workers)
    try:
        positions = {executor.submit(function, item): position for position, item in enumerate(items)}
        for future in as_completed(positions):
            yield positions[future], future.result()
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def map_safely(function, items, workers: int) -> list:
    with ProcessPoolExecutor(max_workers=workers) as executor:
        futures = [executor.submit(function, item) for item in items]
        return [future.exception() or future.result() for future in futures]
