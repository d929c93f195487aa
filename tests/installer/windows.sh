#!/bin/bash
# The Windows installer under wine, with a small payload: install, repair, upgrade, refuse, remove.
# Usage: windows.sh FOLDER; pictures of its pages go there.
set -euo pipefail
out=$1
mkdir -p "$out"
work=$(mktemp -d)
wine_programs=/usr/lib/x86_64-linux-gnu/wine/x86_64-windows
export WINEPREFIX=$work/prefix WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=;winemenubuilder.exe=d' DISPLAY=:19 LANG=C.UTF-8
export WINEARCH=win64 HOME=$work  # wine writes menus into it

fail() { echo "FAILED: $*" >&2; exit 1; }
step() { echo "  $(date +%T) $*"; }
end() { wineserver64 -k 2>/dev/null || true; umount "$work/small" 2>/dev/null || true; [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"; }
trap end EXIT
wineserver64() { /usr/lib/wine/wineserver64 "$@"; }
wine() { /usr/lib/wine/wine64 "$@"; }
registered() { wine reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Live2DiffCamera' /v "$1" 2>/dev/null | tr -d '\r' | sed -n "s/^ *$1 *REG_[A-Z]* *//p"; }
holds() {  # whether just the files of a payload are in place
    local left
    left=$(diff -r "$1" "$place" | grep -v 'uninstall.exe$' || true)
    [ -z "$left" ] || { echo "$left"; return 1; }
}
status_of() { local status=0; "$@" >/dev/null 2>&1 || status=$?; echo "$status"; }

payload() {  # $1: version; each has a file of its own
    local folder=$work/payload-$1
    mkdir -p "$folder/_internal/deep/er" "$folder/webcam" "$folder/licences"
    cp "$wine_programs/hostname.exe" "$folder/live2diff-camera.exe"
    cp "$wine_programs/hostname.exe" "$folder/live2diff-camera-publisher.exe"
    echo "$1" >"$folder/_internal/deep/er/version.txt"
    echo "$1" >"$folder/_internal/Größe 文件.txt"
    echo "$1" >"$folder/_internal/only-in-$1.txt"
    cp installer/windows/virtual_camera.ps1 "$folder/webcam/"
    cp LICENSE "$folder/licences/"
    sh installer/windows/build_setup.sh "$folder" "$1" "$work/setup-$1.exe" >/dev/null
}

if [ ! -e build/icons/welcome.bmp ]; then  # a release has them from the machine that made the bundle
    python=$(command -v build/bundle-env/bin/python || command -v .venv/bin/python) || fail 'icons need build/bundle-env or .venv'
    QT_QPA_PLATFORM=offscreen "$python" installer/bundle/icons.py build/icons
fi
Xvfb :19 -screen 0 1024x768x24 -fbdir "$work" >/dev/null 2>&1 &
server=$!
step 'build'
payload 1.0.0
payload 1.1.0
for _ in 1 2 3; do  # on a busy machine wine's own services can come too late, and it gives up
    ! wine wineboot --init >"$work/wineboot.txt" 2>&1 || break
    wineserver64 -w
done
wineserver64 -w
[ -d "$WINEPREFIX/drive_c/users" ] || { tail -n 5 "$work/wineboot.txt"; fail 'wine has made no system of its own'; }
user=$(find "$WINEPREFIX/drive_c/users" -mindepth 1 -maxdepth 1 -type d ! -name Public | head -n 1)
place="$user/AppData/Local/Programs/Live2Diff Camera"
menu="$user/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Live2Diff Camera.lnk"
mkdir -p "$user/AppData/Local/live2diff-camera"
echo kept >"$user/AppData/Local/live2diff-camera/preferences.json"

step 'install'
[ "$(status_of wine "$work/setup-1.0.0.exe" /S)" = 0 ] || fail 'the installer failed'
holds "$work/payload-1.0.0" || fail 'the files differ'
[ "$(registered DisplayVersion)" = 1.0.0 ] || fail "registered: $(registered DisplayVersion)"
[ -e "$menu" ] || fail 'nothing in the start menu'

step 'repair'
rm "$place/_internal/deep/er/version.txt" && echo broken >"$place/live2diff-camera-publisher.exe"
[ "$(status_of wine "$work/setup-1.0.0.exe" /S)" = 0 ] || fail 'repairing failed'
holds "$work/payload-1.0.0" || fail 'it was not repaired'

step 'upgrade'
[ "$(status_of wine "$work/setup-1.1.0.exe" /S)" = 0 ] || fail 'upgrading failed'
holds "$work/payload-1.1.0" || fail 'it was not upgraded'
[ "$(registered DisplayVersion)" = 1.1.0 ] || fail "registered: $(registered DisplayVersion)"
[ ! -e "$place.before" ] || fail 'the version before is left'

step 'refuse an older version'
[ "$(status_of wine "$work/setup-1.0.0.exe" /S)" = 3 ] || fail 'an older version was not refused'
[ "$(cat "$place/_internal/deep/er/version.txt")" = 1.1.0 ] || fail 'the older version was installed'

step 'put everything back where the disk is full'
head -c 9M /dev/urandom >"$work/payload-1.1.0/_internal/large"
sh installer/windows/build_setup.sh "$work/payload-1.1.0" 1.2.0 "$work/setup-1.2.0.exe" >/dev/null
rm "$work/payload-1.1.0/_internal/large"
mkdir "$work/small"
if mount -t tmpfs -o size=8M tmpfs "$work/small" 2>/dev/null; then
    mv "$user/AppData/Local/Programs" "$work/whole"
    ln -s "$work/small" "$user/AppData/Local/Programs"
    cp -r "$work/whole/." "$work/small/"
    [ "$(status_of wine "$work/setup-1.2.0.exe" /S)" = 2 ] || fail 'the failure was not reported'
    holds "$work/payload-1.1.0" || fail 'files were lost'
    rm "$user/AppData/Local/Programs" && mv "$work/whole" "$user/AppData/Local/Programs"
    umount "$work/small"
else
    echo '  NOT RUN: a full disk (it cannot be mounted here)'
fi

step 'remove'
[ "$(status_of wine "$place/uninstall.exe" /S)" = 0 ] || fail 'removal failed'
for _ in $(seq 50); do [ -e "$place" ] || break; sleep 0.2; done
[ ! -e "$place" ] || fail "left: $(find "$place")"
[ ! -e "$menu" ] || fail 'the start menu still has it'
[ -z "$(registered DisplayVersion)" ] || fail 'it is still registered'
[ "$(cat "$user/AppData/Local/live2diff-camera/preferences.json")" = kept ] || fail "the user's settings are gone"

step 'into a folder of the user’s choice, with a blank in its name'
[ "$(status_of wine "$work/setup-1.1.0.exe" /S '/D=C:\My' 'Programs\Live2Diff' Camera)" = 0 ] || fail '/D failed'
other="$WINEPREFIX/drive_c/My Programs"
echo mine >"$other/mine.txt"
[ -e "$other/Live2Diff Camera/live2diff-camera.exe" ] || fail '/D was not heeded'
[ "$(status_of wine "$other/Live2Diff Camera/uninstall.exe" /S)" = 0 ] || fail 'removal failed'
for _ in $(seq 50); do [ -e "$other/Live2Diff Camera" ] || break; sleep 0.2; done
[ "$(ls "$other")" = mine.txt ] || fail "left: $(ls "$other")"

step 'its pages'
seen=$(md5sum <"$work/Xvfb_screen0")
picture() {  # $1: a name; takes the next page once it is there and rests
    local now before='' changed=''
    for _ in $(seq 240); do
        now=$(md5sum <"$work/Xvfb_screen0")
        [ "$now" = "$seen" ] || changed=$((${changed:-0} + 1))
        if [ -n "$changed" ] && { [ "$now" = "$before" ] || [ "$changed" -gt 10 ]; }; then
            seen=$now
            xwdtopnm "$work/Xvfb_screen0" 2>/dev/null | pnmtopng 2>/dev/null >"$out/$1.png"
            [ "$(stat -c %s "$out/$1.png")" -lt 2000 ] || return 0  # else the empty screen between two pages
            changed=''
        fi
        before=$now
        sleep 0.7
    done
    fail "the page $1 has not come"
}
press() { xdotool key --clearmodifiers "$1"; }
wine "$work/setup-1.1.0.exe" >/dev/null 2>&1 &
for page in 0-language 1-welcome 2-licence 3-parts 4-folder; do picture "$page"; press Return; done
for _ in $(seq 240); do [ -e "$place/uninstall.exe" ] && [ -n "$(registered EstimatedSize)" ] && break; sleep 0.5; done
holds "$work/payload-1.1.0" || fail 'installing by its pages failed'
picture 5-files-or-finish
wineserver64 -k || true
sleep 1
seen=$(md5sum <"$work/Xvfb_screen0")
wine "$work/setup-1.1.0.exe" >/dev/null 2>&1 &
for page in 6-language 7-welcome; do picture "$page"; press Return; done
picture 8-repair-or-remove
echo 'passed' >"$out/passed.txt"
