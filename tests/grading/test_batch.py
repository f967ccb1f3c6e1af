"""What is due of a class: each file once, as often as asked for, never what the gradebook has."""

from __future__ import annotations

from pathlib import Path

from grader.gradebook.store import Store
from grader.grading.batch import due
from grader.grading.plan import make_plan
from tests.grading.samples import exercise, submission


def test_what_was_kept_is_not_due_again(tmp_path: Path) -> None:
    """Two students with the same bytes are one attempt; repeats come after all first attempts."""
    files = [submission(digest=digest) for digest in ("a", "a", "b")]
    planned = [(one, make_plan(exercise(), one, seed=1, python=None, demanded=None)) for one in files]
    first, _, other = (plan for _, plan in planned)
    with Store(tmp_path / "gradebook.db") as store:
        store.keep(first.key, {"verdict": "accepted"})
        once, twice = due(planned, store), due(planned, store, 2)

    assert [(plan.key, repeat) for plan, repeat in once] == [(other.key, 0)]
    assert [(plan.key, repeat) for plan, repeat in twice] == [(other.key, 0), (first.key, 1), (other.key, 1)]
