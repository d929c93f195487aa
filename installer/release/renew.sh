#!/bin/sh
# Signs the list of new versions anew with a later day, so that programs go on believing it.
#
#   MINISIGN_KEY=… sh installer/release/renew.sh FOLDER [EXPIRES]
#
# FOLDER: has feed.json and feed.json.minisig as they are published; both are replaced. A list that was
# not signed with our own key is refused.
# EXPIRES: as for sign.sh (default: in 90 days).
set -eu
cd "$(dirname "$0")/../.."
folder=$1
expires=${2:-$(date -u -d '+90 days' +%F)}
[ -n "${MINISIGN_KEY:-}" ] || { echo "error: MINISIGN_KEY is not set." >&2; exit 1; }
public=$(sed -n 's/^ *"key": "\(.*\)".*/\1/p' resources/updates.json)
[ -n "$public" ] || { echo "error: resources/updates.json has no key." >&2; exit 1; }
minisign -V -q -P "$public" -m "$folder/feed.json"
key=$(mktemp)
trap 'rm -f "$key"' EXIT
printf '%s\n' "$MINISIGN_KEY" >"$key"
python3 -m tools.feed renew "$expires" "$folder"
minisign -S -W -s "$key" -m "$folder/feed.json" -t "Renewed; good until $expires"
