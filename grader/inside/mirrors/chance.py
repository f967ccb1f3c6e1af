"""Chance: what `random` draws in a worker is the same in every run, so that a schedule that is played again is."""

from __future__ import annotations

import os
import random

from .. import gate


def install() -> None:
    """Begin anew here, and in each worker that is forked; to be called when the gate is open."""
    _begin()
    os.register_at_fork(after_in_child=_begin)


def _begin() -> None:
    """By the worker's name: two that back off for a while must not do so for the same while."""
    if gate.me() and not gate.is_free():
        random.seed(gate.me())
