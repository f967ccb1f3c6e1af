"""A value of another type is told from a value that is wrong; what could mean something else is not called that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.suite.expect import Expectation, expect
from grader.suite.failure import CheckStopped
from grader.suite.plain import Opaque, Raised
from grader.suite.types_apart import fact_of_types

GENERATOR = Opaque("builtins.generator")
FULL = Raised(name="queue.Full", bases=("builtins.Exception",), message="", args=())


@pytest.mark.parametrize(
    ("seen", "expected", "pair"),
    [
        ([0, 1], {"a": 0, "b": 1}, "dict:list"),
        ({}, [], "list:dict"),
        (GENERATOR, [1, 2], "list:generator"),
        (Opaque("collections.OrderedDict"), {"a": 0}, "dict:collections.OrderedDict"),
        ((1, 2), [1, 2], "list:tuple"),
        ([5], 5, "int:list"),
        (0, [], "list:int"),
        (True, 1, "int:bool"),
        (2.0, 2, "int:float"),
        ([[1, "a"], [2, "b"]], [(1, "a"), (2, "b")], "tuple:list"),
        ([GENERATOR, True], [[1], True], "list:generator"),
    ],
)
def test_another_type_is_told_with_both_names(seen: Any, expected: Any, pair: str) -> None:
    """The type of the contract first."""
    assert fact_of_types(seen, expected) == (f"wrong-type:{pair}",)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (None, {"a": 0}),
        (-15, None),
        (FULL, [1]),
        ("nothing", 5),
        (False, 3),
        ([1, 2], [2, 1]),
        ([{"k": 1}, (1, 2)], [(1, 2), {"k": 1}]),
        (["default", 5], [5, "default"]),
        ([[1], [2, 3]], [(1, 2), (3,)]),
    ],
)
def test_a_value_that_is_wrong_has_its_type(seen: Any, expected: Any) -> None:
    """None may be a missing `return`, a text may be the default, and items in another order are of other types."""
    assert fact_of_types(seen, expected) == ()


def test_every_comparison_tells_the_type() -> None:
    """Beside the facts that it has anyhow."""
    asks: list[Callable[[Expectation], None]] = [
        lambda it: it.exactly([1]),
        lambda it: it.permutation_of([1]),
        lambda it: it.one_of([1], [2]),
    ]
    for ask in asks:
        with pytest.raises(CheckStopped) as stopped:
            ask(expect((1,), fact="order"))

        assert stopped.value.facts == ("order", "wrong-value", "wrong-type:list:tuple")
