#!/bin/sh
# Builds the Windows installer out of a bundle: dist/live2diff-camera-VERSION-setup.exe
#
#   sh installer/windows/build_setup.sh [PAYLOAD [VERSION [OUTPUT]]]
#
# PAYLOAD is the bundle's folder (default: build/bundle/live2diff-camera, made on Windows). Needs
# NSIS 3.08 or newer with the stub amd64-unicode: Debian's package "nsis" has it.
set -eu
cd "$(dirname "$0")/../.."
. installer/bundle/project.sh
payload=${1:-build/bundle/$NAME}
version=${2:-$(field version)}
output=${3:-dist/$NAME-$version-setup.exe}
[ -f "$payload/$NAME.exe" ] || { echo "error: $payload has no $NAME.exe" >&2; exit 1; }
mkdir -p "$(dirname "$output")" build/icons
absolute() { (cd "$(dirname "$1")" && echo "$PWD/$(basename "$1")"); }
makensis -V2 -WX -INPUTCHARSET UTF8 -DVERSION="$version" -DPAYLOAD="$(absolute "$payload")" -DICON="$PWD/build/icons/live2diff-camera.ico" \
  -DPICTURE="$PWD/build/icons/welcome.bmp" -DLICENCE="$PWD/LICENSE" -DOUTPUT="$(absolute "$output")" installer/windows/setup.nsi
ls -l "$output"
