#!/bin/bash
# In a clean root: the package from installing to purging, as a user and an administrator see it.
set -euo pipefail
out=/test/out
mkdir -p "$out"
export DEBIAN_FRONTEND=noninteractive
echo force-unsafe-io >/etc/dpkg/dpkg.cfg.d/unsafe-io  # a root that is thrown away needs no fsync

fail() { echo "FAILED: $*" >&2; exit 1; }
step() { echo "  $(date +%T) $*"; }
apt() { apt-get -qq -o Dpkg::Use-Pty=0 "$@" >>"$out/apt.log" 2>&1 || { tail -n 20 "$out/apt.log"; fail "apt-get $*"; }; }
as_user() { "${user[@]}" "$@"; }
offline() { unshare --net -- "$@"; }
no_traceback() { ! grep -n -A5 'Traceback' "$1" || fail "$1 has a traceback"; }

started=$SECONDS
step 'install the version before'
apt update
# as the README has it, with what is recommended: that can be had here, and nothing else breaks
apt-get -qq -s install /test/new.deb >"$out/with_recommended.txt" 2>&1 || { cat "$out/with_recommended.txt"; fail 'apt install ./live2diff-camera….deb'; }
grep -q '^Inst v4l2loopback-dkms' "$out/with_recommended.txt" || fail 'the driver is not recommended'
apt install --no-install-recommends /test/before.deb
! dpkg -s v4l2loopback-dkms >/dev/null 2>&1 || fail 'the driver was installed unasked'
[ ! -e /etc/modprobe.d/live2diff-camera.conf ] || fail 'the camera was set up unasked'
[ -e /usr/lib/live2diff-camera/_internal/of-the-version-before ]
command -v useradd >/dev/null || apt install --no-install-recommends passwd  # Debian 13 can do without
useradd --create-home --shell /bin/bash tester
runtime=/run/user/$(id -u tester)
install -d -o tester -g tester -m 700 "$runtime"
user=(setpriv --reuid=tester --regid=tester --init-groups --no-new-privs env HOME=/home/tester USER=tester XDG_RUNTIME_DIR="$runtime")
for file in /usr/lib/live2diff-camera/live2diff-camera-publisher $(find /usr/lib/live2diff-camera/_internal -name '*.so*' -type f); do
    LD_LIBRARY_PATH=/usr/lib/live2diff-camera/_internal ldd "$file" 2>/dev/null | grep 'not found' | sed "s|^|$(basename "$file"):|"
done >"$out/missing_libraries.txt" || true
[ ! -s "$out/missing_libraries.txt" ] || { sort -u "$out/missing_libraries.txt"; fail 'libraries are missing'; }
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
commands=$(zcat /usr/share/man/man1/live2diff-camera.1.gz | sed -n '/^\.SH COMMANDS/,/^\.SH OPTIONS/s/^\.B \([a-z]*\)$/\1/p')
[ "$(echo "$commands" | wc -w)" -ge 10 ] || fail "the manual names only: $commands"
for command in $commands 'models list' 'models download' 'models import' 'models export' 'models remove' \
    'models verify' 'models folder' 'models token'; do
    # shellcheck disable=SC2086
    as_user live2diff-camera $command --help >>"$out/help.txt" 2>&1 || fail "$command --help"
done
begun=$(date +%s%N)
offline setpriv --no-new-privs true
as_offline_user() { offline "${user[@]}" "$@"; }
as_offline_user live2diff-camera demo --size 256x256 --frames 48 >"$out/demo.txt" 2>&1 || { cat "$out/demo.txt"; fail demo; }
echo "demo took $(( ($(date +%s%N) - begun) / 1000000 )) ms" >>"$out/demo.txt"
[ "$(stat -c %s live2diff-demo.mp4)" -gt 20000 ] || fail 'the demo film is empty'
for accelerator in eager openvino; do
    as_offline_user live2diff-camera run --input demo --output none --size 128x128 --frames 12 --accelerator $accelerator \
        >"$out/run-$accelerator.txt" 2>&1 || { cat "$out/run-$accelerator.txt"; fail "run with $accelerator"; }
done
as_offline_user live2diff-camera run --input live2diff-demo.mp4 --output styled.mp4 --size 128x128 --frames 12 >"$out/run.txt" 2>&1 || fail run
as_offline_user live2diff-camera devices >"$out/devices.txt" 2>&1 || fail devices
as_offline_user live2diff-camera verify live2diff-demo.mp4 >"$out/verify.txt" 2>&1 || { cat "$out/verify.txt"; fail verify; }
grep -q 'credentials: valid' "$out/verify.txt" || { cat "$out/verify.txt"; fail 'the demo film is not signed'; }
as_offline_user live2diff-camera benchmark --seconds 0.2 >"$out/benchmark.txt" 2>&1 || { cat "$out/benchmark.txt"; fail benchmark; }
as_offline_user live2diff-camera models list >"$out/models.txt" 2>&1 || fail 'models list'
# there is no network and nothing is downloaded: each says so in a sentence
for command in 'update' 'models download live2diff-sd15 --accept-licences' 'models import live2diff-demo.mp4' \
    'models export live2diff-sd15/none none.json' 'models verify live2diff-sd15' 'remote status'; do
    status=0
    # shellcheck disable=SC2086
    as_offline_user live2diff-camera $command >"$out/refused.txt" 2>&1 || status=$?
    cat "$out/refused.txt" >>"$out/refusals.txt"
    { [ "$status" = 2 ] && grep -q '^error: ' "$out/refused.txt"; } || { cat "$out/refused.txt"; fail "$command ended with $status"; }
done
as_offline_user live2diff-camera models remove live2diff-sd15 >"$out/remove.txt" 2>&1 || fail 'models remove'
as_offline_user live2diff-camera models folder /home/tester/models >"$out/folder.txt" 2>&1 || fail 'models folder'
echo token | as_offline_user live2diff-camera models token >"$out/token.txt" 2>&1 || true  # no key store runs here
install -d -o tester -g tester clips && mv live2diff-demo.mp4 clips/
as_offline_user live2diff-camera evaluate --clips clips --style ink --size 128x128 --frames 12 --report evaluate.json >"$out/evaluate.txt" 2>&1 || { cat "$out/evaluate.txt"; fail evaluate; }
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
"${user[@]}" Xvfb :9 -screen 0 1280x860x24 -fbdir /tmp/screen >/dev/null 2>&1 &
server=$!
for _ in $(seq 100); do [ ! -s /tmp/screen/Xvfb_screen0 ] || break; sleep 0.3; done
sleep 2
blank=$(tail -c +4096 /tmp/screen/Xvfb_screen0 | md5sum)
first_paint() {  # $1: of what; starts the window and waits for its first picture
    local begun shown=''
    begun=$(date +%s%N)
    "${user[@]}" env DISPLAY=:9 LANG=C.UTF-8 live2diff-camera >"$out/window.txt" 2>&1 &
    window=$!
    for _ in $(seq 1 1000); do
        if [ "$(tail -c +4096 /tmp/screen/Xvfb_screen0 | md5sum)" != "$blank" ]; then shown=1; break; fi
        sleep 0.02
    done
    echo "first paint of the $1 start after $(( ($(date +%s%N) - begun) / 1000000 )) ms, load $(cut -d ' ' -f 1 /proc/loadavg)" | tee -a "$out/first_paint.txt"
    [ -n "$shown" ] || { cat "$out/window.txt"; fail 'no window appeared'; }
}
end_window() {  # $1: the name of its picture
    kill -0 "$window" || fail "the window has closed: $(cat "$out/window.txt")"
    cp /tmp/screen/Xvfb_screen0 "$out/$1.xwd"
    kill "$window"; wait "$window" || true
    no_traceback "$out/window.txt"
}
first_paint first
sleep 12
end_window first_run
remote() { as_user live2diff-camera remote "$@" >>"$out/remote.txt" 2>&1; }
settings=/home/tester/.config/live2diff-camera/preferences.json
echo '{"control": {"web": {"on": true, "port": 18732}}, "first_run_done": true, "responsible_use_accepted": true}' >"$settings"
chown tester: "$settings"
first_paint second
for _ in $(seq 1 60); do remote status && break; sleep 1; done
for command in 'status --json' 'input demo' 'style ink' 'adjust --strength 0.8' 'mark --show' panic release status; do
    # shellcheck disable=SC2086
    remote $command || { cat "$out/remote.txt"; fail "remote $command"; }
done
exec 3<>/dev/tcp/127.0.0.1/18732
printf 'GET / HTTP/1.1\r\nHost: 127.0.0.1:18732\r\nConnection: close\r\n\r\n' >&3
head -n 1 <&3 | tee -a "$out/remote.txt" | grep -q ' 200 ' || fail 'the control page is not there'
exec 3<&-
no_traceback "$out/remote.txt"
end_window window
kill $server; wait $server || true

step 'remove, then purge'
apt remove live2diff-camera
find / -xdev \( -path /proc -o -path /test -o -path /home -o -path /var/cache -o -path /var/lib/dpkg \) -prune -o -iname '*live2diff*' -print | grep -v '^/run/user/' >"$out/left.txt" || true
[ ! -s "$out/left.txt" ] || { cat "$out/left.txt"; fail 'files are left'; }
dpkg --purge live2diff-camera >>"$out/apt.log" 2>&1 || fail purge
[ "$(cat /home/tester/.config/live2diff-camera/of-the-user)" = kept ] || fail "purging took the user's settings"

step 'the archive for other systems, without root'
before=$(find /home/tester -not -path '*/.cache/*' | sort)
as_user sh "$(echo /test/archive/*/install.sh)" >"$out/archive.txt" 2>&1 || { cat "$out/archive.txt"; fail 'install.sh'; }
as_offline_user /home/tester/.local/bin/live2diff-camera --version | diff - "$out/version.txt" || fail 'the archive has another version'
as_offline_user /home/tester/.local/bin/live2diff-camera run --input demo --output none --size 128x128 --frames 12 >>"$out/archive.txt" 2>&1 || { cat "$out/archive.txt"; fail 'run out of the archive'; }
grep -q "^Exec=\"/home/tester/.local/opt/live2diff-camera/live2diff-camera\"" /home/tester/.local/share/applications/io.live2diff.Camera.desktop || fail 'no entry in the menu'
as_user sh "$(echo /test/archive/*/install.sh)" --remove >>"$out/archive.txt" 2>&1 || fail 'install.sh --remove'
left=$(find /home/tester -type f -not -path '*/.cache/*' -not -path '*/.local/state/*' | sort | comm -13 <(echo "$before") -)
[ -z "$left" ] || fail "the archive has left: $left"
no_traceback "$out/archive.txt"
echo "passed in $((SECONDS - started)) s" | tee "$out/passed.txt"
