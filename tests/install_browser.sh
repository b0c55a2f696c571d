#!/bin/sh
# Sees to it that there is a Chromium for the browser tests. Usage: install_browser.sh PLAYWRIGHT
# Ends well even if none can be had: the tests that need one then fail and say so.
set -u

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && exit 0
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium, and fonts for every script of the survey, from the system's packages"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq chromium fonts-liberation fonts-noto-core >/dev/null </dev/null && exit 0
fi

echo "Installing Playwright's own Chromium"
"$1" install chromium </dev/null || echo "No Chromium could be installed: the browser tests will fail." >&2
exit 0
