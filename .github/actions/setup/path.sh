#!/usr/bin/env bash
# Puts a command "tlspolicy" on the path of later steps.
set -euo pipefail
root=$(cd "$GITHUB_ACTION_PATH/../../.." && pwd)
bin="$RUNNER_TEMP/tlspolicy-bin"

mkdir -p "$bin"
printf '#!/bin/sh\nexec node "%s/dist/bin.js" "$@"\n' "$root" > "$bin/tlspolicy"
chmod 755 "$bin/tlspolicy"
echo "$bin" >> "$GITHUB_PATH"
