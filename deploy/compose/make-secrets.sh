#!/usr/bin/env bash
# A certificate authority, a certificate of it for the monitor, and the operator's token, for this machine alone. What is there stays.
# Usage: make-secrets.sh folder name...   The names are those under which the monitor is asked.
set -euo pipefail
folder=$1
shift
[[ ! -e $folder/operator.token ]] || exit 0
umask 077
cd "$folder"

random() { od -An -N 32 -tx1 /dev/urandom | tr -d ' \n'; }

random >password
names=ip:127.0.0.1
for name in "$@"; do names+=,dns:$name; done
store() { keytool "$@" -storetype PKCS12 -storepass:file password >/dev/null 2>&1; }
store -genkeypair -alias ca -dname CN=lastmile-compose -keyalg EC -validity 3650 -ext bc:c -keystore ca.p12
store -genkeypair -alias server -dname CN=monitor -keyalg EC -validity 3650 -keystore server.p12
store -exportcert -alias ca -rfc -file ca.pem -keystore ca.p12
store -certreq -alias server -file server.csr -keystore server.p12
store -gencert -alias ca -infile server.csr -outfile server.pem -rfc -validity 3650 -ext "san=$names" -keystore ca.p12
store -importcert -noprompt -alias ca -file ca.pem -keystore server.p12
store -importcert -noprompt -alias server -file server.pem -keystore server.p12
rm ca.p12 server.csr server.pem
# The last one: it says that all others are there. Monitor, Prometheus and whoever opens the page run as different users.
random >operator.token
chmod 644 ca.pem server.p12 password operator.token
chmod 755 .
