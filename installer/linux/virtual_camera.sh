#!/bin/bash
# Sets up the device behind "Live2Diff Camera", or removes it.
#
#   virtual_camera.sh install [--yes] [--no-packages]
#   virtual_camera.sh remove [--yes]
#   virtual_camera.sh status
#   virtual_camera.sh plan [--no-packages]    what "install" would do here, one step a line
#
# Installing adds the driver v4l2loopback from the system's packages and two files,
# /etc/modprobe.d/live2diff-camera.conf and /etc/modules-load.d/live2diff-camera.conf. No other
# files are changed. Removing deletes those two files and unloads the driver if it is not in use;
# the package stays, because other programs may need it.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin  # modinfo and modprobe, which are not on every user's path

label='Live2Diff Camera'
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
options_file=/etc/modprobe.d/live2diff-camera.conf
load_file=/etc/modules-load.d/live2diff-camera.conf
yes=''
packages=1

fail() { echo "error: $*" >&2; exit 1; }

device() {  # the node of our device, if there is one
    local name
    for name in /sys/class/video4linux/video*/name; do
        [ -e "$name" ] && [ "$(cat "$name")" = "$label" ] &&
            { echo "/dev/$(basename "$(dirname "$name")")"; return 0; }
    done
    return 1
}

loaded() { [ -d /sys/module/v4l2loopback ]; }

driver_version() { modinfo -F version v4l2loopback 2>/dev/null || cat /sys/module/v4l2loopback/version; }

adds_at_run_time() {  # devices can be added to a running driver since 0.13
    local tool
    tool=$(command -v v4l2loopback-ctl) || return 1
    [ -x "$tool" ] && [ "$(printf '%s\n' 0.13 "$(driver_version)" | sort -V | head -n 1)" = 0.13 ]
}

others_options() {  # other programs' option lines for the same driver
    grep -lsE '^[[:space:]]*options[[:space:]]+v4l2loopback' /etc/modprobe.d/*.conf /usr/lib/modprobe.d/*.conf |
        grep -vxF "$options_file" || true
}

package_command() {
    local kernel
    kernel=$(uname -r)
    if command -v apt-get >/dev/null; then echo "apt-get install -y v4l2loopback-dkms linux-headers-$kernel"
    elif command -v dnf >/dev/null; then echo 'dnf install -y akmod-v4l2loopback v4l2loopback'
    elif command -v pacman >/dev/null; then echo 'pacman -S --needed --noconfirm v4l2loopback-dkms v4l2loopback-utils linux-headers'
    elif command -v zypper >/dev/null; then echo 'zypper --non-interactive install v4l2loopback-kmp-default'
    else fail 'unknown package manager: install v4l2loopback yourself, then run this again with --no-packages'
    fi
}

ask() {
    [ -n "$yes" ] && return
    local answer
    read -r -p 'Continue? [y/N] ' answer
    case $answer in [yYjJ]*) ;; *) echo 'Nothing was changed.'; exit 1 ;; esac
}

become_root() {  # only now, after the user has read the plan
    [ "$(id -u)" = 0 ] && return
    local asker=sudo
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v pkexec >/dev/null; then asker=pkexec; fi
    exec "$asker" "$here/virtual_camera.sh" "$@" --yes
}

steps() {  # a word and what it is about, with a tab between; none where the device is there already
    local others command
    if device >/dev/null; then return; fi
    if [ -n "$packages" ] && ! loaded && ! modinfo v4l2loopback >/dev/null 2>&1; then
        command=$(package_command) || return
        printf 'run\t%s\n' "$command"
    fi
    others=$(others_options)
    if [ -n "$others" ]; then
        printf 'keep\t%s\n' "${others//$'\n'/, }"
        printf 'add\tv4l2loopback\n'
    else
        printf 'write\t%s\n' "$options_file" "$load_file"
        printf 'load\tv4l2loopback\n'
    fi
}

plan_install() {
    local planned word what
    planned=$(steps) || exit 1
    echo "This sets up the camera device \"$label\":"
    while IFS=$'\t' read -r word what; do
        case $word in
            keep) what="the driver's options of another program in: $what" ;;
            add) what='our device to the running driver, until the next restart' ;;
            load) what="the driver $what" ;;
        esac
        printf '  %-7s %s\n' "$word" "$what"
    done <<<"$planned"
}

install_driver() {
    if modinfo v4l2loopback >/dev/null 2>&1 || loaded; then return; fi
    [ -n "$packages" ] || fail 'v4l2loopback is not installed'
    local command
    command=$(package_command)
    [ -z "$yes" ] || export DEBIAN_FRONTEND=noninteractive  # nobody sees a question that it asks
    $command || fail "this command failed: $command"
    modinfo v4l2loopback >/dev/null 2>&1 ||
        fail 'the driver was not built for this kernel; see: dkms status'
}

load_driver() {
    if loaded; then
        adds_at_run_time && { v4l2loopback-ctl add --name "$label" --exclusive-caps 1; return; }
        modprobe -r v4l2loopback 2>/dev/null ||
            fail 'the driver is in use: close the programs that use a virtual camera, or restart the computer'
    fi
    modprobe v4l2loopback && return
    command -v mokutil >/dev/null && mokutil --sb-state 2>/dev/null | grep -q enabled &&
        fail 'Secure Boot refuses the driver. Enrol its key with: sudo mokutil --import /var/lib/dkms/mok.pub, then restart and confirm'
    fail 'the driver could not be loaded; see: sudo dmesg | tail'
}

do_install() {
    if device >/dev/null; then echo "\"$label\" already exists: $(device)"; exit 0; fi
    plan_install
    ask
    if [ -n "$packages" ]; then become_root install; else become_root install --no-packages; fi
    install_driver
    if [ -z "$(others_options)" ]; then
        install -m 644 "$here/modprobe.conf" "$options_file"
        install -m 644 "$here/modules-load.conf" "$load_file"
    elif ! { loaded || modprobe v4l2loopback; } || ! adds_at_run_time; then
        fail "this driver takes its devices from $(others_options), which is not ours to change.
To have both cameras, add to that line: devices=2 card_label=\"<yours>,$label\" exclusive_caps=1,1"
    fi
    load_driver
    device >/dev/null || fail 'the driver is loaded, but the camera did not appear; restart the computer'
    echo "\"$label\" is ready: $(device)"
}

do_remove() {
    echo "This deletes $options_file and $load_file"
    echo 'and unloads the driver if it is not in use. The driver package stays.'
    ask
    become_root remove
    rm -f "$options_file" "$load_file"
    if loaded && ! modprobe -r v4l2loopback 2>/dev/null; then
        echo 'The driver is in use: the camera will disappear at the next restart.'
    fi
    echo 'Removed.'
}

show_status() {
    loaded && echo "driver: $(driver_version)" || echo 'driver: not loaded'
    device || { echo "\"$label\" does not exist"; return 1; }
}

action=${1:-}
[ $# -gt 0 ] && shift
for option in "$@"; do
    case $option in
        --yes) yes=1 ;;
        --no-packages) packages='' ;;
        *) fail "unknown option $option" ;;
    esac
done
case $action in
    install) do_install ;;
    remove) do_remove ;;
    status) show_status ;;
    plan) steps ;;
    *) sed -n '2,7p' "$0"; exit 2 ;;
esac
