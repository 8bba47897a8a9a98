"""Hold files and functions to their size: `python -m tools.sizes` names what is larger, and fails.

A file has at most `FILE` lines, and at most one in `FEW` more than `USUAL`; a function's body, below its docstring, at most
`BODY`. Tests may tell a whole road in one function: `STORY`. Complexity is ruff's (pyproject.toml).
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from infra.packing import ROOT

FILE, USUAL, FEW = 300, 200, 20
BODY, STORY = 30, 60
KINDS = {".py", ".ts", ".tsx", ".js", ".mjs"}


def main() -> int:
    """Check every file that is ours; return 1 if one is too large."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    names = [name for name in listed.stdout.splitlines() if Path(name).suffix in KINDS and (ROOT / name).is_file()]
    found = faults({name: (ROOT / name).read_text("utf-8") for name in names})
    print("\n".join(found))
    return 1 if found or not names else 0


def faults(sources: dict[str, str]) -> list[str]:
    """Say what is too large of sources by their path."""
    lengths = {name: len(source.splitlines()) for name, source in sources.items()}
    large = sorted(name for name, lines in lengths.items() if lines > USUAL)
    found = [f"{name}: {lengths[name]} lines, {FILE} at most" for name in large if lengths[name] > FILE]
    if len(large) * FEW > len(lengths):
        found.append(f"more than one file in {FEW} has over {USUAL} lines: {', '.join(large)}")
    for name, source in sources.items():
        most = STORY if name.startswith("tests/") else BODY
        for function, lines in bodies(source) if name.endswith(".py") else ():
            if lines > most:
                found.append(f"{name}: {function} has {lines} lines, {most} at most")
    return found


def bodies(source: str) -> Iterator[tuple[str, int]]:
    """Yield every function of a Python source with the lines of its body, the docstring not counted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield node.name, (node.body[-1].end_lineno or 0) - first[0].lineno + 1 if first else 0


if __name__ == "__main__":
    sys.exit(main())
