"""Every sentence of the grader has its Chinese, and choosing a language is predictable."""

from __future__ import annotations

import ast
import errno
import importlib.util
import inspect
import re
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from grader import texts
from grader.errors import Unusable, UsageError
from grader.model.message import say

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "grader"
CATALOGUE = PACKAGE / "locale" / "zh" / "LC_MESSAGES" / "grader.po"
MARKERS = {"say", "_", "translate", "gettext"}
ERRORS = {"GraderError", "UsageError", "CourseError", "GraderFault"}
IN_TEMPLATES = re.compile(r"""\b_\(\s*(?P<quote>["'])(?P<text>.*?)(?P=quote)""")


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: a literal, or a choice between literals."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)


def marked(path: Path) -> Iterator[ast.expr]:
    """What a module marks for translation: the first argument of a marker, and what is called `template`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]) if name in MARKERS:
                yield first
            case ast.keyword(arg="template", value=value) | ast.Assign(targets=[ast.Name(id="template")], value=value):
                yield value


def helps(path: Path) -> Iterator[ast.expr]:
    """What a module gives click to print on help pages."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.keyword(arg="help", value=value):
                yield value
            case ast.FunctionDef(body=[ast.Expr(value=value), *_]) if any(map(makes_command, node.decorator_list)):
                yield value
            case ast.Dict(keys=[*_, ast.Constant(value="help")], values=[*_, value]):
                yield value
            case ast.Assign(targets=[ast.Name(id="COMMANDS")], value=ast.Dict(values=lines)):
                yield from lines
            case ast.Assign(targets=[ast.Name(id="EXAMPLES")], value=value):
                yield value


def makes_command(decorator: ast.expr) -> bool:
    """Whether it is `@click.command(...)` or `@click.group(...)`."""
    match decorator:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="click"), attr="command" | "group")):
            return True
    return False


def templates() -> dict[str, str]:
    """Every text of the package that is said in the reader's language, with the file it is in."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "inside" not in path.parts:
            found |= {text: place(path) for node in marked(path) for text in literals(node)}
    for path in sorted((PACKAGE / "cli").rglob("*.py")):
        found |= {inspect.cleandoc(text): place(path) for node in helps(path) for text in literals(node)}
    for path in sorted(PACKAGE.rglob("*.html")):
        source = path.read_text(encoding="utf-8")
        found |= {match["text"]: place(path) for match in IN_TEMPLATES.finditer(source)}
    return found


def place(path: Path) -> str:
    """Where a text is, as it stands in the catalogue."""
    return path.relative_to(ROOT).as_posix()


def has_words(template: str) -> bool:
    """Whether there is anything to translate besides its fields and punctuation."""
    fixed = "".join(text for text, *_ in string.Formatter().parse(template))
    return any(character.isalpha() for character in fixed)


def fields(template: str) -> set[str]:
    """The names of its fields."""
    return {name for _, name, *_ in string.Formatter().parse(template) if name}


def chinese() -> dict[str, str]:
    """The catalogue as it was written, read by babel."""
    pofile = pytest.importorskip("babel.messages.pofile", reason="needs babel: pip install babel")
    with CATALOGUE.open("rb") as file:
        catalogue = pofile.read_po(file)
    return {entry.id: entry.string for entry in catalogue if entry.id and entry.string and not entry.fuzzy}


def hook() -> ModuleType:
    """The build hook, imported by its path as hatchling does."""
    pytest.importorskip("hatchling", reason="needs hatchling: pip install hatchling")
    pytest.importorskip("babel", reason="needs babel: pip install babel")
    spec = importlib.util.spec_from_file_location("build_hook", PACKAGE / "locale" / "build_hook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_sentence_has_its_chinese() -> None:
    """What the grader says to people is in the Chinese catalogue; the entries to add are printed ready to paste."""
    known = chinese()
    missing = {text: where for text, where in templates().items() if has_words(text) and text not in known}
    entries = "\n".join(f'#: {where}\nmsgid "{escaped(text)}"\nmsgstr ""\n' for text, where in missing.items())

    assert not missing, f"add to {CATALOGUE.relative_to(ROOT)}:\n\n{entries}"


def escaped(text: str) -> str:
    """A text as it stands between the quotes of a catalogue."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def test_the_catalogue_holds_nothing_that_is_not_said() -> None:
    """A translation whose English sentence is gone leaves the catalogue with it."""
    assert sorted(set(chinese()) - set(templates())) == []


def test_translations_use_the_fields_of_their_sentence() -> None:
    """A translation names exactly the fields of its template, so that formatting cannot fail."""
    wrong = {english for english, said in chinese().items() if fields(english) != fields(said)}

    assert wrong == set()


def test_marked_texts_are_literals() -> None:
    """A text marked with `say` or `_` stands there as it is: an f-string could never be translated."""
    composed = [
        f"{place(path)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        if "inside" not in path.parts
        for node in marked(path)
        if isinstance(node, ast.JoinedStr)
    ]

    assert composed == []


def raised(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Every message and hint that a module gives an error of ours, with the name of the error."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args, keywords=keywords):
                if name in ERRORS:
                    yield from ((name, said) for said in [*args, *(one.value for one in keywords)])


def is_english(node: ast.expr, tree: ast.AST) -> bool:
    """Whether it is, or is made of, an English text that no catalogue could know; names are looked up in the module."""
    match node:
        case ast.Constant(value=str(text)):
            return text != ""
        case ast.JoinedStr():
            return True
        case ast.BinOp(left=first, right=second) | ast.IfExp(body=first, orelse=second):
            return is_english(first, tree) or is_english(second, tree)
        case ast.BoolOp(values=values):
            return any(is_english(value, tree) for value in values)
        case ast.Call(func=ast.Attribute(value=value)):
            return is_english(value, tree)
        case ast.Name(id=name):
            return any(is_english(value, tree) for value in assigned(name, tree))
    return False


def assigned(name: str, tree: ast.AST) -> Iterator[ast.expr]:
    """What a module assigns to that name, wherever it does; not what is made of the name itself."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                if not any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(value)):
                    yield value


def english_errors(source: str) -> set[str]:
    """The errors that a module raises with a text in place of a Message."""
    tree = ast.parse(source)
    return {name for name, said in raised(tree) if is_english(said, tree)}


def test_errors_are_said_in_both_languages() -> None:
    """No error is raised with an English text."""
    modules = [path for path in PACKAGE.rglob("*.py") if "inside" not in path.relative_to(PACKAGE).parts]
    found = {place(path): english_errors(path.read_text(encoding="utf-8")) for path in modules}

    assert {path: errors for path, errors in found.items() if errors} == {}


@pytest.mark.parametrize(
    "source",
    [
        "raise CourseError('no')",
        "raise UsageError(say('no'), hint=f'try {this}')",
        "raise errors.GraderFault('no' if short else 'by no means')",
        "what = f'{path} is gone '\nraise CourseError(what.rstrip())",
        "raise CourseError(said or 'no')",
    ],
)
def test_an_english_error_is_seen(source: str) -> None:
    """However the text came to be: given as it is, chosen, composed, or kept in a variable."""
    assert english_errors(source)


def compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile the catalogue into `folder` and let texts be read from there."""
    target = folder / "zh" / "LC_MESSAGES"
    target.mkdir(parents=True)
    (target / "grader.po").write_bytes(CATALOGUE.read_bytes())
    hook().compile_catalogues(folder)
    monkeypatch.setattr(texts, "LOCALE", folder)


@pytest.fixture(autouse=True)
def _fresh_catalogues() -> Iterator[None]:
    texts._catalogue.cache_clear()
    yield
    texts._catalogue.cache_clear()


def test_the_build_hook_writes_what_gettext_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling the catalogue makes Chinese of a message, and leaves its values as they are."""
    compiled(tmp_path, monkeypatch)

    assert texts.translate(say("All {count} checks passed.", count=7), "zh") == "7 项检查全部通过。"


def test_a_bare_checkout_speaks_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was compiled, every sentence is said in English."""
    monkeypatch.setattr(texts, "LOCALE", tmp_path)

    assert texts.translate(say("All {count} checks passed.", count=7), "zh") == "All 7 checks passed."


def test_why_a_file_cannot_be_read_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a number, in the reader's language; what we have no words for stays as the system says it."""
    compiled(tmp_path, monkeypatch)
    with pytest.raises(OSError, match="No such file") as missing:
        (tmp_path / "nope.csv").read_text("utf-8")
    message = say("{path} cannot be read: {reason}", path="nope.csv", **texts.why(missing.value))

    assert str(message) == "nope.csv cannot be read: there is no such file"
    assert texts.translate(message, "zh") == "nope.csv 无法读取：没有这个文件"
    assert texts.why(Unusable(say("it is encrypted"))) == {"reason": "it is encrypted", "reason_zh": "它是加密的"}
    assert texts.why(OSError(errno.EIO, "Input/output error"))["reason"] == "Input/output error"
    assert texts.why(ValueError("bad magic number"))["reason"] == "bad magic number"
    assert texts.why(UnicodeDecodeError("utf-8", b"x", 0, 1, "invalid"))["reason"] == "it is not UTF-8"


def test_nobody_else_tells_what_the_system_says() -> None:
    """`[Errno 2] No such file or directory: 'x'` is English only, and names the file a second time."""
    low = {"inside", "sandbox", "observe"}  # there it is a number of the kernel, told to us
    paths = [path for path in PACKAGE.rglob("*.py") if not low & {*path.parts}]
    telling = [place(path) for path in paths if "strerror" in path.read_text("utf-8")]

    assert telling == ["grader/texts.py"]


def test_an_unknown_sentence_is_said_in_english() -> None:
    """The fallback is per string, never the name of a key."""
    assert texts.translate(say("nobody translated {this}", this="me"), "zh") == "nobody translated me"
    assert texts.translate("", "zh") == ""


def test_a_label_is_said_in_the_readers_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A label brings its Chinese along; the sentence behind it is looked up without the label."""
    compiled(tmp_path, monkeypatch)
    message = say(
        "{what}: expected {expected}, got {actual}", what="the counter", what_zh="计数器", expected=2, actual=1
    )

    assert str(message) == "the counter: expected 2, got 1"
    assert texts.translate(message, "en") == "the counter: expected 2, got 1"
    assert texts.translate(message, "zh") == "计数器：应为 2，实为 1"


@pytest.mark.parametrize(
    ("option", "environ", "language"),
    [
        (None, {}, "en"),
        ("zh", {"GRADE_LANG": "en"}, "zh"),
        ("zh-CN", {}, "zh"),
        (None, {"GRADE_LANG": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_MESSAGES": "zh_CN.GBK", "LANG": "de_DE"}, "zh"),
        (None, {"LC_ALL": "", "LANG": "fr_FR.UTF-8"}, "en"),
        (None, {"GRADE_LANG": "tlh", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language_is_chosen_from_the_nearest_wish(
    option: str | None, environ: dict[str, str], language: str
) -> None:
    """--lang, then $GRADE_LANG, then the first locale variable that is set, then English."""
    assert texts.choose_language(option, environ) == language


def test_a_language_without_texts_is_refused_when_asked_for() -> None:
    """`--lang fr` is a mistake of the person at the keyboard, with the way out."""
    with pytest.raises(UsageError, match="'fr'") as refusal:
        texts.choose_language("fr", {})

    assert refusal.value.exit_code == 2
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [
        ("{who} 在等锁", "一个子进程", "一个子进程在等锁"),
        ("{who} 在等锁", "main", "main 在等锁"),
        ("等待 {who} 结束", "子进程", "等待子进程结束"),
        ("等待 {who} 结束", "lock 一把", "等待 lock 一把结束"),
        ("{who} waits", "子进程", "子进程 waits"),
        ("你 好", "", "你 好"),
    ],
)
def test_no_blank_stands_between_chinese_words(template: str, value: str, said: str) -> None:
    """A foreign word is set off by one; a value that is Chinese is not, and nothing else is touched."""
    assert texts.translate(say(template, who=value), "zh") == said
