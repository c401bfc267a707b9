#!/usr/bin/env bash
# Writes the report in its forms and finds out what is due. Does not fail by itself: the issue comes
# first. The forms hold what people wrote, and any line of a log that begins with "::" is a command, so
# that they reach files alone.
set -euo pipefail

if [ "$(git rev-parse --is-shallow-repository)" != false ]; then
  echo '::error title=tlspolicy::this clone does not know how often review dates moved; give actions/checkout "fetch-depth: 0"'
  exit 1
fi

folder=$RUNNER_TEMP/tlspolicy-report
mkdir -p "$folder"
unwritten=

tlspolicy() {
  node "$GITHUB_ACTION_PATH/../../../dist/bin.js" "$@"
}

# Leaves in $status what the tool ends with: 0 or 1, or more if it could not work.
report() {
  status=0
  tlspolicy report --policies "$POLICIES" --format "$1" --output "$folder/report.$2" \
    ${3:+--fail-on "$3"} || status=$?
  [ "$status" -le 1 ] || unwritten+="${unwritten:+, }$1"
}

report markdown md overdue
overdue=$status
report html html due
due=$status
report ics ics
checked=0
tlspolicy check --policies "$POLICIES" --format github || checked=$?

# What cannot be read may be overdue, and counts as that: nothing is due only where all is in order.
case $overdue$due$checked in
  000) state=none ;;
  01?) state=due ;;
  11?) state=overdue ;;
  *) state= ;;
esac
echo "state=$state" >>"$GITHUB_OUTPUT"

failures=()
[ "$state" != overdue ] ||
  failures+=('review dates have passed, or files cannot be read; the job summary says what to do')
[ "$checked" != 1 ] || failures+=('there are errors in the overrides, so that some may be missing here')
[ -z "$unwritten" ] || failures+=("what is due could not be told, for a reason in the log, as $unwritten")
failure=
for reason in "${failures[@]+"${failures[@]}"}"; do failure+="${failure:+; }$reason"; done
echo "failure=$failure" >>"$GITHUB_OUTPUT"

if [ "$overdue" -le 1 ]; then
  cat "$folder/report.md"
else
  printf '### TLS policy overrides: unknown\n\nWhat is due for review could not be found out. The log of the job says why.\n'
fi >>"$GITHUB_STEP_SUMMARY"
