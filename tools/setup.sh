#!/bin/sh
# Set up everything the project needs on this machine, once: two virtual environments with pinned requirements.
#   .venv          the product, its build and its checks
#   .local/engine  the embedded AWS-compatible engine (it pins another botocore)
# Fast when nothing changed: each environment carries the hash of what it was made from.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "· $*"; }
fail() { printf '%s\n' "✗ $*" >&2; exit 1; }

find_python() {
    for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
        [ -n "$name" ] || continue
        if "$name" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    fail "需要 Python 3.11 – 3.13 (Python 3.11 to 3.13 is needed; set PYTHON=/path/to/python3 if it is elsewhere)"
}

make_venv() { # directory
    [ -x "$1/bin/python" ] && [ -x "$1/bin/pip" ] && return
    say "建立虚拟环境 creating $1 with $python"
    mkdir -p .local
    "$python" -m venv "$1" >.local/setup.log 2>&1 && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then # Debian ships python3 without venv
        say "安装 python3-venv (apt-get)"
        { apt-get update -q && apt-get install -qy python3-venv; } >.local/setup.log 2>&1 || true
        "$python" -m venv "$1" >>.local/setup.log 2>&1 && return
    fi
    fail "无法建立虚拟环境 $1，见 .local/setup.log (no virtual environment: on Debian install python3-venv)"
}

install() { # directory requirements…
    directory=$1; requirements=$2; shift
    wanted=$(cat "$@" | cksum)
    [ "$(cat "$directory/.made-from" 2>/dev/null)" = "$wanted" ] && return
    say "安装依赖 installing $requirements into $directory (one to three minutes the first time)"
    "$directory/bin/python" -m pip install --disable-pip-version-check -q -r "$requirements" >.local/setup.log 2>&1 ||
        fail "安装依赖失败，见 .local/setup.log (pip could not install $requirements)"
    printf '%s' "$wanted" >"$directory/.made-from"
}

mkdir -p .local
python=
if ! [ -x .venv/bin/python ] || ! [ -x .local/engine/bin/python ]; then
    if [ -x .venv/bin/python ]; then python=$(.venv/bin/python -c 'import sys; print(sys._base_executable)'); else python=$(find_python); fi
    [ -n "$python" ] || exit 1
fi
make_venv .venv
make_venv .local/engine
install .venv requirements-dev.txt requirements.txt
install .local/engine tools/engine-requirements.txt
