"""`apply_async` for every item first, `get` afterwards; callbacks hand over what has finished."""

import multiprocessing
import queue


def map_in_order(function, items, workers: int) -> list:
    pool = multiprocessing.Pool(processes=workers)
    try:
        pending = [pool.apply_async(function, (item,)) for item in items]
        return [handle.get() for handle in pending]
    finally:
        pool.terminate()
        pool.join()


def map_as_finished(function, items, workers: int):
    finished = queue.SimpleQueue()
    pool = multiprocessing.Pool(processes=workers)
    try:
        for position, item in enumerate(items):
            pool.apply_async(
                function,
                (item,),
                callback=lambda result, position=position: finished.put((position, result, None)),
                error_callback=lambda error, position=position: finished.put((position, None, error)),
            )
        pool.close()
        for _ in items:
            position, result, error = finished.get()
            if error is not None:
                raise error
            yield position, result
    finally:
        pool.terminate()
        pool.join()


def map_safely(function, items, workers: int) -> list:
    with multiprocessing.Pool(processes=workers) as pool:
        pending = [pool.apply_async(function, args=[item]) for item in items]
        results = []
        for handle in pending:
            handle.wait()
            try:
                results.append(handle.get())
            except Exception as error:
                results.append(error)
        return results
