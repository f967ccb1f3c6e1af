"""Every diagnosis there is, more telling ones first: a folder each, with its rule and its page in both languages."""

from __future__ import annotations

import difflib
from importlib import resources

from grader.diagnosis.catalogue.check_then_act import rule as check_then_act
from grader.diagnosis.catalogue.child_died import rule as child_died
from grader.diagnosis.catalogue.child_left_behind import rule as child_left_behind
from grader.diagnosis.catalogue.crashed import rule as crashed
from grader.diagnosis.catalogue.deadline import rule as deadline
from grader.diagnosis.catalogue.exception_swallowed import rule as exception_swallowed
from grader.diagnosis.catalogue.falsy_item import rule as falsy_item
from grader.diagnosis.catalogue.gives_up_early import rule as gives_up_early
from grader.diagnosis.catalogue.half_held_lock import rule as half_held_lock
from grader.diagnosis.catalogue.holds_back_others import rule as holds_back_others
from grader.diagnosis.catalogue.import_failed import rule as import_failed
from grader.diagnosis.catalogue.lock_held_during_job import rule as lock_held_during_job
from grader.diagnosis.catalogue.lock_not_released import rule as lock_not_released
from grader.diagnosis.catalogue.lock_order import rule as lock_order
from grader.diagnosis.catalogue.lock_taken_twice import rule as lock_taken_twice
from grader.diagnosis.catalogue.lost_item import rule as lost_item
from grader.diagnosis.catalogue.lost_update import rule as lost_update
from grader.diagnosis.catalogue.memory_limit import rule as memory_limit
from grader.diagnosis.catalogue.missing_function import rule as missing_function
from grader.diagnosis.catalogue.no_processes import rule as no_processes
from grader.diagnosis.catalogue.not_started import rule as not_started
from grader.diagnosis.catalogue.order_by_completion import rule as order_by_completion
from grader.diagnosis.catalogue.output_flood import rule as output_flood
from grader.diagnosis.catalogue.printed_output import rule as printed_output
from grader.diagnosis.catalogue.private_lock import rule as private_lock
from grader.diagnosis.catalogue.serial_not_parallel import rule as serial_not_parallel
from grader.diagnosis.catalogue.shared_memory_left import rule as shared_memory_left
from grader.diagnosis.catalogue.timeout_ignored import rule as timeout_ignored
from grader.diagnosis.catalogue.timeout_per_item import rule as timeout_per_item
from grader.diagnosis.catalogue.too_many_at_once import rule as too_many_at_once
from grader.diagnosis.catalogue.unpicklable_target import rule as unpicklable_target
from grader.diagnosis.catalogue.waits_for_ever import rule as waits_for_ever
from grader.diagnosis.catalogue.wrong_signature import rule as wrong_signature
from grader.diagnosis.rule import Rule
from grader.errors import UsageError

CATALOGUE: tuple[Rule, ...] = (
    not_started.RULE,
    missing_function.RULE,
    wrong_signature.RULE,
    import_failed.RULE,
    lock_order.RULE,
    lock_taken_twice.RULE,
    lock_not_released.RULE,
    lock_held_during_job.RULE,
    half_held_lock.RULE,
    private_lock.RULE,
    lost_update.RULE,
    check_then_act.RULE,
    unpicklable_target.RULE,
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
        hint = f"did you mean {similar[0]!r}?" if similar else "known are: " + ", ".join(sorted(codes()))
        raise UsageError(f"there is no diagnosis {code!r}", hint=hint)
    folder = resources.files(__name__) / code.replace("-", "_")
    translated = folder / f"{language}.md"
    return (translated if translated.is_file() else folder / "en.md").read_text(encoding="utf-8")
