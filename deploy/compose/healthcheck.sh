#!/usr/bin/env bash
# Exit code 0 if the monitor lives, or with the argument "ready" if it also does its work: it writes a file each second that says so.
# The JRE image promises neither curl nor wget, and HTTP there is encrypted and asks for a token.
# Usage: healthcheck.sh [live|ready] [file]
set -euo pipefail
file=${2:-/tmp/lastmile.health}
age=$(($(date +%s) - $(stat -c %Y "$file")))
((age < 30))
[[ ${1:-live} == live || $(<"$file") == ready ]]
