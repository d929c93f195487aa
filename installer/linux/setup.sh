#!/bin/sh
# Sets up Live2Diff Camera on a fresh Debian (12 or newer) or Ubuntu with Python 3.11 or newer,
# then runs one thing in it:
#
#   sh installer/linux/setup.sh demo [OPTIONS]   restyle the demo portrait into live2diff-demo.mp4
#   sh installer/linux/setup.sh check            lint, types, tests; CI also runs tests/virtual_camera/run.sh ci
#   sh installer/linux/setup.sh run|window|...   any command of main.py ("window": none)
#
# System packages are installed by apt (as root, or with sudo); Python packages go into .venv, in the
# versions and with the hashes of installer/lock.
set -eu
cd "$(dirname "$0")/../.."

. installer/linux/packages.sh
TESTING="make git xvfb fonts-noto-cjk pipewire pipewire-bin wireplumber dbus gstreamer1.0-pipewire \
 gstreamer1.0-plugins-base gstreamer1.0-tools xdg-desktop-portal libglib2.0-bin ffmpeg"

install_python() {
  python=$(command -v python3.11 || command -v python3)
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { echo "Python 3.11 or newer is needed; this is $("$python" --version)." >&2; exit 1; }
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  stamp=.venv/.set-up-$1
  lock=installer/lock
  [ "$stamp" -nt pyproject.toml ] && [ "$stamp" -nt "$lock/$2" ] && return 0
  if ! .venv/bin/python -c 'import torch' 2>/dev/null; then
    .venv/bin/pip install --quiet -r "$lock/torch.txt"
  fi
  .venv/bin/pip install --quiet --require-hashes --no-deps -r "$lock/$2"
  .venv/bin/pip install --quiet --no-deps --no-build-isolation -e .
  touch "$stamp"
}

command=${1:-window}
[ $# -eq 0 ] || shift
case $command in
  check)
    # shellcheck disable=SC2086
    install_packages $RUNTIME $TESTING
    install_python dev requirements-dev.txt
    exec make check
    ;;
  *)
    # shellcheck disable=SC2086
    install_packages $RUNTIME
    install_python app requirements.txt
    [ "$command" = window ] && exec .venv/bin/python main.py
    exec .venv/bin/python main.py "$command" "$@"
    ;;
esac
