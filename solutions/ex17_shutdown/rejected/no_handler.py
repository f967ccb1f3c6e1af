# expect: puts_each_result failed signal-not-handled
# expect: finishes_the_item_in_hand failed signal-not-handled
# expect: ends_when_idle failed signal-not-handled
# expect: delivers_what_it_put failed -
# expect: second_signal_changes_nothing skipped -
"""Wrong: without a handler, SIGTERM ends the worker in the middle of its work."""


def stop(process, seconds):
    if not process.is_alive():
        return "finished"
    process.terminate()
    process.join(seconds)
    if process.exitcode is not None:
        return "stopped"
    process.kill()
    process.join()
    return "killed"


def run_worker(tasks, results, work):
    while True:
        item = tasks.get()
        results.put(work(item))
