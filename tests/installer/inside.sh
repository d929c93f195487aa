#!/bin/bash
# In a clean root: the package from installing to purging, as a user and an administrator see it.
set -euo pipefail
out=/test/out
mkdir -p "$out"
export DEBIAN_FRONTEND=noninteractive

fail() { echo "FAILED: $*" >&2; exit 1; }
step() { echo "  $(date +%T) $*"; }
apt() { apt-get -qq -o Dpkg::Use-Pty=0 "$@" >>"$out/apt.log" 2>&1 || { tail -n 20 "$out/apt.log"; fail "apt-get $*"; }; }
as_user() { setpriv --reuid=tester --regid=tester --init-groups --no-new-privs env HOME=/home/tester USER=tester XDG_RUNTIME_DIR="$runtime" "$@"; }
offline() { unshare --net -- "$@"; }
no_traceback() { ! grep -n -A5 'Traceback' "$1" || fail "$1 has a traceback"; }

started=$SECONDS
step 'install the version before'
apt update
apt install --no-install-recommends /test/before.deb
! dpkg -s v4l2loopback-dkms >/dev/null 2>&1 || fail 'the driver was installed unasked'
[ ! -e /etc/modprobe.d/live2diff-camera.conf ] || fail 'the camera was set up unasked'
[ -e /usr/lib/live2diff-camera/_internal/of-the-version-before ]
useradd --create-home --shell /bin/bash tester
runtime=/run/user/$(id -u tester)
install -d -o tester -g tester -m 700 "$runtime"
for file in /usr/lib/live2diff-camera/live2diff-camera-publisher $(find /usr/lib/live2diff-camera/_internal -name '*.so*' -type f); do
    LD_LIBRARY_PATH=/usr/lib/live2diff-camera/_internal ldd "$file" 2>/dev/null | grep 'not found' | sed "s|^|$(basename "$file"):|"
done >"$out/missing_libraries.txt" || true
as_user install -d /home/tester/.config/live2diff-camera
as_user sh -c 'echo kept >/home/tester/.config/live2diff-camera/of-the-user'

step 'upgrade'
apt install --no-install-recommends /test/new.deb
[ ! -e /usr/lib/live2diff-camera/_internal/of-the-version-before ] || fail 'a file of the version before is left'
[ "$(cat /home/tester/.config/live2diff-camera/of-the-user)" = kept ] || fail "the user's settings are gone"
[ -z "$(dpkg --verify live2diff-camera)" ] || fail 'files differ from those of the package'

step 'every command, without a network'
cd /home/tester
as_user live2diff-camera --version | tee "$out/version.txt"
for command in run demo doctor devices benchmark evaluate models 'models list' 'models download' 'models import' 'models remove' 'models verify'; do
    # shellcheck disable=SC2086
    as_user live2diff-camera $command --help >>"$out/help.txt" 2>&1 || fail "$command --help"
done
begun=$(date +%s%N)
offline setpriv --no-new-privs true
as_offline_user() { offline setpriv --reuid=tester --regid=tester --init-groups --no-new-privs env HOME=/home/tester USER=tester XDG_RUNTIME_DIR="$runtime" "$@"; }
as_offline_user live2diff-camera demo --size 256x256 --frames 48 >"$out/demo.txt" 2>&1 || { cat "$out/demo.txt"; fail demo; }
echo "demo took $(( ($(date +%s%N) - begun) / 1000000 )) ms" >>"$out/demo.txt"
[ "$(stat -c %s live2diff-demo.mp4)" -gt 20000 ] || fail 'the demo film is empty'
for accelerator in eager int8 openvino; do
    as_offline_user live2diff-camera run --input demo --output none --size 128x128 --frames 12 --accelerator $accelerator \
        >"$out/run-$accelerator.txt" 2>&1 || { cat "$out/run-$accelerator.txt"; fail "run with $accelerator"; }
done
as_offline_user live2diff-camera run --input live2diff-demo.mp4 --output styled.mp4 --size 128x128 --frames 12 >"$out/run.txt" 2>&1 || fail run
as_offline_user live2diff-camera devices >"$out/devices.txt" 2>&1 || fail devices
as_offline_user live2diff-camera models list >"$out/models.txt" 2>&1 || fail 'models list'
as_offline_user live2diff-camera models verify >"$out/verify.txt" 2>&1 || true
install -d -o tester -g tester clips && mv live2diff-demo.mp4 clips/
as_offline_user live2diff-camera evaluate --clips clips --style ink --size 128x128 --frames 8 >"$out/evaluate.txt" 2>&1 || { cat "$out/evaluate.txt"; fail evaluate; }
status=0
as_offline_user live2diff-camera doctor >"$out/doctor.txt" 2>&1 || status=$?
[ "$status" = 1 ] || fail "doctor ended with $status, and there is no camera here"
grep -q '/usr/lib/live2diff-camera/webcam/virtual_camera.sh install' "$out/doctor.txt" || fail 'doctor names no command of this installation'
status=0
as_offline_user live2diff-camera run --input demo --output virtual-camera --size 128x128 --frames 12 >"$out/camera.txt" 2>&1 || status=$?
[ "$status" = 2 ] || fail "without a driver, run ended with $status"
grep -rhq 'the publisher starts' "$runtime" /home/tester/.local 2>/dev/null || fail 'the publisher has not run'
for text in "$out"/*.txt; do no_traceback "$text"; done
! grep -l 'python main.py' "$out"/*.txt || fail 'a text names the checkout'

step 'the window'
apt install --no-install-recommends xvfb fonts-dejavu-core
mkdir -p /tmp/.X11-unix && chmod 1777 /tmp/.X11-unix
install -d -o tester /tmp/screen
as_user Xvfb :9 -screen 0 1280x860x24 -fbdir /tmp/screen >/dev/null 2>&1 &
server=$!
sleep 2
blank=$(tail -c +4096 /tmp/screen/Xvfb_screen0 | md5sum)
begun=$(date +%s%N)
as_user env DISPLAY=:9 LANG=C.UTF-8 live2diff-camera >"$out/window.txt" 2>&1 &
window=$!
shown=''
for _ in $(seq 1 400); do
    if [ "$(tail -c +4096 /tmp/screen/Xvfb_screen0 | md5sum)" != "$blank" ]; then shown=1; break; fi
    sleep 0.02
done
echo "first paint after $(( ($(date +%s%N) - begun) / 1000000 )) ms" | tee -a "$out/first_paint.txt"
[ -n "$shown" ] || fail 'no window appeared'
sleep 12
kill -0 $window || fail "the window has closed: $(cat "$out/window.txt")"
cp /tmp/screen/Xvfb_screen0 "$out/screen.xwd"
kill $window; wait $window || true
kill $server; wait $server || true
no_traceback "$out/window.txt"

step 'remove, then purge'
apt remove live2diff-camera
find / -xdev \( -path /proc -o -path /test -o -path /home -o -path /var/cache -o -path /var/lib/dpkg \) -prune -o -iname '*live2diff*' -print | grep -v '^/run/user/' >"$out/left.txt" || true
[ ! -s "$out/left.txt" ] || { cat "$out/left.txt"; fail 'files are left'; }
dpkg --purge live2diff-camera >>"$out/apt.log" 2>&1 || fail purge
[ "$(cat /home/tester/.config/live2diff-camera/of-the-user)" = kept ] || fail "purging took the user's settings"
echo "passed in $((SECONDS - started)) s" | tee "$out/passed.txt"
