#!/bin/bash
# Inside the virtual machine: load the drivers, run the command given, leave its status, switch off.
mount -t 9p -o trans=virtio,version=9p2000.L,rw,msize=512000 evidence "$EVIDENCE"
export HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PYTHONDONTWRITEBYTECODE=1 QT_QPA_PLATFORM=offscreen LIVE2DIFF_RIG=$EVIDENCE XDG_RUNTIME_DIR=/run
ip link set lo up 2>/dev/null || busybox ip link set lo up
cp "$PROJECT/installer/linux/modprobe.conf" /etc/modprobe.d/live2diff-camera.conf
modprobe -d "$TREE" -C /etc/modprobe.d v4l2loopback
modprobe -d "$TREE" vivid n_devs=1 node_types=0x1 vid_cap_nr=20
busybox sleep 1
cd "$PROJECT" || exit
"$@" >"$EVIDENCE/output.txt" 2>&1
echo $? >"$EVIDENCE/status"
cp /run/live2diff-camera/publisher.log "$EVIDENCE/" 2>/dev/null
dmesg >"$EVIDENCE/dmesg.txt"
tail -n 60 "$EVIDENCE/output.txt"
sync
busybox poweroff -f
