#!/bin/sh
# Builds dist/live2diff-camera-VERSION-macos-MACHINE.dmg. Written, not yet run: it needs a Mac.
#
# IDENTITY     "Developer ID Application: …" signs for the hardened runtime; without it the signature
#              is ad hoc, and macOS asks the user to allow the program
# NOTARY       a keychain profile of notarytool; with it the image is notarised and stapled
set -eu
cd "$(dirname "$0")/../.."
. installer/bundle/project.sh

sh installer/bundle/build.sh
app="build/bundle/Live2Diff Camera.app"
image=dist/$NAME-$(field version)-macos-$(uname -m).dmg
stage=build/dmg

sign() {  # the publisher under a name of its own, by which a camera extension knows it
  case $1 in *-publisher) set -- "$1" --identifier io.live2diff.Camera.publisher ;; esac
  file=$1
  shift
  codesign --force --timestamp --options runtime --entitlements installer/macos/entitlements.plist --sign "$IDENTITY" "$@" "$file"
}

if [ -n "${IDENTITY:-}" ]; then  # from the inside out
  find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm +111 \) | while read -r file; do sign "$file"; done
  sign "$app"
  codesign --verify --deep --strict "$app"
fi
rm -rf "$stage"
mkdir -p "$stage" dist
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname "Live2Diff Camera" -srcfolder "$stage" -format ULMO -ov "$image"
rm -rf "$stage"
[ -z "${IDENTITY:-}" ] || codesign --sign "$IDENTITY" "$image"
if [ -n "${NOTARY:-}" ]; then
  xcrun notarytool submit "$image" --keychain-profile "$NOTARY" --wait
  xcrun stapler staple "$image"
fi
ls -l "$image"
