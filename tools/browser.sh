#!/bin/sh
# Find a Chromium for tests that look at pages, or install Debian's when we may. Prints its path.
set -eu
for name in "${BROWSER_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    [ -n "$name" ] && command -v "$name" 2>/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "· 安装 chromium (apt-get)" >&2
    mkdir -p .local
    { apt-get update -q && apt-get install -qy --no-install-recommends chromium fonts-noto-cjk; } >.local/setup.log 2>&1 &&
        command -v chromium && exit 0
fi
echo "✗ 没有找到浏览器 (no Chromium or Chrome found: install one or set BROWSER_PATH)" >&2
exit 1
