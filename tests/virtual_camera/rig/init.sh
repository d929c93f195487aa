#!/bin/busybox sh
# First process of the virtual machine: the host's files below, a layer in memory above.
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs dev /dev
for module in $($b cat /modules/order); do $b insmod "/modules/$module"; done
if ! $b mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=512000 files /below; then
    echo 'rig: no files'
    $b poweroff -f
fi
$b mount -t tmpfs -o size=80% above /above
$b mkdir /above/changes /above/work
$b mount -t overlay -o lowerdir=/below,upperdir=/above/changes,workdir=/above/work root /root
for folder in proc sys dev; do $b mkdir -p /root/$folder; $b mount --move /$folder /root/$folder; done
$b mkdir -p /root/dev/pts /root/dev/shm /root/run
$b mount -t devpts devpts /root/dev/pts
$b mount -t tmpfs shm /root/dev/shm
$b mount -t tmpfs run /root/run
start=$($b sed -n 's/.*rig\.start=\([^ ]*\).*/\1/p' /root/proc/cmdline)
exec $b switch_root /root /bin/bash "$start"
