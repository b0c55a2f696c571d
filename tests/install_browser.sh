#!/bin/sh
# Sees to it that there is a Chromium for the browser tests. Usage: install_browser.sh PLAYWRIGHT
# Ends well even if none can be had: the tests that need one then fail and say so.
set -u

for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && exit 0
done

install() {
    apt-get install -y -qq "$@" >/dev/null </dev/null
}

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium, and fonts for every script of the survey, from the system's packages"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && install fonts-liberation fonts-noto-core
    # The shell draws the same pages without windows, in two thirds of the time; not every system has it.
    { install chromium-headless-shell 2>/dev/null || install chromium; } && exit 0
fi

echo "Installing Playwright's own Chromium"
"$1" install chromium </dev/null || echo "No Chromium could be installed: the browser tests will fail." >&2
exit 0
