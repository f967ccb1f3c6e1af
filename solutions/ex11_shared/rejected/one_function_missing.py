# expect: scales_the_block failed missing-function
# expect: scales_in_processes skipped -
# expect: leaves_the_rest skipped -
# expect: leaves_the_block skipped -
# expect: prints_nothing failed missing-function
"""Wrong: scale_shared is not there yet."""

import multiprocessing


def add_to_bins(array, indices):
    with array.get_lock():
        for index in indices:
            array[index] += 1


def histogram(values, bins, workers):
    array = multiprocessing.Array("q", bins)
    processes = [
        multiprocessing.Process(target=add_to_bins, args=(array, values[number::workers])) for number in range(workers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return list(array)
