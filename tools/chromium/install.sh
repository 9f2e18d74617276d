#!/bin/sh
# Installs Debian's Chromium for the test of the HTML report. Does nothing where one is there.
set -eu
if command -v chromium >/dev/null 2>&1; then
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo 'chromium is missing and this system has no apt-get: install Chromium and put it on PATH as chromium' >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core
