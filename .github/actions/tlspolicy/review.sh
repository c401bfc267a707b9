#!/usr/bin/env bash
# Annotates what is wrong and describes what changes, for the job summary and the comment. Does not fail
# by itself: the comment comes first. The description holds what people wrote, and any line of a log that
# begins with "::" is a command, so that it reaches files alone.
set -euo pipefail

tlspolicy() {
  node "$GITHUB_ACTION_PATH/../../../dist/bin.js" "$@"
}

report=$RUNNER_TEMP/tlspolicy.md
described=$RUNNER_TEMP/tlspolicy-diff.md
failures=()

checked=0
tlspolicy check --policies "$POLICIES" --format github --changed-since "$BASE" || checked=$?
compared=0
tlspolicy diff "$BASE" --policies "$POLICIES" --format markdown ${FAIL_ON:+--fail-on "$FAIL_ON"} \
  >"$described" || compared=$?

: >"$report"
case $checked in
  0) ;;
  1)
    failures+=('there are errors in the overrides, marked in the files')
    printf '**Not ready to be merged:** there are errors, marked in the files.\n\n' >>"$report"
    ;;
  *)
    failures+=('the overrides could not be checked; the reason is in the log')
    printf '**The overrides could not be checked.** The log of the job says why.\n\n' >>"$report"
    ;;
esac
case $compared in
  0) ;;
  1) failures+=('the change is of a sort that fail-on names') ;;
  *)
    failures+=('the change could not be described; the reason is in the log')
    printf '### TLS policy overrides: unknown\n\nWhat this pull request does to mail could not be found out.\n' \
      >"$described"
    ;;
esac
cat "$described" >>"$report"
cat "$report" >>"$GITHUB_STEP_SUMMARY"

failure=
for reason in "${failures[@]+"${failures[@]}"}"; do failure+="${failure:+; }$reason"; done
echo "failure=$failure" >>"$GITHUB_OUTPUT"
