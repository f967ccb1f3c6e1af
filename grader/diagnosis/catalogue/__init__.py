"""Every diagnosis there is, more telling ones first: a folder each, with its rule and its page in both languages."""

from __future__ import annotations

import difflib
from importlib import resources

from grader.diagnosis.catalogue.args_not_a_tuple import rule as args_not_a_tuple
from grader.diagnosis.catalogue.async_result_dropped import rule as async_result_dropped
from grader.diagnosis.catalogue.barrier_too_few import rule as barrier_too_few
from grader.diagnosis.catalogue.began_too_early import rule as began_too_early
from grader.diagnosis.catalogue.callback_raises import rule as callback_raises
from grader.diagnosis.catalogue.changed_after_put import rule as changed_after_put
from grader.diagnosis.catalogue.check_then_act import rule as check_then_act
from grader.diagnosis.catalogue.child_died import rule as child_died
from grader.diagnosis.catalogue.child_left_behind import rule as child_left_behind
from grader.diagnosis.catalogue.chunks_too_large import rule as chunks_too_large
from grader.diagnosis.catalogue.closed_not_yours import rule as closed_not_yours
from grader.diagnosis.catalogue.condition_without_loop import rule as condition_without_loop
from grader.diagnosis.catalogue.crashed import rule as crashed
from grader.diagnosis.catalogue.daemon_kills_work import rule as daemon_kills_work
from grader.diagnosis.catalogue.daemon_with_children import rule as daemon_with_children
from grader.diagnosis.catalogue.deadline import rule as deadline
from grader.diagnosis.catalogue.event_cleared import rule as event_cleared
from grader.diagnosis.catalogue.exception_swallowed import rule as exception_swallowed
from grader.diagnosis.catalogue.exit_code_swallowed import rule as exit_code_swallowed
from grader.diagnosis.catalogue.falsy_item import rule as falsy_item
from grader.diagnosis.catalogue.fifo_left import rule as fifo_left
from grader.diagnosis.catalogue.fifo_waits_for_peer import rule as fifo_waits_for_peer
from grader.diagnosis.catalogue.gives_up_early import rule as gives_up_early
from grader.diagnosis.catalogue.goes_on_after_the_time import rule as goes_on_after_the_time
from grader.diagnosis.catalogue.half_held_lock import rule as half_held_lock
from grader.diagnosis.catalogue.handler_exception_ends_server import rule as handler_exception_ends_server
from grader.diagnosis.catalogue.holds_back_others import rule as holds_back_others
from grader.diagnosis.catalogue.import_failed import rule as import_failed
from grader.diagnosis.catalogue.item_twice import rule as item_twice
from grader.diagnosis.catalogue.items_lost_on_terminate import rule as items_lost_on_terminate
from grader.diagnosis.catalogue.join_before_drain import rule as join_before_drain
from grader.diagnosis.catalogue.join_timeout_trusted import rule as join_timeout_trusted
from grader.diagnosis.catalogue.kept_between_calls import rule as kept_between_calls
from grader.diagnosis.catalogue.livelock import rule as livelock
from grader.diagnosis.catalogue.lock_held_during_job import rule as lock_held_during_job
from grader.diagnosis.catalogue.lock_not_released import rule as lock_not_released
from grader.diagnosis.catalogue.lock_order import rule as lock_order
from grader.diagnosis.catalogue.lock_taken_twice import rule as lock_taken_twice
from grader.diagnosis.catalogue.lost_item import rule as lost_item
from grader.diagnosis.catalogue.lost_update import rule as lost_update
from grader.diagnosis.catalogue.manager_gone import rule as manager_gone
from grader.diagnosis.catalogue.memory_limit import rule as memory_limit
from grader.diagnosis.catalogue.missed_notify import rule as missed_notify
from grader.diagnosis.catalogue.missing_function import rule as missing_function
from grader.diagnosis.catalogue.missing_main_guard import rule as missing_main_guard
from grader.diagnosis.catalogue.missing_sentinel import rule as missing_sentinel
from grader.diagnosis.catalogue.mixed_contexts import rule as mixed_contexts
from grader.diagnosis.catalogue.module_level_primitive import rule as module_level_primitive
from grader.diagnosis.catalogue.mutable_in_manager import rule as mutable_in_manager
from grader.diagnosis.catalogue.newline_translated import rule as newline_translated
from grader.diagnosis.catalogue.no_processes import rule as no_processes
from grader.diagnosis.catalogue.not_exclusive import rule as not_exclusive
from grader.diagnosis.catalogue.not_started import rule as not_started
from grader.diagnosis.catalogue.notify_one_of_many import rule as notify_one_of_many
from grader.diagnosis.catalogue.notify_without_lock import rule as notify_without_lock
from grader.diagnosis.catalogue.order_by_completion import rule as order_by_completion
from grader.diagnosis.catalogue.output_flood import rule as output_flood
from grader.diagnosis.catalogue.peer_gone import rule as peer_gone
from grader.diagnosis.catalogue.pipe_end_open import rule as pipe_end_open
from grader.diagnosis.catalogue.plain_global_not_shared import rule as plain_global_not_shared
from grader.diagnosis.catalogue.pool_left_too_early import rule as pool_left_too_early
from grader.diagnosis.catalogue.pool_worker_died import rule as pool_worker_died
from grader.diagnosis.catalogue.primitive_as_pool_argument import rule as primitive_as_pool_argument
from grader.diagnosis.catalogue.printed_output import rule as printed_output
from grader.diagnosis.catalogue.private_lock import rule as private_lock
from grader.diagnosis.catalogue.qsize_trusted import rule as qsize_trusted
from grader.diagnosis.catalogue.recv_bytes_too_short import rule as recv_bytes_too_short
from grader.diagnosis.catalogue.refused_item_dropped import rule as refused_item_dropped
from grader.diagnosis.catalogue.return_value_lost import rule as return_value_lost
from grader.diagnosis.catalogue.run_instead_of_start import rule as run_instead_of_start
from grader.diagnosis.catalogue.semaphore_not_released import rule as semaphore_not_released
from grader.diagnosis.catalogue.semaphore_released_too_often import rule as semaphore_released_too_often
from grader.diagnosis.catalogue.send_before_receive import rule as send_before_receive
from grader.diagnosis.catalogue.sentinel_for_one_of_many import rule as sentinel_for_one_of_many
from grader.diagnosis.catalogue.serial_not_parallel import rule as serial_not_parallel
from grader.diagnosis.catalogue.shared_memory_left import rule as shared_memory_left
from grader.diagnosis.catalogue.shared_memory_not_closed import rule as shared_memory_not_closed
from grader.diagnosis.catalogue.signal_not_handled import rule as signal_not_handled
from grader.diagnosis.catalogue.sleep_as_synchronisation import rule as sleep_as_synchronisation
from grader.diagnosis.catalogue.target_called import rule as target_called
from grader.diagnosis.catalogue.task_done_missing import rule as task_done_missing
from grader.diagnosis.catalogue.task_done_too_early import rule as task_done_too_early
from grader.diagnosis.catalogue.task_done_too_often import rule as task_done_too_often
from grader.diagnosis.catalogue.terminate_ignored import rule as terminate_ignored
from grader.diagnosis.catalogue.terminate_while_holding import rule as terminate_while_holding
from grader.diagnosis.catalogue.thread_primitive import rule as thread_primitive
from grader.diagnosis.catalogue.timeout_as_flag import rule as timeout_as_flag
from grader.diagnosis.catalogue.timeout_ignored import rule as timeout_ignored
from grader.diagnosis.catalogue.timeout_per_item import rule as timeout_per_item
from grader.diagnosis.catalogue.too_many_at_once import rule as too_many_at_once
from grader.diagnosis.catalogue.torn_read import rule as torn_read
from grader.diagnosis.catalogue.unpicklable_item import rule as unpicklable_item
from grader.diagnosis.catalogue.unpicklable_target import rule as unpicklable_target
from grader.diagnosis.catalogue.wait_result_ignored import rule as wait_result_ignored
from grader.diagnosis.catalogue.waits_for_ever import rule as waits_for_ever
from grader.diagnosis.catalogue.wrong_exception_class import rule as wrong_exception_class
from grader.diagnosis.catalogue.wrong_signature import rule as wrong_signature
from grader.diagnosis.catalogue.wrong_type import rule as wrong_type
from grader.diagnosis.catalogue.zombie import rule as zombie
from grader.diagnosis.rule import Rule
from grader.errors import UsageError
from grader.model.message import say

CATALOGUE: tuple[Rule, ...] = (
    not_started.RULE,
    missing_function.RULE,
    wrong_signature.RULE,
    import_failed.RULE,
    wrong_type.RULE,
    lock_order.RULE,
    lock_taken_twice.RULE,
    terminate_while_holding.RULE,
    lock_not_released.RULE,
    lock_held_during_job.RULE,
    half_held_lock.RULE,
    private_lock.RULE,
    lost_update.RULE,
    check_then_act.RULE,
    primitive_as_pool_argument.RULE,
    thread_primitive.RULE,
    unpicklable_target.RULE,
    missing_sentinel.RULE,
    sentinel_for_one_of_many.RULE,
    join_before_drain.RULE,
    task_done_missing.RULE,
    task_done_too_often.RULE,
    task_done_too_early.RULE,
    refused_item_dropped.RULE,
    timeout_as_flag.RULE,
    changed_after_put.RULE,
    kept_between_calls.RULE,
    unpicklable_item.RULE,
    items_lost_on_terminate.RULE,
    qsize_trusted.RULE,
    item_twice.RULE,
    target_called.RULE,
    run_instead_of_start.RULE,
    args_not_a_tuple.RULE,
    return_value_lost.RULE,
    plain_global_not_shared.RULE,
    module_level_primitive.RULE,
    missing_main_guard.RULE,
    mixed_contexts.RULE,
    exit_code_swallowed.RULE,
    terminate_ignored.RULE,
    join_timeout_trusted.RULE,
    zombie.RULE,
    daemon_kills_work.RULE,
    daemon_with_children.RULE,
    async_result_dropped.RULE,
    pool_left_too_early.RULE,
    pool_worker_died.RULE,
    chunks_too_large.RULE,
    callback_raises.RULE,
    pipe_end_open.RULE,
    send_before_receive.RULE,
    recv_bytes_too_short.RULE,
    peer_gone.RULE,
    handler_exception_ends_server.RULE,
    closed_not_yours.RULE,
    semaphore_not_released.RULE,
    semaphore_released_too_often.RULE,
    barrier_too_few.RULE,
    missed_notify.RULE,
    condition_without_loop.RULE,
    notify_one_of_many.RULE,
    event_cleared.RULE,
    wait_result_ignored.RULE,
    notify_without_lock.RULE,
    shared_memory_not_closed.RULE,
    mutable_in_manager.RULE,
    manager_gone.RULE,
    fifo_left.RULE,
    fifo_waits_for_peer.RULE,
    newline_translated.RULE,
    signal_not_handled.RULE,
    sleep_as_synchronisation.RULE,
    wrong_exception_class.RULE,
    livelock.RULE,
    torn_read.RULE,
    not_exclusive.RULE,
    began_too_early.RULE,
    goes_on_after_the_time.RULE,
    child_died.RULE,
    memory_limit.RULE,
    output_flood.RULE,
    exception_swallowed.RULE,
    timeout_per_item.RULE,
    timeout_ignored.RULE,
    gives_up_early.RULE,
    falsy_item.RULE,
    lost_item.RULE,
    order_by_completion.RULE,
    too_many_at_once.RULE,
    no_processes.RULE,
    serial_not_parallel.RULE,
    holds_back_others.RULE,
    child_left_behind.RULE,
    shared_memory_left.RULE,
    printed_output.RULE,
    waits_for_ever.RULE,
    crashed.RULE,
    deadline.RULE,
)


def codes() -> tuple[str, ...]:
    """The code of every diagnosis, in the order of the catalogue."""
    return tuple(rule.code for rule in CATALOGUE)


def page(code: str, language: str) -> str:
    """The page that explains the diagnosis, as Markdown in that language ("en" or "zh")."""
    if code not in codes():
        similar = difflib.get_close_matches(code, codes(), n=1)
        known = say("known are: {codes}", codes=", ".join(sorted(codes())))
        hint = say("did you mean {name}?", name=repr(similar[0])) if similar else known
        raise UsageError(say("there is no diagnosis {code}", code=repr(code)), hint=hint)
    folder = resources.files(__name__) / code.replace("-", "_")
    translated = folder / f"{language}.md"
    return (translated if translated.is_file() else folder / "en.md").read_text(encoding="utf-8")
