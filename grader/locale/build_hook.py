"""Compiles the translations (.po) into what gettext reads (.mo), for wheels and for editable installs.

In a bare checkout: `python grader/locale/build_hook.py`.
"""

# ruff: noqa: INP001  this folder is no package: hatchling runs the file by its path
from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Called by hatchling before it collects files; `*.mo` are declared as artifacts in pyproject.toml."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's signature
        """Compile every catalogue beside its source."""
        compile_catalogues(Path(self.root) / "grader" / "locale")


def compile_catalogues(locale: Path) -> list[Path]:
    """Write a .mo beside each .po under `locale`; fuzzy entries are left out."""
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent)
