"""Build what is deployed: `template.json` and `deployment.zip`, from app.py, infra/resources.yaml and infra/workflows.

    docs/openapi.yaml ──► chalicelib/openapi.json
    chalice package --merge-template infra/resources.yaml ──► template + app code
    + workflows' definitions, + dependencies, + compiled modules ──► out/template.json, out/deployment.zip

Nothing is done when no input changed. `python -m infra.build --out dist --architecture arm64` is `make package`.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from infra.packing import ROOT, BuildFailed, compile_tree, dependencies, digest, native, pack

STAGE = "city"
WORKFLOWS = ("lifecycle", "approval", "payment", "delivery", "rating")
LARGEST = 30 * 1024 * 1024  # bytes of the zip
_NAMES: dict[str, Any] = {
    "StepsArn": {"Fn::GetAtt": ["Steps", "Arn"]},
    "ApprovalArn": {"Ref": "Approval"},
    "PaymentArn": {"Ref": "Payment"},
    "DeliveryArn": {"Ref": "Delivery"},
    "RatingArn": {"Ref": "Rating"},
}
"""What a workflow's definition may name as `${…}`, besides CloudFormation's own `${AWS::…}`."""


@dataclass(frozen=True)
class Built:
    """What was built, from what (a hash), and whether it had to be built."""

    template: Path
    package: Path
    version: str
    fresh: bool


def inputs() -> list[Path]:
    """List every file the package or the template is made from."""
    folders = ("chalicelib", "channels", "handlers", "infra/workflows")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    found += [ROOT / name for name in ("app.py", "requirements.txt", ".chalice/config.json", "docs/openapi.yaml")]
    found += [ROOT / "infra" / name for name in ("resources.yaml", "build.py", "packing.py")]
    return [path for path in found if "__pycache__" not in path.parts and path.name != "openapi.json"]


def contract() -> Path:
    """Write the API's contract where the functions find it, if it changed."""
    target = ROOT / "chalicelib" / "openapi.json"
    document = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text("utf-8"))
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    if not target.exists() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")
    return target


def definition(name: str) -> dict[str, Any]:
    """Return a workflow as `DefinitionString`: JSON whose `${…}` CloudFormation fills in. Raises BuildFailed for a strange one."""
    machine = yaml.safe_load((ROOT / "infra" / "workflows" / f"{name}.asl.yaml").read_text("utf-8"))
    text = json.dumps(machine, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    used = {found for found in re.findall(r"\$\{([^}]+)\}", text) if not found.startswith("AWS::")}
    if strange := used - set(_NAMES):
        raise BuildFailed(f"{name}.asl.yaml names {', '.join(sorted(strange))}; known are {', '.join(_NAMES)}")
    return {"Fn::Sub": [text, {found: _NAMES[found] for found in sorted(used)}]} if used else {"Fn::Sub": text}


def build(out: Path, architecture: str | None = None) -> Built:
    """Build into `out` unless it is built already; who comes second waits for the first. Raises BuildFailed."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _build(out, architecture or native())


def _build(out: Path, architecture: str) -> Built:
    version = digest(inputs(), architecture)
    made = Built(out / "template.json", out / "deployment.zip", version, fresh=False)
    stamp = out / "built-from"
    contract()
    if stamp.exists() and stamp.read_text() == version and made.template.exists() and made.package.exists():
        return made
    stamp.unlink(missing_ok=True)
    needed = dependencies(architecture)
    with tempfile.TemporaryDirectory() as folder:
        code, template = _chalice(Path(folder), architecture)
        compile_tree(code)
        pack(made.package, code, needed)
    for name in WORKFLOWS:
        template["Resources"][name.capitalize()]["Properties"]["DefinitionString"] = definition(name)
    made.template.write_text(json.dumps(template, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    if made.package.stat().st_size > LARGEST:
        raise BuildFailed(f"the package is {made.package.stat().st_size >> 20} MB, more than {LARGEST >> 20} MB")
    stamp.write_text(version)
    return Built(made.template, made.package, version, fresh=True)


def _chalice(folder: Path, architecture: str) -> tuple[Path, dict[str, Any]]:
    """Let Chalice package a clean copy of the project without its dependencies. Return (code unpacked, template)."""
    project, out, code = folder / "project", folder / "out", folder / "code"
    clean = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("chalicelib", "vendor"):
        shutil.copytree(ROOT / name, project / name, ignore=clean)
    shutil.copy2(ROOT / "app.py", project)
    config = json.loads((ROOT / ".chalice" / "config.json").read_text("utf-8"))
    (project / ".chalice").mkdir()
    (project / ".chalice" / "config.json").write_text(json.dumps(config | {"lambda_architecture": architecture}))
    (project / "requirements.txt").touch()
    command = [sys.executable, "-c", "from chalice.cli import main; main()", "package", "--stage", STAGE, "--merge-template"]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = {**ours, "AWS_DEFAULT_REGION": "cn-north-1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*command, str(ROOT / "infra" / "resources.yaml"), str(out)],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BuildFailed("chalice package: " + (done.stderr or done.stdout).strip().splitlines()[-1])
    with zipfile.ZipFile(out / "deployment.zip") as archive:
        archive.extractall(code)
    (code / "requirements.txt").unlink(missing_ok=True)
    merged = yaml.safe_load((out / "sam.yaml").read_text("utf-8"))
    template: dict[str, Any] = json.loads(json.dumps(merged))  # what YAML aliases shared becomes separate
    return code, template


def main() -> int:
    """Build from the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--out", type=Path, default=ROOT / "dist")
    options.add_argument("--architecture", choices=("arm64", "x86_64"), default=native())
    chosen = options.parse_args()
    try:
        made = build(chosen.out.resolve(), chosen.architecture)
    except BuildFailed as fault:
        print(f"✗ 构建失败 build failed: {fault}", file=sys.stderr)
        return 1
    size = made.package.stat().st_size / 1024 / 1024
    print(f"{'built' if made.fresh else 'up to date'}: {made.template} and {made.package} ({size:.1f} MB, {chosen.architecture})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
