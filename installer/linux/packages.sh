# Installs system packages with apt, where they are missing; to be sourced.
# shellcheck shell=sh
# shellcheck disable=SC2034
RUNTIME="python3 python3-venv libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 \
 libfontconfig1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 \
 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1"

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing() { for p in "$@"; do dpkg -s "$p" >/dev/null 2>&1 || printf '%s ' "$p"; done; }

install_packages() {
  wanted=$(missing "$@")
  [ -n "$wanted" ] || return 0
  command -v apt-get >/dev/null || { echo "Please install these packages, or what your system calls them: $wanted" >&2; return 0; }
  echo "Installing system packages: $wanted"
  as_root apt-get -qq -o DPkg::Lock::Timeout=300 update
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Use-Pty=0 install -y --no-install-recommends $wanted >/dev/null
}
