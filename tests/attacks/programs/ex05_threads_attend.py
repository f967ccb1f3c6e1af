# Computes in threads of one process; each attends for itself.
# earns: keeps_the_order, passes_an_error_on, any_value_in_order
from concurrent.futures import ThreadPoolExecutor


def map_in_order(function, items, workers):
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(function, items))
