# expect: crawls_over_http failed missing-function
"""The function that the stub gives is gone."""

from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait


def crawl(start: str, fetch, workers: int) -> dict[str, list[str]]:
    pages, known = {}, {start}
    with ProcessPoolExecutor(workers) as executor:
        running = {executor.submit(fetch, start): start}
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                address = running.pop(future)
                pages[address] = future.result() if future.exception() is None else []
                for link in pages[address]:
                    if link not in known:
                        known.add(link)
                        running[executor.submit(fetch, link)] = link
    return pages
