#!/bin/sh
# Lints the GitHub workflows with actionlint (go.mod) and zizmor (requirements.txt), each built or installed once into the cache.
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
cache="$root/node_modules/.cache/fairlead/workflow-lint"
actionlint="$cache/actionlint-$(cksum < "$here/go.sum" | cut -d ' ' -f 1)"
zizmor="$cache/zizmor-$(cksum < "$here/requirements.txt" | cut -d ' ' -f 1)"
mkdir -p "$cache"
if [ ! -x "$actionlint" ]; then
  (cd "$here" && go build -o "$actionlint" github.com/rhysd/actionlint/cmd/actionlint)
fi
if [ ! -x "$zizmor/bin/zizmor" ]; then
  python3 -m venv "$zizmor"
  "$zizmor/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
fi
cd "$root"
# shellcheck and pyflakes are off: they would be found on some machines and not on others.
"$actionlint" -shellcheck= -pyflakes= .github/workflows/*.yml
"$zizmor/bin/zizmor" --offline --quiet --persona=auditor .github/workflows
