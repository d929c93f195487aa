#!/bin/sh
# Writes what goes with the files in dist: the winget manifests, the list for the update notice
# (feed.json), SHA256SUMS, and their signatures.
#
#   MINISIGN_KEY=… sh installer/release/sign.sh VERSION ADDRESS PAGE [EXPIRES]
#
# ADDRESS: the folder that people download from. PAGE: where they read about the release.
# MINISIGN_KEY: the text of a secret key without a password, which is never written into the project; the
# public half is "key" in resources/updates.json.
# EXPIRES: the day by which the list is signed anew at the latest (default: in 90 days); renew.sh does
# that every month. So the list is not among the SHA256SUMS: it has a signature of its own.
set -eu
cd "$(dirname "$0")/../.."
version=$1 address=$2 page=$3
expires=${4:-$(date -u -d '+90 days' +%F)}
[ -n "${MINISIGN_KEY:-}" ] || { echo "error: MINISIGN_KEY is not set." >&2; exit 1; }
key=$(mktemp)
trap 'rm -f "$key"' EXIT
printf '%s\n' "$MINISIGN_KEY" >"$key"

setup=dist/live2diff-camera-$version-setup.exe
if [ -f "$setup" ]; then
  for manifest in installer/windows/winget/*.yaml; do
    sed -e "s|@VERSION@|$version|" -e "s|@URL@|$address/$(basename "$setup")|" \
      -e "s|@SHA256@|$(sha256sum "$setup" | cut -d ' ' -f 1)|" "$manifest" >"dist/$(basename "$manifest")"
  done
fi
python3 -m tools.feed "$version" "$address" "$page" "$expires" dist
(cd dist && rm -f SHA256SUMS* && find . -maxdepth 1 -type f ! -name '*.minisig' ! -name feed.json -printf '%P\n' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
minisign -S -W -s "$key" -m dist/SHA256SUMS -t "Live2Diff Camera $version"
minisign -S -W -s "$key" -m dist/feed.json -t "Live2Diff Camera $version, good until $expires"
