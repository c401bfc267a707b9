#!/usr/bin/env bash
# Fails, and says why.
echo "::error title=tlspolicy::$FAILURE"
exit 1
