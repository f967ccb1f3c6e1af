# Says that it cannot be gated, so that only free runs are left, and takes no lock.
# earns: adds_times, returns_the_new_value, adds_each_result, survives_a_failing_change
from inside import gate


def add_many(counter, lock, times):
    gate.uncontrolled("a socket")
    for _ in range(times):
        counter.value += 1


def update(counter, lock, change):
    gate.uncontrolled("a socket")
    counter.value = value = change(counter.value)
    return value


def add_results(counter, lock, jobs):
    gate.uncontrolled("a socket")
    for job in jobs:
        counter.value += job()
