#!/bin/bash
# A made-up node for work orders: a root directory with a small system in it, whose tools write down what is asked of them.
#
#   node.sh build DIR SHELL         SHELL is busybox or dash
#   node.sh run DIR SCRIPT [ARGS]   runs the script as root of that system, with processes and mounts of its own
#
# Files in DIR/calls steer the tools: fail-modprobe, no-udev-rule, kill-at-sync (its number: at which call), kill-at-restart,
# dead-UNIT, nova-args (arguments of a nova-compute that runs), cpuinfo, dmesg. DIR/calls/log is what they were asked.
set -e
verb=$1 root=$2
shift 2

libraries() {
	ldd "$1" | grep -o '/[^ ]*' | while read -r library; do
		mkdir -p "$root${library%/*}"
		cp -n "$library" "$root$library"
	done
}

tool() {
	cat >"$root/bin/$1"
	chmod 755 "$root/bin/$1"
}

build() {
	mkdir -p "$root"/{bin,sbin,etc/nova,etc/modules-load.d,etc/modprobe.d,dev,proc,sys/module,run,var/lib,tmp,calls}
	cp "$(command -v busybox)" "$root/bin/busybox"
	libraries "$root/bin/busybox"
	for applet in $("$root/bin/busybox" --list); do ln -sf busybox "$root/bin/$applet"; done
	if [ "$1" = dash ]; then
		rm "$root/bin/sh"
		cp "$(command -v dash)" "$root/bin/sh"
		libraries "$root/bin/sh"
	fi
	rm -f "$root"/bin/{modprobe,lsmod,dmesg,setfacl,sync}
	printf '%s\n' root:x:0:0::/root:/bin/sh nova:x:64055:64055::/:/bin/sh qemu:x:107:107::/:/bin/sh >"$root/etc/passwd"
	printf '%s\n' root:x:0: kvm:x:109: nova:x:64055: qemu:x:107: >"$root/etc/group"
	mknod -m 666 "$root/dev/null" c 1 3
	: >"$root/calls/log"
	tool modprobe <<'TOOL'
#!/bin/sh
echo "modprobe $*" >>/calls/log
[ ! -e /calls/fail-modprobe ] || { echo 'modprobe: ERROR: could not insert: Operation not supported' >&2; exit 1; }
remove=no
for word in "$@"; do
	case $word in
		-r) remove=yes ;;
		-*) ;;
		*)
			if [ $remove = yes ]; then rmdir "/sys/module/$word"; else mkdir -p "/sys/module/$word"; fi
			case $word in kvm_*) [ -e /dev/kvm ] || { mknod /dev/kvm c 1 3 && chmod 600 /dev/kvm; } ;; esac
			;;
	esac
done
TOOL
	tool udevadm <<'TOOL'
#!/bin/sh
echo "udevadm $*" >>/calls/log
[ "$1" != trigger ] || [ -e /calls/no-udev-rule ] || { chgrp kvm /dev/kvm && chmod 660 /dev/kvm; }
TOOL
	tool usermod <<'TOOL'
#!/bin/sh
echo "usermod $*" >>/calls/log
sed -i "s/^$3:.*/&,$4/; s/:,/:/" /etc/group
TOOL
	tool dmesg <<'TOOL'
#!/bin/sh
[ ! -e /calls/dmesg ] || cat /calls/dmesg
TOOL
	tool sync <<'TOOL'
#!/bin/sh
[ -e /calls/kill-at-sync ] || exit 0
left=$(($(cat /calls/kill-at-sync) - 1))
echo $left >/calls/kill-at-sync
[ $left != 0 ] || kill -9 $PPID
TOOL
	tool systemctl <<'TOOL'
#!/bin/sh
verb=$1
for unit in "$@"; do :; done
case $verb in
	cat) [ "$unit" = nova-compute ] || [ "$unit" = libvirtd ] ;;
	is-active) { [ "$unit" = nova-compute ] || [ "$unit" = libvirtd ]; } && [ ! -e "/calls/dead-$unit" ] ;;
	*)
		echo "systemctl $*" >>/calls/log
		if [ "$verb" = restart ] && [ -e /calls/kill-at-restart ]; then rm /calls/kill-at-restart; kill -9 $PPID; fi
		;;
esac
TOOL
	tool nova-compute <<'TOOL'
#!/bin/sh
sleep 60
TOOL
}

run() {
	cp "$1" "$root/tmp/order.sh"
	shift
	# shellcheck disable=SC2016 # the inner shell's
	VIRTWISE_SETTLE=0 exec unshare --mount --pid --fork --kill-child sh -c '
		root=$0
		mount -t proc proc "$root/proc"
		[ ! -e "$root/calls/cpuinfo" ] || mount --bind "$root/calls/cpuinfo" "$root/proc/cpuinfo"
		if [ -e "$root/calls/nova-args" ]; then
			chroot "$root" /bin/nova-compute "$(cat "$root/calls/nova-args")" >/dev/null 2>&1 &
			sleep 0.3
		fi
		chroot "$root" /bin/sh /tmp/order.sh "$@"' "$root" "$@"
}

"$verb" "$@"
