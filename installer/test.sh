#!/bin/bash
# Tries the installers out: the Debian package and the archive in clean Debian roots, the Windows
# installer under wine.
#
#   installer/test.sh              both; builds the package if there is none of this very bundle
#   installer/test.sh linux        the package in clean roots of Debian 12 and 13
#   installer/test.sh windows      the installer with a small payload in the place of the bundle
#   installer/test.sh ci           what .ci/run does: "linux" where a bundle of this very lock lies in
#                                  build/, made of these sources, and says NOT RUN otherwise
#
# Needs root, or sudo, and Debian. SUITES names other releases (default: "bookworm trixie"). Pictures
# and logs go to build/installer_test. The roots are kept in build/roots for the next time.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=$PWD
evidence=$project/build/installer_test
SUITES=${SUITES:-bookworm trixie}
MIRROR=${MIRROR:-http://deb.debian.org/debian}
checks=tests/installer

say() { echo "[installer ${SECONDS}s] $*"; }

. installer/linux/packages.sh

bundle_is_current() { sh installer/bundle/build.sh --is-current; }

package() {  # nothing where there is no bundle, or none of its packages, or one of another recipe
    local deb
    deb=$({ find dist -maxdepth 1 -name '*.deb' -newer build/bundle/made-from 2>/dev/null || true; } | head -n 1)
    [ -z "$deb" ] || [ -n "$(find installer/linux -type f -newer "$deb")" ] || echo "$deb"
}

package_before() {  # $1: the package, $2: where the one goes that is older by its number
    local tree=$project/build/before
    rm -rf "$tree"
    dpkg-deb -R "$1" "$tree"
    sed -i 's/^Version: .*/Version: 0.0.9/' "$tree/DEBIAN/control"
    echo 'of the version before' >"$tree/usr/lib/live2diff-camera/_internal/of-the-version-before"
    dpkg-deb --root-owner-group -Znone --build "$tree" "$2" >/dev/null
    rm -rf "$tree"
}

root_of() {  # $1: a release; makes build/roots/RELEASE.tar once
    mkdir -p build/roots
    [ -e "build/roots/$1.tar" ] && return
    say "a clean root of $1"
    as_root mmdebstrap --quiet --variant=apt --include=ca-certificates "$1" "build/roots/$1.partial.tar" "$MIRROR"
    mv "build/roots/$1.partial.tar" "build/roots/$1.tar"
}

try_release() {  # $1: a release, $2: the package, $3: the one before
    local root=$project/build/roots/$1 out=$evidence/$1
    root_of "$1"
    as_root rm -rf "$root" "$out"
    mkdir -p "$root" "$out"
    as_root tar -C "$root" --numeric-owner -xf "build/roots/$1.tar"
    as_root mkdir -p "$root/test"
    as_root cp "$checks/inside.sh" "$root/test/"
    as_root ln "$2" "$root/test/new.deb"
    as_root ln "$3" "$root/test/before.deb"
    as_root cp -al build/tar "$root/test/archive"
    say "in $1"
    local status=0
    as_root unshare --mount --pid --fork --kill-child bash "$checks/enter.sh" "$root" || status=$?
    as_root cp -r "$root/test/out/." "$out/" 2>/dev/null || true
    pictures_of "$out"
    as_root rm -rf "$root"
    [ "$status" = 0 ] || { say "FAILED in $1; see $out"; return 1; }
}

pictures_of() {  # the windows, out of the X server's own frame buffer
    local picture
    for picture in "$1"/*.xwd; do
        [ -e "$picture" ] || continue
        xwdtopnm "$picture" 2>/dev/null | pnmtopng 2>/dev/null >"${picture%.xwd}.png"
        rm -f "$picture"
    done
}

try_linux() {
    install_packages mmdebstrap netpbm lintian appstream desktop-file-utils
    mkdir -p "$evidence"
    local deb suite
    deb=$(package)
    [ -n "$deb" ] || { sh installer/linux/build_deb.sh; deb=$(package); }
    appstreamcli validate --no-net installer/linux/share/*.metainfo.xml
    desktop-file-validate installer/linux/share/*.desktop
    say "lintian: $deb"
    lintian --fail-on error --tag-display-limit 0 "$deb" >"$evidence/lintian.txt" || { grep '^E:' "$evidence/lintian.txt"; return 1; }
    package_before "$deb" build/before.deb
    sh installer/linux/build_tar.sh --unpacked
    for suite in $SUITES; do try_release "$suite" "$deb" build/before.deb; done
    rm -rf build/before.deb build/tar
    say "The package passed in: $SUITES"
}

try_windows() {
    install_packages nsis wine64 xvfb xdotool netpbm
    mkdir -p "$evidence/windows"
    bash "$checks/windows.sh" "$evidence/windows"
    say 'The Windows installer passed under wine.'
}

case ${1:-all} in
    linux) try_linux ;;
    windows) try_windows ;;
    all)
        try_linux  # no "&&" here: errors inside would end nothing
        try_windows
        ;;
    ci)
        if bundle_is_current; then try_linux
        else echo 'NOT RUN: the package in clean Debian roots (no bundle of this lock and these sources in build/; make one: sh installer/bundle/build.sh)'
        fi
        ;;
    *) sed -n '2,13p' "$0"; exit 2 ;;
esac
