#!/bin/sh
# The collector of Virtwise: prints what a compute node's hypervisor configuration depends on.
#
# It only reads. It writes no file, changes nothing, and sends nothing anywhere: everything it
# found is in what it prints. Passwords, keys, tokens and the credentials in addresses are cut
# out of nova.conf before they are printed. It needs no root for most of it; what it could not
# read it says, in its output and at the end on the terminal.
#
#   sh collect.sh > facts.txt
#   NOVA_CONF=/opt/nova/nova.conf sh collect.sh > facts.txt     nova.conf at another place
#
# Each part is printed between two marks, every line of it behind a bar:
#
#   === begin NAME: COMMAND OR FILE ===
#   | a line
#   === end NAME: STATE ===
#
# STATE is ok, absent (there is no such file), denied (not readable for this user),
# no-command (the command is not installed) or failed N (it ended with status N).

set -u
LC_ALL=C
LANG=C
export LC_ALL LANG
unset LANGUAGE
PATH=${PATH:-/usr/bin:/bin}:/usr/sbin:/sbin
export PATH

lines_at_most=60000
not_read=''

begin() {
	printf '=== begin %s: %s ===\n' "$1" "$2"
}

end() {
	printf '=== end %s: %s ===\n' "$1" "$2"
}

missed() {
	not_read="$not_read
  $1 ($2)"
}

bars() {
	sed -e 's/^/| /' -e "${lines_at_most}q"
}

have() {
	command -v "$1" >/dev/null 2>&1
}

# state_of FILE: prints ok, absent or denied. A folder that may not be entered hides its files.
state_of() {
	if [ -r "$1" ]; then
		echo ok
	elif [ -e "$1" ]; then
		echo denied
	else
		above=${1%/*}
		if [ -d "${above:-/}" ] && [ ! -x "${above:-/}" ]; then
			echo denied
		else
			echo absent
		fi
	fi
}

# file NAME PATH
file() {
	begin "$1" "$2"
	state=$(state_of "$2")
	if [ "$state" = ok ]; then
		bars <"$2" 2>/dev/null || state="failed $?"
	fi
	end "$1" "$state"
	if [ "$state" != ok ] && [ "$state" != absent ]; then
		missed "$2" "$state"
	fi
}

# run NAME COMMAND...: what it prints, its complaints too.
run() {
	name=$1
	shift
	begin "$name" "$*"
	if ! have "$1"; then
		end "$name" no-command
		missed "$*" 'not installed'
		return
	fi
	if have timeout; then
		printed=$(timeout 20 "$@" 2>&1 </dev/null)
	else
		printed=$("$@" 2>&1 </dev/null)
	fi
	status=$?
	if [ -n "$printed" ]; then
		printf '%s\n' "$printed" | bars
	fi
	if [ "$status" -eq 0 ]; then
		end "$name" ok
	else
		end "$name" "failed $status"
		missed "$*" "ended with status $status"
	fi
}

# run_if_there: the same, and a command that is not installed is not missed.
run_if_there() {
	if have "$2"; then
		run "$@"
	fi
}

# Cuts secrets out: the values of options named after one, lines that continue such a value,
# commented options too, credentials in addresses, and secrets among their parameters.
redact() {
	awk '
	function cut_addresses(line,    at, last) {
		at = index(line, "://")
		if (at == 0) {
			return line
		}
		last = length(line)
		while (last > at && substr(line, last, 1) != "@") {
			last--
		}
		if (last == at) {
			return line
		}
		return substr(line, 1, at + 2) "[redacted]" substr(line, last)
	}
	function cut_parameters(line,    rest, done, name) {
		done = ""
		rest = line
		while (match(rest, /[?&;](password|passwd|pwd|secret|token|key)=[^&; \t]*/)) {
			name = substr(rest, RSTART, RLENGTH)
			sub(/=.*/, "=", name)
			done = done substr(rest, 1, RSTART - 1) name "[redacted]"
			rest = substr(rest, RSTART + RLENGTH)
		}
		return done rest
	}
	/^[ \t]/ && !/^[ \t]*$/ {
		if (secret) {
			print "    [redacted]"
		} else if (address && match($0, /.*@/)) {
			print "    [redacted]" substr($0, RLENGTH)
		} else {
			address = (index($0, "://") > 0)
			print cut_parameters(cut_addresses($0))
		}
		next
	}
	{
		line = $0
		secret = 0
		address = (index(line, "://") > 0)
		at = match(line, /[=:]/)
		name = tolower(at > 0 ? substr(line, 1, at - 1) : "")
		gsub(/[ \t]+$/, "", name)
		gsub(/^[-#; \t]+/, "", name)
		if (line !~ /^\[/ && name ~ /passw|passphrase|(^|_)pass($|_)|secret|token|credential|private|(^|_)keys?($|_)/) {
			secret = 1
			rest = substr(line, at + 1)
			if (rest ~ /[^ \t]/) {
				line = substr(line, 1, at) " [redacted]"
			}
		} else {
			line = cut_parameters(cut_addresses(line))
		}
		print line
	}
	'
}

# nova_conf PATH [expected]: one file of nova, without its secrets.
nova_conf() {
	state=$(state_of "$1")
	if [ "$state" = absent ] && [ "${2:-}" != expected ]; then
		return
	fi
	begin nova-conf "$1"
	if [ "$state" = ok ]; then
		if have awk; then
			redact <"$1" | bars
		else
			state=no-command
		fi
	fi
	end nova-conf "$state"
	if [ "$state" = no-command ]; then
		missed "$1" 'not printed: awk is not installed, so its secrets cannot be cut out'
	elif [ "$state" != ok ]; then
		missed "$1" "$state"
	fi
}

# All files that nova-compute reads, in its order; each later one overrides the earlier.
nova_confs() {
	if [ -n "${NOVA_CONF:-}" ]; then
		nova_conf "$NOVA_CONF" expected
		return
	fi
	nova_conf /usr/share/nova/nova-dist.conf
	main=/etc/nova/nova.conf
	for other in /etc/kolla/nova-compute/nova.conf \
		/var/lib/config-data/puppet-generated/nova_libvirt/etc/nova/nova.conf; do
		if [ "$(state_of "$main")" = absent ] && [ "$(state_of "$other")" != absent ]; then
			main=$other
		fi
	done
	nova_conf "$main" expected
	nova_conf /etc/nova/nova-compute.conf
	for folder in /etc/nova/nova.conf.d /etc/nova/nova-compute.conf.d; do
		for drop_in in "$folder"/*.conf; do
			if [ -e "$drop_in" ]; then
				nova_conf "$drop_in"
			fi
		done
	done
}

dev_kvm() {
	state=$(state_of /dev/kvm)
	if [ "$state" = absent ]; then
		begin dev-kvm 'ls -l /dev/kvm'
		end dev-kvm absent
		return
	fi
	run dev-kvm ls -l /dev/kvm
	run dev-kvm-numeric ls -ln /dev/kvm
	run_if_there dev-kvm-stat stat /dev/kvm
	run_if_there dev-kvm-acl getfacl -p /dev/kvm
}

# kvm may be built into the kernel; then no list of modules has it.
kvm_in_kernel() {
	begin kvm-in-kernel '/sys/module/kvm*'
	found=absent
	for module in /sys/module/kvm*; do
		if [ -d "$module" ]; then
			found=ok
			printf '| %s\n' "${module##*/}"
		fi
	done
	end kvm-in-kernel "$found"
	for nested in /sys/module/kvm*/parameters/nested; do
		if [ -e "$nested" ]; then
			file nested "$nested"
		fi
	done
}

libvirt() {
	if ! have virsh; then
		run capabilities virsh capabilities
		return
	fi
	if [ "$(id -u)" -eq 0 ]; then
		set -- virsh -c qemu:///system
	else
		set -- virsh -r -c qemu:///system
	fi
	run capabilities "$@" capabilities
	run domain-capabilities "$@" domcapabilities --virttype kvm
	run domain-capabilities "$@" domcapabilities --virttype qemu
	run libvirt-version "$@" version
}

packages() {
	if have dpkg-query; then
		begin nova-version 'dpkg-query nova-compute'
		# The braces are dpkg-query's.
		# shellcheck disable=SC2016
		dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' nova-compute nova-common 2>/dev/null |
			sed -n 's/^installed //p' | bars
		end nova-version ok
	elif have rpm; then
		begin nova-version 'rpm -q openstack-nova-compute'
		rpm -q --qf '%{NAME} %{VERSION}-%{RELEASE}\n' openstack-nova-compute openstack-nova-common 2>/dev/null |
			grep -v 'not installed' | bars
		end nova-version ok
	fi
}

# Who QEMU's processes are decides whether they may use /dev/kvm.
qemu_identity() {
	begin qemu-identity '/etc/libvirt/qemu.conf, id'
	for user in libvirt-qemu qemu nova; do
		if id "$user" >/dev/null 2>&1; then
			id "$user" | bars
		fi
	done
	state=$(state_of /etc/libvirt/qemu.conf)
	if [ "$state" = ok ]; then
		sed -n -e 's/^[[:space:]]*\(\(user\|group\|dynamic_ownership\)[[:space:]]*=.*\)/| \1/p' /etc/libvirt/qemu.conf
	elif [ "$state" = denied ]; then
		missed /etc/libvirt/qemu.conf denied
	fi
	end qemu-identity "$state"
}

machine() {
	if have systemd-detect-virt; then
		begin detect-virt systemd-detect-virt
		# It prints none, and ends with 1, on a machine that is no guest.
		systemd-detect-virt --vm 2>/dev/null </dev/null | bars
		end detect-virt ok
	fi
	for id in sys_vendor product_name; do
		if [ -e "/sys/class/dmi/id/$id" ]; then
			file "dmi-$id" "/sys/class/dmi/id/$id"
		fi
	done
}

main() {
	echo '=== virtwise collector 1 ==='
	printf '# host %s, %s, uid %s\n' "$(uname -n)" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(id -u)"
	run uname uname -m
	file os-release /etc/os-release
	machine
	file cpuinfo /proc/cpuinfo
	file modules /proc/modules
	kvm_in_kernel
	dev_kvm
	libvirt
	qemu_identity
	packages
	nova_confs
	echo '=== end of virtwise collector ==='
	if [ -n "$not_read" ]; then
		printf 'virtwise collector: not read:%s\n' "$not_read" >&2
		if [ "$(id -u)" -ne 0 ]; then
			echo 'virtwise collector: run it as root to read more of them.' >&2
		fi
	fi
}

# One call at the very end: a copy that was cut off on its way runs nothing.
main
