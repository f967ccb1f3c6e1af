"""Every sentence of the grader has its Chinese, and choosing a language is predictable."""

from __future__ import annotations

import ast
import importlib.util
import re
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from grader import texts
from grader.errors import UsageError
from grader.model.message import say

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "grader"
CATALOGUE = PACKAGE / "locale" / "zh" / "LC_MESSAGES" / "grader.po"
MARKERS = {"say", "_", "translate"}
IN_TEMPLATES = re.compile(r"""\b_\(\s*(?P<quote>["'])(?P<text>.*?)(?P=quote)""")


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: a literal, or a choice between literals."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)


def calls(path: Path) -> Iterator[ast.Call]:
    """The calls in a module which mark a text for translation."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in MARKERS or (name == "Message" and any(key.arg == "template" for key in node.keywords)):
                yield node


def templates() -> dict[str, str]:
    """Every text of the package that is said in the reader's language, with the file it is in."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "inside" not in path.parts:
            found |= {text: path.name for call in calls(path) for text in literals(call.args[0])}
    for path in sorted(PACKAGE.rglob("*.html")):
        source = path.read_text(encoding="utf-8")
        found |= {match["text"]: path.name for match in IN_TEMPLATES.finditer(source)}
    return found


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
    """A text marked with `say` or `_` stands there as it is: an f-string or a sum could never be translated."""
    composed = [
        f"{path.name}:{call.lineno}"
        for path in PACKAGE.rglob("*.py")
        if "inside" not in path.parts
        for call in calls(path)
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]

    assert composed == []


def test_the_build_hook_writes_what_gettext_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling the catalogue makes Chinese of a message, and leaves its values as they are."""
    folder = tmp_path / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "grader.po").write_bytes(CATALOGUE.read_bytes())
    hook().compile_catalogues(tmp_path)
    monkeypatch.setattr(texts, "LOCALE", tmp_path)
    texts._catalogue.cache_clear()

    said = texts.translate(say("All {count} checks passed.", count=7), "zh")

    texts._catalogue.cache_clear()
    assert said == "7 项检查全部通过。"


def test_a_bare_checkout_speaks_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was compiled, every sentence is said in English."""
    monkeypatch.setattr(texts, "LOCALE", tmp_path)
    texts._catalogue.cache_clear()

    said = texts.translate(say("All {count} checks passed.", count=7), "zh")

    texts._catalogue.cache_clear()
    assert said == "All 7 checks passed."


def test_an_unknown_sentence_is_said_in_english() -> None:
    """The fallback is per string, never the name of a key."""
    assert texts.translate(say("nobody translated {this}", this="me"), "zh") == "nobody translated me"
    assert texts.translate("", "zh") == ""


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
