#!/bin/sh
# Builds an AppDir, build/AppDir, and where RUNTIME is given also dist/live2diff-camera-VERSION-MACHINE.AppImage.
#
#   RUNTIME=runtime-x86_64 sh installer/linux/build_appimage.sh
#
# RUNTIME is the small program in front of every AppImage (github.com/AppImage/type2-runtime); check its
# digest before. The AppDir has been run (`AppRun --version`); an AppImage has not been built yet.
set -eu
cd "$(dirname "$0")/../.."
. installer/linux/common.sh

sh installer/bundle/build.sh
tree=build/AppDir
rm -rf "$tree"
mkdir -p "$tree/usr/lib" "$tree/usr/bin" dist
copy_bundle "$tree/usr/lib/$NAME"
ln -s "../lib/$NAME/$NAME" "$tree/usr/bin/$NAME"
desktop_files "$tree/usr"
ln -s "usr/bin/$NAME" "$tree/AppRun"
cp "$tree/usr/share/applications/$ID.desktop" "$tree/"
cp "build/icons/256x256.png" "$tree/$ID.png"
ln -s "$ID.png" "$tree/.DirIcon"
echo "The AppDir is ready: $tree"
[ -n "${RUNTIME:-}" ] || exit 0
image=dist/$NAME-$(field version)-$(uname -m).AppImage
mksquashfs "$tree" build/app.squashfs -root-owned -noappend -comp zstd -quiet -no-progress -mkfs-time 0 -all-time 0
cat "$RUNTIME" build/app.squashfs >"$image"
chmod +x "$image"
rm -f build/app.squashfs
ls -l "$image"
