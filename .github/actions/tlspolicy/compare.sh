#!/usr/bin/env bash
# Finds the commit to compare with, and whether anything in the folder of overrides differs from it.
set -euo pipefail

fail() {
  echo "::error title=tlspolicy::$1"
  exit 1
}

[ "$(git rev-parse --is-shallow-repository)" = false ] ||
  fail 'this clone is too shallow to compare; give actions/checkout "fetch-depth: 0"'

# GitHub checks out a trial merge. Its first parent is the branch as it was merged into, while the event
# may name an older commit, and then the changes of other people would count as this one's.
if [ -z "$BASE" ]; then
  BASE=$PULL_REQUEST_BASE
  merged=$(git rev-parse --verify --quiet 'HEAD^2' || true)
  if [ -n "$merged" ] && [ "$merged" = "$PULL_REQUEST_HEAD" ]; then BASE='HEAD^1'; fi
fi
[ -n "$BASE" ] || fail 'this is no pull request; name the commit to compare with as "base"'

named=$(git rev-parse --verify --quiet --end-of-options "$BASE^{commit}") ||
  fail 'the commit to compare with is not in this clone; give actions/checkout "fetch-depth: 0"'
base=$(git merge-base "$named" HEAD) ||
  fail 'this branch has no history in common with the commit to compare with'

echo "base=$base" >>"$GITHUB_OUTPUT"
differs=0
git --literal-pathspecs diff --quiet --no-ext-diff "$base" HEAD -- "$POLICIES" || differs=$?
case $differs in
  0) ;;
  1)
    echo 'changed=true' >>"$GITHUB_OUTPUT"
    exit
    ;;
  *) fail 'git could not compare the two commits; its message is in the log' ;;
esac

echo 'changed=false' >>"$GITHUB_OUTPUT"
echo "Nothing in $POLICIES differs from $base: mail is treated as before, and there is nothing to review."
printf '### TLS policy overrides: no changes\n\nThis pull request changes none of them.\n' \
  >"$RUNNER_TEMP/tlspolicy.md"
cat "$RUNNER_TEMP/tlspolicy.md" >>"$GITHUB_STEP_SUMMARY"
