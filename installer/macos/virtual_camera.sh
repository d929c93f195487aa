#!/bin/bash
# On macOS the virtual camera is OBS Studio's camera extension, whose name is always
# "OBS Virtual Camera". Not yet run on macOS.
#
#   virtual_camera.sh install    installs OBS Studio through Homebrew and opens it
#   virtual_camera.sh status
set -euo pipefail

application=/Applications/OBS.app

installed() { [ -d "$application" ]; }

approved() { systemextensionsctl list 2>/dev/null | grep -q 'com.obsproject.obs-studio.mac-camera-extension.*activated enabled'; }

install_camera() {
    if ! installed; then
        command -v brew >/dev/null || { echo 'Install OBS Studio from https://obsproject.com first.' >&2; exit 1; }
        read -r -p 'Run: brew install --cask obs  [y/N] ' answer
        case $answer in [yY]*) brew install --cask obs ;; *) echo 'Nothing was changed.'; exit 1 ;; esac
    fi
    approved && { echo 'OBS Virtual Camera is ready.'; exit 0; }
    open -a OBS
    echo 'In OBS, click "Start Virtual Camera" once, and allow the extension in System Settings >'
    echo 'General > Login Items & Extensions > Camera Extensions. Then quit OBS.'
}

case ${1:-} in
    install) install_camera ;;
    status) installed && approved && echo 'OBS Virtual Camera is ready.' ;;
    *) sed -n 2,7p "$0"; exit 2 ;;
esac
