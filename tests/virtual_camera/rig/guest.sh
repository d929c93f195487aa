#!/bin/bash
# Inside the virtual machine: load the drivers, run the command given, leave its status, switch off.
mount -t 9p -o trans=virtio,version=9p2000.L,rw,msize=512000 evidence "$EVIDENCE"
export HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PYTHONDONTWRITEBYTECODE=1 PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 QT_QPA_PLATFORM=offscreen LIVE2DIFF_RIG=$EVIDENCE XDG_RUNTIME_DIR=/run
ln -sfn /proc/self/fd /dev/fd
ip link set lo up 2>/dev/null || busybox ip link set lo up
mkdir -p /lib/modules
ln -s "$TREE/lib/modules/$(uname -r)" "/lib/modules/$(uname -r)"
"$PROJECT/installer/linux/virtual_camera.sh" install --yes --no-packages
mkdir -m 700 /run/live2diff-camera
ln -s "$EVIDENCE/publisher.log" /run/live2diff-camera/publisher.log
cd "$PROJECT" || exit
"$@" >"$EVIDENCE/output.txt" 2>&1
echo $? >"$EVIDENCE/status"
dmesg >"$EVIDENCE/dmesg.txt"
tail -n 60 "$EVIDENCE/output.txt"
sync
busybox poweroff -f
