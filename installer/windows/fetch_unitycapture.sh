#!/bin/sh
# Fetches UnityCapture's filters and licence into a bundle, just as unitycapture.txt pins them.
# Written, not yet run.
#
#   sh installer/windows/fetch_unitycapture.sh [FOLDER]     (default: build/bundle/live2diff-camera/webcam)
set -eu
cd "$(dirname "$0")/../.."
pins=installer/windows/unitycapture.txt
folder=${1:-build/bundle/live2diff-camera/webcam}
pin() { sed -n "s/^$1 //p" "$pins"; }
base=https://raw.githubusercontent.com/schellingb/UnityCapture/$(pin COMMIT)

mkdir -p "$folder"
for file in UnityCaptureFilter32.dll UnityCaptureFilter64.dll; do
  curl --fail --silent --show-error --location --output "$folder/$file.partial" "$base/Install/$file"
  found=$(sha256sum "$folder/$file.partial" | cut -d ' ' -f 1)
  [ "$found" = "$(pin "$file")" ] || { echo "error: $file has the digest $found" >&2; rm -f "$folder/$file.partial"; exit 1; }
  mv "$folder/$file.partial" "$folder/$file"
done
curl --fail --silent --show-error --location --output "$folder/UnityCapture-LICENSE.txt" "$base/LICENSE"
