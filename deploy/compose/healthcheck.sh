#!/usr/bin/env bash
# Exit code 0 if the monitor answers 200 on /health/live. The JRE image promises neither curl nor wget; bash speaks TCP itself.
# Usage: healthcheck.sh [port]
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${1:-8080}"
printf 'GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[[ $status == 200 ]]
