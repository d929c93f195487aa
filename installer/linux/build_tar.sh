#!/bin/sh
# Builds the archive for other Linux systems: dist/live2diff-camera-VERSION-linux-MACHINE.tar.xz, with
# the bundle and an installer that needs no root. It runs on this system's glibc and newer ones.
#
#   sh installer/linux/build_tar.sh               the archive
#   sh installer/linux/build_tar.sh --unpacked    only what would be in it: build/tar/live2diff-camera-VERSION
set -eu
cd "$(dirname "$0")/../.."
. installer/linux/common.sh

sh installer/bundle/build.sh
folder=$NAME-$(field version)
tree=build/tar/$folder
rm -rf build/tar
mkdir -p "$tree" dist
copy_bundle "$tree/$NAME"
desktop_files "$tree"
install -m 755 installer/linux/install.sh "$tree/install.sh"
install -m 644 LICENSE "$tree/LICENSE"
[ "${1:-}" != --unpacked ] || { echo "The archive's content is ready: $tree"; exit 0; }
archive=dist/$folder-linux-$(uname -m).tar.xz
tar -C build/tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$(release_day) 00:00 UTC" -cf - "$folder" |
  xz -T0 -4 >"$archive.partial"
mv "$archive.partial" "$archive"
rm -rf build/tar
ls -l "$archive"
