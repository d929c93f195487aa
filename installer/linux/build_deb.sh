#!/bin/sh
# Builds the Debian package: dist/live2diff-camera_VERSION_ARCHITECTURE.deb, and no other.
#
#   sh installer/linux/build_deb.sh
#
# From a checkout or a copy of one, on Debian 12 or newer or Ubuntu with Python 3.11 or newer, as root
# or with sudo. It installs what it needs by apt and uses no .venv. The package runs on this system
# and newer ones: build on the oldest that is to be served.
set -eu
cd "$(dirname "$0")/../.."
umask 022

. installer/linux/common.sh
. installer/linux/packages.sh
PACKAGES="$RUNTIME binutils xz-utils dpkg-dev libwayland-cursor0 libwayland-egl1"

maintainer() { sed -n 's/^authors = .*name = "\([^"]*\)", email = "\([^"]*\)".*/\1 <\2>/p' pyproject.toml; }

documents() {  # $1: the package's folder
  doc=$1/usr/share/doc/$NAME
  mkdir -p "$doc" "$1/usr/share/man/man1" "$1/usr/share/lintian/overrides"
  install -m 644 installer/linux/deb/copyright "$doc/copyright"
  printf '%s (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n -- %s  %s\n' "$NAME" "$version" \
    "$(maintainer)" "$(LC_ALL=C date -u -R -d "$(release_day)")" | gzip -9n >"$doc/changelog.gz"
  gzip -9nc CHANGELOG.md >"$doc/CHANGELOG.md.gz"
  gzip -9nc "$SHARE/$NAME.1" >"$1/usr/share/man/man1/$NAME.1.gz"
  install -m 644 installer/linux/deb/lintian-overrides "$1/usr/share/lintian/overrides/$NAME"
}

control_files() {
  mkdir -p "$1/DEBIAN"
  sed -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$(dpkg --print-architecture)|" \
    -e "s|@MAINTAINER@|$(maintainer)|" -e "s|@HOMEPAGE@|$(field Homepage)|" \
    -e "s|@SIZE@|$(du -sk --exclude=DEBIAN "$1" | cut -f 1)|" -e "s|@GLIBC@|$(glibc)|" \
    installer/linux/deb/control.in >"$1/DEBIAN/control"
  install -m 755 installer/linux/deb/prerm "$1/DEBIAN/prerm"
  (cd "$1" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$1/DEBIAN/md5sums"
}

glibc() { ldd --version | sed -n '1s/.* //p'; }  # the bundle has this system's libraries in it

pack() {
  tree=build/deb
  rm -rf "$tree"
  mkdir -p "$tree/usr/lib" "$tree/usr/bin" dist
  copy_bundle "$tree/usr/lib/$NAME"
  ln -s "../lib/$NAME/$NAME" "$tree/usr/bin/$NAME"
  desktop_files "$tree/usr"
  documents "$tree"
  control_files "$tree"
  rm -f dist/*.deb
  SOURCE_DATE_EPOCH=$(date -u -d "$(release_day)" +%s)
  export SOURCE_DATE_EPOCH
  dpkg-deb --root-owner-group -Zxz -z4 --build "$tree" \
    "dist/${NAME}_${version}_$(dpkg --print-architecture).deb"
  rm -rf "$tree"
}

# shellcheck disable=SC2086
install_packages $PACKAGES
# PyInstaller takes the interpreter's library along, which Debian packs apart from it
install_packages "lib$(/usr/bin/python3 -c 'import sys; print("python%d.%d" % sys.version_info[:2])')"
version=$(field version)
PYTHON=/usr/bin/python3 sh installer/bundle/build.sh
pack
ls -l dist/*.deb
