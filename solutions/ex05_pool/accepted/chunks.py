"""Neighbouring items in one piece where order is wanted, one by one where the next result is; spawn, always."""

import itertools
import multiprocessing
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait

CONTEXT = multiprocessing.get_context("spawn")


def compute_chunk(function, chunk, keep_errors):
    results = []
    for item in chunk:
        try:
            results.append(function(item))
        except Exception as error:
            if not keep_errors:
                raise
            results.append(error)
    return results


def mapped(function, items, workers, keep_errors):
    size = max(1, -(-len(items) // workers))
    chunks = [items[begin : begin + size] for begin in range(0, len(items), size)]
    with CONTEXT.Pool(workers) as pool:
        parts = pool.starmap(compute_chunk, [(function, chunk, keep_errors) for chunk in chunks], chunksize=1)
    return list(itertools.chain.from_iterable(parts))


def map_in_order(function, items, workers: int) -> list:
    return mapped(function, items, workers, keep_errors=False)


def map_safely(function, items, workers: int) -> list:
    return mapped(function, items, workers, keep_errors=True)


def map_as_finished(function, items, workers: int):
    with ProcessPoolExecutor(workers, mp_context=CONTEXT) as executor:
        waiting = enumerate(items)
        pending = {}
        try:
            while True:
                for position, item in itertools.islice(waiting, workers - len(pending)):
                    pending[executor.submit(function, item)] = position
                if not pending:
                    return
                done, _ = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield pending.pop(future), future.result()
        finally:
            for future in pending:
                future.cancel()
