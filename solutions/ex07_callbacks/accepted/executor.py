"""concurrent.futures: `as_completed` to deliver, `wait` to stop in time, then the workers are killed."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, as_completed, wait


def submit_all(function, arguments, workers: int, on_result, on_error) -> None:
    troubles = []
    with ProcessPoolExecutor(max_workers=workers) as executor:
        for future in as_completed([executor.submit(function, *args) for args in arguments]):
            error = future.exception()
            try:
                if error is None:
                    on_result(future.result())
                else:
                    on_error(error)
            except Exception as trouble:
                troubles.append(trouble)
    if troubles:
        raise troubles[0]


def run_until(function, items, workers: int, seconds: float) -> tuple[dict, list]:
    before = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(max_workers=workers)
    futures = {item: executor.submit(function, item) for item in items}
    done, pending = wait(futures.values(), timeout=seconds)
    found = {item: future.exception() or future.result() for item, future in futures.items() if future in done}
    for future in pending:
        future.cancel()
    if pending:
        for process in set(multiprocessing.active_children()) - before:
            process.kill()
    executor.shutdown(wait=True)
    return found, [item for item in items if item not in found]
