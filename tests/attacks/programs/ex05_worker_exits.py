# A worker of the pool ends itself, and map never returns.
import multiprocessing
import os


def leave(item):
    os._exit(0)


def map_in_order(function, items, workers):
    with multiprocessing.Pool(workers) as pool:
        return pool.map(leave, items)
