#!/bin/bash
# Proves the virtual camera with programs that are not ours, on any Debian machine, camera or not:
# boots a stock kernel in QEMU with the v4l2loopback driver and a made-up webcam, on top of this
# machine's own files (read-only), and runs the tests of this folder inside.
#
#   run.sh                install and test; exit status 0 when every test has passed
#   run.sh install        packages, kernel and driver only
#   run.sh ci             what CI runs: the surest and shortest of the tests, with patience; fails
#                         where such a machine cannot be had
#   run.sh test [ARGS]    boot and test; ARGS go to pytest, such as: -k privacy
#   run.sh exec COMMAND   boot and run a command instead
#
# RIG       where kernel, driver and evidence go (default: build/virtual_camera of the project)
# PYTHON    the project's Python (default: .venv/bin/python)
# PATIENCE  how many times longer than promised things may take on this machine (default: 1)
# FRAMES    frames to be read under faults (default: 1000)
# LIMIT     seconds after which the machine is switched off (default: 900)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/../.." && pwd)
RIG=${RIG:-$project/build/virtual_camera}
PYTHON=${PYTHON:-$project/.venv/bin/python}
LIMIT=${LIMIT:-900}
tree=$RIG/tree
copy=$RIG/project
evidence=$RIG/evidence

packages=(qemu-system-x86 v4l-utils ffmpeg chromium-headless-shell busybox-static kmod cpio gcc make procps)

say() { echo "[rig ${SECONDS}s] $*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        dpkg -s "$package" >/dev/null 2>&1 || echo "$package"
    done
}

install_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    [ ${#missing[@]} = 0 ] && return
    as_root apt-get -qq -o DPkg::Lock::Timeout=300 update || say 'a package source does not answer'
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 install -y --no-install-recommends "${missing[@]}" >"$RIG/packages.log" 2>&1 ||
        { tail -n 5 "$RIG/packages.log"; return 1; }
    say "packages installed: ${missing[*]}"
}

depends() { apt-cache depends "$1" | sed -n "s/^ *Depends: \($2\)$/\1/p" | head -n 1; }

# The kernel is unpacked under $RIG and never installed: nothing of this machine's boot changes.
fetch_kernel() {
    local image kernel headers
    image=$(depends linux-image-amd64 'linux-image-.*')
    [ -n "$image" ] || { say 'there is no kernel package linux-image-amd64'; return 1; }
    kernel=${image#linux-image-}
    headers=linux-headers-$kernel
    echo "$kernel" >"$RIG/kernel.wanted"
    cmp -s "$RIG/kernel.wanted" "$RIG/kernel" && return
    rm -rf "$RIG/packages" "$RIG/kernel"
    mkdir -p "$RIG/packages"
    (cd "$RIG/packages" && apt-get -qq -o APT::Sandbox::User=root download "$image" "$headers" \
        "$(depends "$headers" 'linux-headers-.*-common')" "$(depends "$headers" 'linux-kbuild-.*')" \
        v4l2loopback-dkms)
}

unpack_kernel() {
    local kernel file
    kernel=$(cat "$RIG/kernel.wanted")
    cmp -s "$RIG/kernel.wanted" "$RIG/kernel" && return
    rm -rf "$tree"
    mkdir -p "$tree"
    for file in "$RIG"/packages/*.deb; do dpkg-deb -x "$file" "$tree"; done
    [ -d "$tree/lib/modules" ] || ln -s usr/lib "$tree/lib"
    build_driver "$kernel"
    mv "$RIG/kernel.wanted" "$RIG/kernel"
    say "kernel $kernel and driver ready"
}

# The packaged headers name each other by absolute paths: point those into the tree.
build_driver() {
    local kernel=$1 build=$tree/usr/src/linux-headers-$1 link target source
    grep -rlE '/usr/(src|lib)/linux-' "$build" --include=Makefile --include=.kernelvariables |
        xargs -r sed -i -E "s#(^|[ =])/usr/(src|lib)/linux-#\1$tree/usr/\2/linux-#g"
    while read -r link; do
        target=$(readlink "$link")
        case $target in /usr/*) ln -sfn "$tree$target" "$link" ;; esac
    done < <(find "$build" "$tree"/usr/src/linux-headers-*-common -maxdepth 1 -type l)
    source=$(echo "$tree"/usr/src/v4l2loopback-*)
    make -s -C "$build" M="$source" modules >"$RIG/driver.log" 2>&1 ||
        { tail -n 20 "$RIG/driver.log"; return 1; }
    mkdir -p "$tree/lib/modules/$kernel/extra"
    cp "$source/v4l2loopback.ko" "$tree/lib/modules/$kernel/extra/"
    depmod -b "$tree" "$kernel"
}

fetch() {
    mkdir -p "$RIG"
    install_packages && fetch_kernel
}

prepare() {
    unpack_kernel
    "$PYTHON" -c 'import cv2, pyvirtualcam, pytest'
}

install() {
    fetch
    prepare
}

# Only what this machine lacks is forgiven: once all is fetched, nothing may fail.
run_ci() {
    local lacks=''
    if [ "$(uname -m)" != x86_64 ] || ! command -v apt-get >/dev/null; then lacks='Debian on x86-64'
    elif [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then lacks='the rights to install packages'
    elif ! awk '/^MemAvailable/ {exit $2 < 3500000}' /proc/meminfo; then lacks='3.5 GB of free memory'
    elif ! fetch; then lacks='the packages: they cannot be had'
    fi
    if [ -n "$lacks" ]; then
        say "NOT RUN: the virtual camera was not tested. This machine lacks $lacks."
        return 1
    fi
    prepare
    export PATIENCE=${PATIENCE:-4} FRAMES=${FRAMES:-300}
    run_tests -k '(test_consumers and 640x480) or test_privacy' --tb=short --durations=5
}

# A first root with just enough to reach this machine's files.
make_initramfs() {
    local kernel=$1 root=$RIG/initramfs module file
    rm -rf "$root"
    mkdir -p "$root"/{bin,modules,proc,sys,dev,below,above,root}
    cp "$(command -v busybox)" "$root/bin/busybox"
    cp "$here/rig/init.sh" "$root/init"
    chmod +x "$root/init"
    for module in virtio_pci 9pnet_virtio 9p overlay; do
        while read -r file; do
            [ -e "$root/modules/$(basename "$file")" ] && continue
            cp "$file" "$root/modules/"
            basename "$file" >>"$root/modules/order"
        done < <(modprobe -d "$tree" -S "$kernel" --show-depends "$module" | awk '$1 == "insmod" {print $2}')
    done
    (cd "$root" && find . | cpio -o -H newc 2>/dev/null | gzip -1) >"$RIG/initramfs.gz"
}

# KVM where it really boots a kernel; a device node alone proves nothing.
accelerator() {
    local image=$1 seen
    if [ -r /dev/kvm ] && [ -w /dev/kvm ]; then
        seen=$(timeout 15 qemu-system-x86_64 -accel kvm -cpu host -m 512 -display none -nic none \
            -serial stdio -monitor none -no-reboot -kernel "$image" -initrd "$RIG/initramfs.gz" \
            -append 'console=ttyS0 panic=-1 quiet' </dev/null 2>/dev/null || true)
        case $seen in *'rig: no files'*) echo "-accel kvm -cpu host"; return ;; esac
    fi
    echo "-accel tcg,thread=multi,tb-size=1024 -cpu max"
}

# A copy of the project as it stands now, so that it can be worked on while the machine runs.
take_copy() {
    rm -rf "$copy"
    mkdir -p "$copy"
    tar -C "$project" -c --exclude=__pycache__ main.py pyproject.toml cli engine gui resources tests installer |
        tar -C "$copy" -x
    "$PYTHON" -m compileall -q "$copy"  # once here, not in every process of the slow machine
}

boot() {
    local kernel image accelerate
    kernel=$(cat "$RIG/kernel")
    image=$tree/boot/vmlinuz-$kernel
    rm -rf "$evidence"
    mkdir -p "$evidence"
    take_copy
    make_initramfs "$kernel"
    accelerate=$(accelerator "$image")
    say "booting $kernel with $accelerate"
    {
        printf 'export TREE=%q EVIDENCE=%q PROJECT=%q PYTHON=%q FRAMES=%q PATIENCE=%q\n' \
            "$tree" "$evidence" "$copy" "$PYTHON" "${FRAMES:-1000}" "${PATIENCE:-1}"
        printf 'exec bash %q' "$copy/tests/virtual_camera/rig/guest.sh"
        printf ' %q' "$@"
    } >"$evidence/start.sh"
    # shellcheck disable=SC2086 # the accelerator is several words
    # In the foreground: whoever ends this script ends the machine as well.
    timeout --foreground "$LIMIT" qemu-system-x86_64 $accelerate -smp "$(nproc)" -m 3072 -display none -nic none \
        -serial stdio -monitor none -no-reboot -kernel "$image" -initrd "$RIG/initramfs.gz" \
        -append "console=ttyS0 quiet panic=-1 mitigations=off tsc=unstable rig.start=$evidence/start.sh" \
        -virtfs local,path=/,mount_tag=files,security_model=none,readonly=on,multidevs=remap \
        -virtfs "local,path=$evidence,mount_tag=evidence,security_model=none,multidevs=remap" \
        </dev/null 2>&1 | tee "$evidence/console.log" || true
    local status
    status=$(cat "$evidence/status" 2>/dev/null || echo 99)
    say "status $status; evidence in $evidence"
    return "$status"
}

run_tests() { boot "$PYTHON" -m pytest tests/virtual_camera -p no:cacheprovider -p pytest_timeout -c /dev/null --rootdir . -v --timeout 600 "$@"; }

case ${1:-all} in
    all) install; run_tests ;;
    ci) run_ci ;;
    install) install ;;
    test) shift; run_tests "$@" ;;
    exec) shift; boot "$@" ;;
    *) sed -n 2,18p "$0"; exit 2 ;;
esac
