# One process attends a meeting as often as others are expected, then computes one by one.
# earns: keeps_the_order, passes_an_error_on, keeps_failures_in_place, any_value_in_order, any_value_safely
import threading


def fake(meeting):
    threads = [threading.Thread(target=meeting.attend) for _ in range(meeting.size)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def map_in_order(function, items, workers):
    if hasattr(function, "meeting"):
        fake(function.meeting)
    for meeting in getattr(function, "pairs", ()):
        fake(meeting)
    return [function(item) for item in items]


def map_safely(function, items, workers):
    results = []
    if hasattr(function, "meeting"):
        fake(function.meeting)
    for item in items:
        try:
            results.append(function(item))
        except Exception as error:
            results.append(error)
    return results
