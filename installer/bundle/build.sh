#!/bin/sh
# Builds the bundle: build/bundle/live2diff-camera, one folder that needs no Python and no network.
#
#   sh installer/bundle/build.sh                Linux and macOS; on Windows in Git's shell
#   sh installer/bundle/build.sh --is-current   whether it is there, of the present lock and sources
#
# It works in an environment of its own, build/bundle-env, with the versions and hashes of
# installer/lock and torch's CPU build (on Linux without a hash until `python -m tools.torch_lock cpu`
# has recorded them; a release needs that). PYTHON names another Python (3.11 or newer).
# Where a bundle of the very same lock and sources is there already, it is kept.
set -eu
cd "$(dirname "$0")/../.."
. installer/bundle/project.sh

# These are not needed: Qt's add-ons, and what reports to OpenVINO's makers.
LEFT_OUT="pyside6 pyside6-addons openvino-telemetry"
LOCK=installer/lock/requirements-bundle.txt
ENVIRONMENT=build/bundle-env
BUNDLE=build/bundle/$NAME

fail() { echo "error: $*" >&2; exit 1; }

find_python() {
  for candidate in ${PYTHON:-} /usr/bin/python3.11 /usr/bin/python3 python3.11 python3 python; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$candidate"; return; }
  done
  fail "Python 3.11 or newer with venv is needed."
}

digest() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }

lock_digest() { cat "$LOCK" installer/lock/torch*.txt | digest; }

source_digest() {  # what lies beside counts, too
  find main.py cli engine gui resources installer/bundle installer/*/virtual_camera.* installer/linux/*.conf docs/licences.md \
    pyproject.toml CHANGELOG.md LICENSE -type f \
    ! -name '*.pyc' ! -name '*.ts' | LC_ALL=C sort | while read -r file; do echo "$file"; cat "$file"; done | digest
}

without() {  # the lock without some packages and their hashes
  awk -v out="$1" 'BEGIN { n = split(out, names, " "); for (i = 1; i <= n; i++) drop[names[i]] = 1 }
    /^[a-z0-9]/ { split($0, part, "=="); skip = part[1] in drop } !skip' "$LOCK"
}

install_torch() {  # what computes on the CPU: PyPI's wheels but on Linux; by the record of its hashes
  set -- --quiet --no-compile --no-deps
  if [ "$(uname -s)" != Linux ]; then
    "$pip" install "$@" --require-hashes -r installer/lock/torch-hashes.txt
    return
  fi
  version=$(cut -d = -f 3 installer/lock/torch.txt)
  record=installer/lock/torch-cpu-hashes.txt
  if [ -e "$record" ]; then set -- "$@" --require-hashes -r "$record"; else set -- "$@" "torch==$version+cpu"; fi
  # from the package sources that pip is set to, else from its makers
  "$pip" install "$@" 2>/dev/null || "$pip" install "$@" --index-url https://download.pytorch.org/whl/cpu ||
    fail "torch $version for CPUs cannot be had: put its wheel into a folder and set PIP_FIND_LINKS to it."
}

make_environment() {
  [ "$(cat "$ENVIRONMENT/lock" 2>/dev/null)" = "$(lock_digest)" ] && return
  rm -rf "$ENVIRONMENT"
  mkdir -p build
  "$(find_python)" -m venv "$ENVIRONMENT"
  find_tools
  install_torch
  without "$LEFT_OUT" >build/bundle-lock.txt
  "$pip" install --quiet --no-compile --require-hashes --no-deps -r build/bundle-lock.txt
  lock_digest >"$ENVIRONMENT/lock"
}

find_tools() {
  if [ -d "$ENVIRONMENT/Scripts" ]; then bin=$ENVIRONMENT/Scripts; else bin=$ENVIRONMENT/bin; fi
  pip=$bin/pip
}

add_texts() {  # beside the programs, where people look
  app="build/bundle/Live2Diff Camera.app/Contents"
  [ ! -d "$app" ] || BUNDLE=$app/MacOS
  mkdir -p "$BUNDLE/webcam" "$BUNDLE/licences"
  cp LICENSE "$BUNDLE/licences/Live2Diff-Camera-MIT.txt"
  cp docs/licences.md "$BUNDLE/licences/"
  cp installer/bundle/pyvirtualcam.txt "$BUNDLE/licences/"
  case $(uname -s) in
    Linux) cp installer/linux/virtual_camera.sh installer/linux/*.conf "$BUNDLE/webcam/" ;;
    Darwin) cp installer/macos/virtual_camera.sh "$BUNDLE/webcam/" ;;
    *) cp installer/windows/virtual_camera.ps1 "$BUNDLE/webcam/" ;;
  esac
}

wanted="lock $(lock_digest)
sources $(source_digest)"
current() { [ "$(cat build/bundle/made-from 2>/dev/null)" = "$wanted" ]; }
[ "${1:-}" != --is-current ] || { current; exit; }
current && { echo "The bundle is up to date: $BUNDLE"; exit 0; }
make_environment
find_tools
SOURCE_DATE_EPOCH=$("$bin/python" -c 'import calendar, sys, time
print(calendar.timegm(time.strptime(sys.argv[1], "%Y-%m-%d")))' "$(release_day)")
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0 QT_QPA_PLATFORM=offscreen
# bytecode is made of what is imported alone, and apart: in the bundle there is PyInstaller's own
export PYTHONPYCACHEPREFIX="$PWD/build/bytecode"
"$bin/python" installer/bundle/icons.py build/icons
rm -rf build/bundle build/pyinstaller
"$bin/python" -m PyInstaller --noconfirm --log-level WARN --distpath build/bundle \
  --workpath build/pyinstaller installer/bundle/live2diff-camera.spec
add_texts
rm -rf build/pyinstaller build/bytecode
printf '%s\n' "$wanted" >build/bundle/made-from
echo "The bundle is ready: $BUNDLE ($(du -sm "$BUNDLE" | cut -f 1) MB)"
