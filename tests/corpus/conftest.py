"""The engine as it runs in an examiner: one box for all programs of the corpus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.corpus.engine import Engine, opened


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """Runs programs of the corpus in one box."""
    with opened() as engine:
        yield engine
