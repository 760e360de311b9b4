#!/bin/sh
# Makes the secrets of compose.yaml, each once: what is there already stays as it is. Keep `secret`
# in another place, too: without it no token in a backup can be read.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets

# A secret that is a file of the host is readable inside by its own mode; the folder is closed.
keep() {
  [ -s "secrets/$1" ] || cat > "secrets/$1"
  chmod 0444 "secrets/$1"
}

for name in database-password bus-password secret api-key; do
  openssl rand -hex 24 | keep "$name"
done
printf 'user: motown\npassword: "%s"\n' "$(cat secrets/bus-password)" | keep nats-users.conf

# To try it. Replace it by a certificate that your stations trust: chain, then key, in one file.
if [ ! -s secrets/certificate.pem ]; then
  host="${MOTOWN_HOST_NAME:-localhost}"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 90 \
    -subj "/CN=$host" -addext "subjectAltName=DNS:$host,IP:127.0.0.1" \
    -keyout secrets/key.tmp -out secrets/certificate.tmp 2>/dev/null
  cat secrets/certificate.tmp secrets/key.tmp | keep certificate.pem
  rm secrets/key.tmp secrets/certificate.tmp
fi
echo "The secrets are in $(pwd)/secrets."
