"""Plain data crosses the wall with its exact types; everything else is Malformed, never an accident of ours."""

from __future__ import annotations

import json
from enum import IntEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.inside import plain as inside
from grader.suite import plain
from grader.suite.plain import Opaque, Raised, decode, decode_text, encode, raised_of, same, shown
from grader.wire import AnswerFrame, Ask, Introduction, Malformed, RaisedFrame, ZygoteWord, read

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
Values = st.SearchStrategy[Any]


def keys(inner: Values) -> Values:
    """What can be a key and hold others."""
    return st.lists(inner, max_size=3).map(tuple) | st.frozensets(inner, max_size=3)


HASHABLE = st.recursive(SCALARS, keys, max_leaves=6)


def containers(inner: Values) -> Values:
    """Everything that plain data may hold."""
    lists = st.lists(inner, max_size=4)
    return lists | lists.map(tuple) | st.sets(HASHABLE, max_size=3) | st.dictionaries(HASHABLE, inner, max_size=3)


PLAIN = st.recursive(SCALARS | HASHABLE, containers, max_leaves=12)
TAGS = [*sorted(plain._SCALARS), "list", "tuple", "set", "frozenset", "dict", "raised"]
FIELDS = ["name", "bases", "message", "args", "frames", "kind"]


def tagged(inner: Values) -> Values:
    """Pairs as the box sends them, and what a hostile one might send instead."""
    pairs = st.tuples(st.sampled_from(TAGS), inner).map(list)
    return st.lists(inner, max_size=3) | pairs | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), tagged, max_leaves=12)


def as_bytes(data: Any) -> bytes:
    """JSON as it comes over the wall."""
    return json.dumps(data).encode()


@given(PLAIN)
def test_plain_data_of_the_box_arrives_as_it_was(value: Any) -> None:
    """Through JSON text and back, with exact types."""
    assert same(decode(json.loads(json.dumps(inside.encode(value)))), value)


@given(PLAIN)
def test_arguments_arrive_in_the_box_as_they_were(value: Any) -> None:
    """The same, the other way."""
    assert same(inside.decode(json.loads(json.dumps(encode(value)))), value)


@given(JSON)
def test_any_json_is_a_value_or_malformed(data: Any) -> None:
    """What comes from beyond the wall never raises anything else; what was read can be shown."""
    try:
        shown(decode(data))
    except Malformed:
        return


@given(JSON, JSON, JSON)
def test_any_exception_of_the_box_is_one_or_malformed(message: Any, arguments: Any, place: Any) -> None:
    """Its message, its arguments and its frames may be anything."""
    frame = RaisedFrame(name="x.Y", bases=["x.Z"], message=message, args=arguments, frames=[(place, 1, place)])
    try:
        assert str(raised_of(frame)).startswith("x.Y")
    except Malformed:
        return


@given(st.binary() | JSON.map(as_bytes))
def test_any_bytes_are_a_message_or_malformed(data: bytes) -> None:
    """Every message that comes over the wall is read so."""
    for kind in (AnswerFrame, Ask, Introduction, ZygoteWord):
        try:
            read(data, kind)
        except Malformed:
            continue


@pytest.mark.parametrize(
    "data",
    [
        ["int", "zz"],
        ["float", "1"] * 2,
        ["float", "0x1p99999999"],
        ["bytes", "ä"],
        ["text", "f"],
        ["text", "ff"],
        ["list", None],
        ["dict", [[1]]],
        ["dict", [[["list", []], 1]]],
        ["set", [["list", []]]],
        ["exec", "1"],
        ["opaque", 1],
        ["raised", {}],
        [["list"], []],
        {},
        1.5,
    ],
    ids=str,
)
def test_what_is_no_value_is_malformed(data: Any) -> None:
    """Unknown tags, wrong contents, keys that cannot be keys."""
    with pytest.raises(Malformed):
        decode(data)


def nested(depth: int) -> Any:
    """A list in a list in a list."""
    data: Any = ["list", []]
    for _ in range(depth):
        data = ["list", [data]]
    return data


def test_value_that_is_too_deep_is_malformed() -> None:
    """However deep: the interpreter's own limit is never met."""
    assert decode(nested(40)) is not None
    for depth in (200, 5_000):
        with pytest.raises(Malformed):
            decode(nested(depth))


def test_value_with_too_many_parts_is_malformed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts are counted over all of it."""
    monkeypatch.setattr(plain, "PLAIN_NODES", 100)

    with pytest.raises(Malformed, match="too deep or too large"):
        decode(["list", [["list", [1] * 150], ["list", [2] * 150]]])


def test_text_may_have_lone_surrogates_but_no_message_has() -> None:
    """A value is exactly what it was; what is written down can be written down."""
    data = inside.encode("a\ud800")

    assert decode(data) == "a\ud800"
    assert decode_text(data) == "a?"
    assert raised_of(RaisedFrame(name="x", bases=[], message=data, args=None, frames=[])).message.encode()


def test_text_that_is_none_is_malformed() -> None:
    """Where a message has to be, a number is not."""
    with pytest.raises(Malformed, match="a text that is none"):
        decode_text(5)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, True),
        (1, 1.0),
        ([1], (1,)),
        ([1], [True]),
        ({1: 2}, {True: 2}),
        ({1: 2}, {1: 2.0}),
        ({1}, {1.0}),
        ({(1, 2)}, {(1, True)}),
        (frozenset({frozenset({1})}), frozenset({frozenset({True})})),
        (b"a", "a"),
        (0.0, None),
        ([1, 2], [1]),
    ],
)
def test_equal_is_not_the_same(left: Any, right: Any) -> None:
    """Types count, all the way down."""
    assert not same(left, right)
    assert not same(right, left)


def test_not_a_number_is_the_same_as_itself() -> None:
    """A contract may ask for it."""
    assert same(float("nan"), float("nan"))
    assert same([float("nan")], [float("nan")])


def test_opaque_equals_no_plain_value() -> None:
    """It is shown by its type's name."""
    assert repr(Opaque("collections.deque")) == "<collections.deque>"
    assert not any(same(Opaque("x"), value) for value in (None, "x", "<x>", ["x"]))


class Color(IntEnum):
    """A kind of int, but not int."""

    RED = 1


@pytest.mark.parametrize("value", [object(), 1j, range(3), Color.RED])
def test_argument_that_is_not_plain_is_refused(value: object) -> None:
    """It is the author's mistake, told before anything runs."""
    with pytest.raises(TypeError, match="is not plain data"):
        encode([value])


@pytest.mark.parametrize(
    ("name", "is_a"), [("queue.Full", True), ("ValueError", True), ("Exception", True), ("Full", False)]
)
def test_exception_is_known_by_its_name_and_its_bases(name: str, *, is_a: bool) -> None:
    """Builtins need no module."""
    raised = Raised(name="queue.Full", bases=("builtins.ValueError", "builtins.Exception"), message="", args=())

    assert raised.is_a(name) is is_a
    assert str(raised) == "queue.Full"


def test_long_value_is_cut_when_it_is_shown() -> None:
    """A message stays readable; both ends of the value are seen."""
    text = shown("a" * 100_000)

    assert len(text) < 5_000
    assert text.endswith("a'")


def test_number_that_python_refuses_to_write_is_shown_all_the_same() -> None:
    """More digits than the interpreter converts (sys.set_int_max_str_digits) are a student's fault, not ours."""
    assert isinstance(shown([decode(["int", hex(10**6_000)])]), str)
