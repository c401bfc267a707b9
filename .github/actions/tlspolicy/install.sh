#!/usr/bin/env bash
# Builds the tool from the repository that this action came with.
set -euo pipefail
cd "$GITHUB_ACTION_PATH/../../.."

npm ci --ignore-scripts --no-audit --no-fund
npm run build
