#: core
step=0
checking=no
from=1
made=0
was_so=0
left=0
left_out=0
by_person=''

usage() {
	printf '%s\n' "usage: sh $0 [--check] [--from STEP]" \
		'  --check      only look, and say what would be done; nothing is written' \
		"  --from STEP  begin at that step, 1 to $steps; the ones before it are left out"
}

while [ $# -gt 0 ]; do
	case $1 in
		--check) checking=yes ;;
		--from)
			case ${2:-} in
				'' | *[!0-9]* | ?????*) usage >&2; exit 2 ;;
			esac
			from=$2
			if [ "$from" -lt 1 ] || [ "$from" -gt "$steps" ]; then
				usage >&2
				exit 2
			fi
			shift
			;;
		-h | --help) usage; exit 0 ;;
		*) usage >&2; exit 2 ;;
	esac
	shift
done

if [ "$checking" = no ] && [ "$(id -u)" != 0 ]; then
	printf '%s\n' 'This must be run as root. To look only, without root, add --check.' >&2
	exit 2
fi

say() {
	printf '      %s\n' "$*"
}

# begin NUMBER TITLE RULES
begin() {
	step=$1
	printf '\n[%s/%s] %s%s\n' "$1" "$steps" "$2" "${3:+  ($3)}"
}

# Whether this step has its turn.
due() {
	if [ "$step" -ge "$from" ]; then
		return 0
	fi
	left_out=$((left_out + 1))
	say "left out, because of --from $from"
	return 1
}

summary() {
	if [ "$checking" = yes ]; then
		printf '\n%s\n' "Looked only: $was_so as they should be, $left to do, $left_out left out. Nothing was written."
	else
		printf '\n%s\n' "Done: $made now, $was_so before, $left_out left out."
	fi
	if [ -n "$by_person" ]; then
		printf '%s\n' 'Left for a person:'
		printf '%s' "$by_person"
	fi
	if [ "$left" -gt 0 ]; then
		exit 3
	fi
	exit 0
}
#: so
skipped=no

already() {
	if [ "$skipped" = yes ]; then
		skipped=no
		left_out=$((left_out + 1))
	else
		was_so=$((was_so + 1))
		say 'is so already'
	fi
}
#: work, so
# failed WHY
failed() {
	printf '\n%s\n' "Step $step failed: $1." \
		'Nothing after it was done. Mend the cause and run this again: what is done already is not done twice.' >&2
	exit 1
}

# will_do SERVICE: whether to do the step now; with --check it is only told. The service must look again after it.
will_do() {
	if [ "$checking" = no ]; then
		[ -z "$1" ] || touches "$1"
		return 0
	fi
	would_touch="$would_touch $1 "
	left=$((left + 1))
	say 'to do'
	return 1
}
would_touch=''

did() {
	made=$((made + 1))
	say 'done'
}
#: run, work
# run COMMAND ARGUMENTS...
run() {
	say "# $*"
	status=0
	"$@" || status=$?
	[ "$status" = 0 ] || failed "the command ended with status $status"
}
#: state
# What an earlier run of this work order did, so that one that was cut short is taken up where it ended.
state=/var/lib/virtwise/work-order-$order
one_run=/run/virtwise-work-order.pid

# started PROCESS: when it was, in the kernel's count; a number is given again, the two together are not.
started() {
	sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
}

# Only one at a time.
if [ "$checking" = no ]; then
	umask 077
	if [ -f "$one_run" ]; then
		read -r other since <"$one_run"
		if [ -n "$other" ] && [ -n "$since" ] && [ "$(started "$other")" = "$since" ]; then
			printf '%s\n' "A work order is at work already, as process $other. Wait for it." >&2
			exit 2
		fi
	fi
	if ! { mkdir -p "$state" && printf '%s\n' "$$ $(started "$$")" >"$one_run"; }; then
		printf '%s\n' "$state or $one_run cannot be written." >&2
		exit 2
	fi
	trap 'rm -f "$one_run"' EXIT
	trap 'exit 1' HUP INT TERM
fi
#: touches, state, work
# touches SERVICE: it must look again; noted down before the change, so that a power cut does not lose it.
touches() {
	: >"$state/touched-$1" || failed "$state cannot be written"
}
#: person
# tell LINE
tell() {
	say "$1"
}
#: by-hand, person
# by_hand TITLE: the rest goes on without it.
by_hand() {
	by_person="$by_person  step $step: $1
"
	say 'This is for a person; the script cannot do it.'
}
#: stop, person, so
# stop_here TITLE: nothing may follow before it is done.
stop_here() {
	by_person="$by_person  step $step: $1
"
	if [ "$checking" = yes ]; then
		left=$((left + 1))
		say 'to do by a person; the steps after it wait for that'
		return
	fi
	printf '\n%s\n' "Stopped at step $step, which is for a person. Do it, then run this again." \
		"If it is done and this script cannot see it: --from $((step + 1))." >&2
	exit 3
}
#: note
# person TEXT
person() {
	by_person="$by_person  step $step: $1
"
}
#: vendor
# vendor_is NAME: the maker of this machine's processor.
vendor_is() {
	grep -q "^vendor_id[[:space:]]*:[[:space:]]*$1\$" /proc/cpuinfo 2>/dev/null
}

not_here() {
	left_out=$((left_out + 1))
	say "left out: $1"
}
#: firmware, stop
# Whether hardware virtualization can be used: its device is there, or the processor shows it and the kernel has no complaint.
firmware_on() {
	if [ -c /dev/kvm ]; then
		return 0
	fi
	if ! grep -Eqw 'vmx|svm' /proc/cpuinfo 2>/dev/null; then
		return 1
	fi
	! dmesg 2>/dev/null | grep -Eiq 'kvm.*(disabled by bios|not supported|svm disabled)|(vmx|svm).*disabled by bios'
}
#: module, run
# module_loaded NAME: in the kernel, as a module or built in.
module_loaded() {
	[ -d "/sys/module/$1" ] || grep -q "^$1 " /proc/modules 2>/dev/null
}
#: module-has, run
# module_has MODULE OPTION VALUE: a switch is shown as Y or N, or as 1 or 0.
module_has() {
	case $(cat "/sys/module/$1/parameters/$2" 2>/dev/null):$3 in
		"$3:$3" | Y:1 | N:0 | 1:Y | 0:N) return 0 ;;
		*) return 1 ;;
	esac
}
#: module-busy, module-has, note
# module_busy NAME: it cannot be taken out while guests use it; a person must choose the time then.
module_busy() {
	case $(cat "/sys/module/$1/refcnt" 2>/dev/null) in
		'' | 0) return 1 ;;
	esac
	say 'left out: it is in use'
	skipped=yes
	person "The module $1 is in use. Stop all guests and run this again, or reboot."
}
#: file, work
# append_line FILE LINE: the whole new file takes the place of the old one at once.
append_line() {
	new=$1.virtwise-new
	rm -f "$new"
	[ -d "${1%/*}" ] || mkdir -m 755 "${1%/*}" || failed "the folder of $1 cannot be made"
	if [ -f "$1" ]; then
		cp -p "$1" "$new" || failed "$1 cannot be copied"
		[ -z "$(tail -c 1 "$1")" ] || printf '\n' >>"$new"
	else
		: >"$new" && chmod 644 "$new"
	fi
	say "+ $2  in $1"
	if ! { printf '%s\n' "$2" >>"$new" && sync && mv -f "$new" "$1"; }; then
		failed "$1 cannot be written"
	fi
}
#: line, file
# has_line FILE LINE
has_line() {
	[ -f "$1" ] && grep -qxF -e "$2" "$1"
}
#: at-boot, file
# names_module FILE MODULE: a dash and an underscore are the same in a module's name.
names_module() {
	[ -f "$1" ] && sed -e 's/[#;].*//' -e 's/[[:space:]]//g' -e 's/-/_/g' "$1" | grep -qx "$2"
}

# loads_at_boot MODULE
loads_at_boot() {
	for file in /etc/modules-load.d/*.conf /usr/lib/modules-load.d/*.conf /etc/modules; do
		if names_module "$file" "$1"; then
			return 0
		fi
	done
	for file in /etc/sysconfig/modules/*.modules; do
		if [ -x "$file" ] && sed 's/-/_/g' "$file" | grep -Eq "^[^#]*modprobe[^#]* $1( |\$)"; then
			return 0
		fi
	done
	return 1
}

# load_at_boot MODULE NAME: in the way that this system has.
load_at_boot() {
	if [ -d /etc/modules-load.d ] || have systemctl; then
		append_line "/etc/modules-load.d/$2.conf" "$1"
	elif [ -d /etc/sysconfig/modules ]; then
		file=/etc/sysconfig/modules/$2.modules
		[ -f "$file" ] || append_line "$file" '#!/bin/sh'
		append_line "$file" "modprobe $1"
		chmod 755 "$file"
	elif [ -f /etc/modules ]; then
		append_line /etc/modules "$1"
	else
		failed 'this system has none of /etc/modules-load.d, /etc/sysconfig/modules and /etc/modules'
	fi
}

have() {
	command -v "$1" >/dev/null 2>&1
}
#: device, run
# device_open DEVICE: to everybody, or to the group kvm.
device_open() {
	[ -c "$1" ] || return 1
	mode=$(stat -c %a "$1") || return 1
	case $mode in
		*[67]) return 0 ;;
		*[67]?) [ "$(stat -c %G "$1")" = kvm ] ;;
		*) return 1 ;;
	esac
}
#: device-is, run
# device_is FORMAT DEVICE WANTED
device_is() {
	[ -c "$2" ] && [ "$(stat -c "$1" "$2")" = "$3" ]
}
#: access-list, run
# has_access_list DEVICE: ls shows one as a plus sign.
has_access_list() {
	shown=$(ls -ld "$1" 2>/dev/null)
	case $shown in
		??????????+*) return 0 ;;
		*) return 1 ;;
	esac
}
#: member, run
# is_member USER GROUP
is_member() {
	id "$1" >/dev/null 2>&1 || failed "there is no account $1 here; the package that brings it is missing"
	case " $(id -nG "$1") " in
		*" $2 "*) return 0 ;;
		*) return 1 ;;
	esac
}
#: package, run
# package_there TOOL PACKAGE: also where this system does not have that tool, since the step is not for it then.
package_there() {
	if ! command -v "$1" >/dev/null 2>&1; then
		say "left out: this system has no $1"
		skipped=yes
		return 0
	fi
	case $1 in
		apt-get) dpkg -s "$2" 2>/dev/null | grep -q '^Status: .* installed$' ;;
		*) rpm -q "$2" >/dev/null 2>&1 ;;
	esac
}

package_install() {
	case $1 in
		apt-get) run env DEBIAN_FRONTEND=noninteractive apt-get install -y "$2" ;;
		*) run "$1" install -y "$2" ;;
	esac
}
#: boolean, run
# boolean_is NAME WANTED: also where there is no SELinux.
boolean_is() {
	if ! command -v getsebool >/dev/null 2>&1; then
		say 'left out: this system has no SELinux'
		skipped=yes
		return 0
	fi
	case $(getsebool "$1" 2>/dev/null) in
		*" $2") return 0 ;;
		*) return 1 ;;
	esac
}
#: kernel-value, run
# kernel_value_is KEY WANTED
kernel_value_is() {
	[ "$(sysctl -n "$1" 2>/dev/null)" = "$2" ]
}
#: threads, run
threads_off() {
	ppc64_cpu --smt 2>/dev/null | grep -q 'SMT is off'
}
#: unit-on, run
# unit_on UNIT
unit_on() {
	systemctl is-active --quiet "$1" && systemctl is-enabled --quiet "$1"
}
#: unit-masked, run
# unit_masked UNIT
unit_masked() {
	[ "$(systemctl is-enabled "$1" 2>/dev/null)" = masked ]
}
#: restart, state, run
# restart_due SERVICE [asked]: something that it must see was changed, or a rule asks and this order has not done it yet.
restart_due() {
	case $would_touch in *" $1 "*) return 0 ;; esac
	[ -e "$state/touched-$1" ] || { [ "${2:-}" = asked ] && [ ! -e "$state/restarted-$1" ]; }
}

# find_unit NAMES...: sets unit to the one that runs, else to the first that this system knows.
find_unit() {
	for unit in "$@"; do
		if systemctl is-active --quiet "$unit" 2>/dev/null; then
			return 0
		fi
	done
	for unit in "$@"; do
		if systemctl cat "$unit" >/dev/null 2>&1 || [ -x "/etc/init.d/$unit" ]; then
			return 0
		fi
	done
	return 1
}

# restart_unit SERVICE NAMES...
restart_unit() {
	service=$1
	shift
	find_unit "$@" || failed "this system knows no service named $*. Where $service runs in a container, restart that, and go on with --from $((step + 1))"
	if command -v systemctl >/dev/null 2>&1; then
		run systemctl restart "$unit"
	else
		run service "$unit" restart
	fi
	# A service that cannot read its files dies within seconds.
	sleep "${VIRTWISE_SETTLE:-5}"
	if unit_up; then
		: >"$state/restarted-$service" && rm -f "$state/touched-$service"
	fi
}

unit_up() {
	if command -v systemctl >/dev/null 2>&1; then
		systemctl is-active --quiet "$unit"
	else
		service "$unit" status >/dev/null 2>&1
	fi
}
#: conf, work
conf_why='nova reads another value'

# conf_awk MODE FILE SECTION OPTION VALUE: reads a nova.conf by the rules of oslo.config.
# MODE list: each assignment as first line, last line, section, option, value. MODE get: the value that counts.
# MODE set, unset: the whole file with the option set, or without it; every other byte stays.
# Ends with 3 and says why where nova could not read the file, or this program not be sure of it; with 1 where get finds nothing.
conf_awk() {
	if [ "$(tr -d '\000' <"$2" | wc -c)" -ne "$(wc -c <"$2")" ]; then
		printf '%s\n' 'it holds NUL bytes'
		return 3
	fi
	ends=yes
	[ -z "$(tail -c 1 "$2")" ] || ends=no
	MODE=$1 SECTION=${3:-} OPTION=${4:-} VALUE=${5:-} ENDS=$ends awk '
	function rstrip(s) { sub(/[ \t]+$/, "", s); return s }
	function lstrip(s) { sub(/^[ \t]+/, "", s); return s }
	function group(s) { return (s == "DEFAULT") ? s : tolower(s) }
	function fault(n, why) { print "line " n ": " why; status = 3; exit 3 }
	function unquoted(v, q) {
		q = substr(v, 1, 1)
		if ((q == "\"" || q == "\047") && substr(v, length(v), 1) == q) v = substr(v, 2, length(v) - 2)
		return v
	}
	function odd(s) {
		return s ~ /[\v\f\034\035\036\037]/ || s ~ /\302\205|\302\240|\341\232\200|\342\200[\200-\212]|\342\200\250|\342\200\251|\342\200\257|\342\201\237|\343\200\200/
	}
	function read(n, line, at, key) {
		for (n = 1; n <= lines; n++) {
			line = text[n]
			if (line ~ /\r/ || (n == lines && end[n] == "" && bare) || (line !~ /^[#;]/ && odd(line))) fault(n, "it has a blank or a line end of an odd kind; put a plain one there")
			line = rstrip(line)
			if (line ~ /^[ \t]/) {
				if (!open) fault(n, "nova finds a continuation line without anything above to continue")
				last[a] = n
				value[a] = value[a] "\n" lstrip(line)
				continue
			}
			open = 0
			if (line == "" || line ~ /^[#;]/) continue
			if (line ~ /^\[/) {
				if (line !~ /\]$/) fault(n, "nova finds no ] at the end of the section")
				if (length(line) <= 2) fault(n, "nova finds a section without a name")
				section = substr(line, 2, length(line) - 2)
				started = 1
				headers++
				header[headers] = n
				header_group[headers] = group(section)
				continue
			}
			at = match(line, /[=:]/)
			if (!at) fault(n, "nova finds neither = nor : in it")
			key = rstrip(lstrip(substr(line, 1, at - 1)))
			if (key == "") fault(n, "nova finds no name before the sign")
			if (!started) fault(n, "nova finds an option above the first section")
			a++
			first[a] = n
			last[a] = n
			in_group[a] = group(section)
			option[a] = key
			value[a] = unquoted(rstrip(lstrip(substr(line, at + 1))))
			open = 1
		}
	}
	function is_it(i) { return in_group[i] == wanted && option[i] == name }
	function end_near(n) {
		for (; n >= 1; n--) if (end[n] != "") return end[n]
		return "\n"
	}
	function end_line(n) { if (end[n] == "") end[n] = end_near(n) }
	function has_equals(i) { return substr(text[first[i]], match(text[first[i]], /[=:]/), 1) == "=" }
	function sign(above, i, model, line, at, before, rest, spaced) {
		model = above
		for (i = a; i >= 1 && (!model || !has_equals(model)); i--) model = i
		if (!model || !has_equals(model)) return " = "
		line = text[first[model]]
		at = index(line, "=")
		before = (at > 1 && substr(line, at - 1, 1) == " ") ? " " : ""
		rest = substr(line, at + 1)
		spaced = (rstrip(rest) == "") ? before != "" : substr(rest, 1, 1) == " "
		return before "=" (spaced ? " " : "")
	}
	function replace(i, line, at, rest, written, blank) {
		line = text[first[i]]
		at = match(line, /[=:]/)
		rest = substr(line, at + 1)
		written = lstrip(rest)
		blank = substr(rest, 1, length(rest) - length(written))
		if (written == "") blank = (blank != "" || (at > 1 && substr(line, at - 1, 1) ~ /[ \t]/)) ? " " : ""
		text[first[i]] = substr(line, 1, at) ((new == "") ? "" : blank new)
		end[first[i]] = end[last[i]]
		for (at = first[i] + 1; at <= last[i]; at++) gone[at] = 1
	}
	function insert(i, top, next_top, above, at) {
		for (i = 1; i <= headers; i++) if (header_group[i] == wanted) top = i
		if (!top) {
			at = lines
			if (at > 0) {
				end_line(at)
				if (text[at] !~ /^[ \t]*$/) more[at] = end_near(at)
			}
			more[at] = more[at] "[" ENVIRON["SECTION"] "]" end_near(at) name sign(0) new end_near(at)
			return
		}
		next_top = (top < headers) ? header[top + 1] : lines + 1
		for (i = 1; i <= a; i++) if (first[i] > header[top] && first[i] < next_top) above = i
		at = above ? last[above] : header[top]
		end_line(at)
		more[at] = name sign(above) new end_near(at)
	}
	{
		lines = NR
		text[NR] = $0
		end[NR] = "\n"
		if (sub(/\r$/, "", text[NR])) end[NR] = "\r\n"
	}
	END {
		if (status) exit status
		if (lines && ENVIRON["ENDS"] == "no") {
			bare = end[lines] != "\n"
			end[lines] = ""
		}
		mode = ENVIRON["MODE"]
		wanted = group(ENVIRON["SECTION"])
		name = ENVIRON["OPTION"]
		new = ENVIRON["VALUE"]
		read()
		for (i = 1; i <= a; i++) if (is_it(i)) hit = i
		if (mode == "list") {
			for (i = 1; i <= a; i++) {
				gsub(/\n/, "\001", value[i])
				print first[i], last[i], in_group[i] "/" option[i] "=" value[i]
			}
			exit 0
		}
		if (mode == "get") {
			if (!hit) exit 1
			print value[hit]
			exit 0
		}
		if (mode == "unset") {
			for (i = 1; i <= a; i++) if (is_it(i)) for (n = first[i]; n <= last[i]; n++) gone[n] = 1
		}
		else if (!hit) insert()
		else if (value[hit] != new) replace(hit)
		if (0 in more) printf "%s", more[0]
		for (n = 1; n <= lines; n++) {
			if (!(n in gone)) printf "%s%s", text[n], end[n]
			if (n in more) printf "%s", more[n]
		}
	}' "$2"
}

# conf_files: in the order in which nova-compute reads them, the last one that sets an option counts.
conf_files() {
	side=${conf%/*}/nova-compute.conf
	if files_named; then
		for file in "$conf".d/*.conf "$conf" "$side"; do
			[ ! -f "$file" ] || printf '%s\n' "$file"
		done
	else
		for file in "$conf" "$side" "$conf".d/*.conf; do
			[ ! -f "$file" ] || printf '%s\n' "$file"
		done
	fi
}

# Whether nova-compute runs with its files named: then it reads the folder beside them first, and they win.
files_named() {
	for process in /proc/[0-9]*; do
		words=$(tr '\000' ' ' <"$process/cmdline" 2>/dev/null) || continue
		case $words in
			*nova-compute*--config-dir*) ;;
			*nova-compute*--config-file*) return 0 ;;
		esac
	done
	return 1
}

# conf_has SECTION OPTION VALUE: it is in force, once nova-compute reads its files again.
conf_has() {
	[ -f "$conf" ] || failed "there is no $conf here"
	found=no
	last_file=''
	for file in $(conf_files); do
		status=0
		answer=$(conf_awk get "$file" "$1" "$2") || status=$?
		case $status in
			0)
				found=$answer
				last_file=$file
				;;
			1) ;;
			*) failed "nova cannot read $file, or this script is not sure of it: $answer" ;;
		esac
	done
	if [ -n "$last_file" ] && [ "$found" = "$3" ]; then
		return 0
	fi
	conf_why="nova would read no value of $2"
	[ -z "$last_file" ] || conf_why="nova would read $2 = $found, from $last_file"
	return 1
}
#: lacks, conf
# conf_lacks SECTION OPTION: no file sets it.
conf_lacks() {
	[ -f "$conf" ] || failed "there is no $conf here"
	for file in $(conf_files); do
		status=0
		answer=$(conf_awk get "$file" "$1" "$2") || status=$?
		case $status in
			0)
				conf_why="$file still sets $2"
				return 1
				;;
			1) ;;
			*) failed "nova cannot read $file, or this script is not sure of it: $answer" ;;
		esac
	done
	return 0
}
#: places, lacks, person
# conf_places SECTION OPTION: where it is set, line by line.
conf_places() {
	[ "$1" = DEFAULT ] && group=$1 || group=$(printf '%s' "$1" | tr '[:upper:]' '[:lower:]')
	for file in $(conf_files); do
		conf_awk list "$file" | while read -r line last rest; do
			case $rest in
				"$group/$2="*) say "  $file, line $line$([ "$line" = "$last" ] || printf ' to %s' "$last")" ;;
			esac
		done
	done
}
#: kvm, conf
# virt_type kvm without the device would only make every launch fail.
kvm_before_virt_type() {
	if ! conf_has libvirt virt_type kvm && [ ! -c /dev/kvm ]; then
		failed 'virt_type = kvm needs /dev/kvm, which is not there. See the steps before this one'
	fi
}
#: conf-edit, conf
# conf_begin: a copy to work on, with the owner and the mode of the file.
conf_begin() {
	if [ -L "$conf" ]; then
		failed "$conf is a symbolic link. Edit the file that it leads to"
	fi
	new=$conf.virtwise-new
	rm -f "$new" "$new.step"
	cp -p "$conf" "$new" || failed "$conf cannot be copied"
	changed=''
}

conf_step() {
	( umask 077 && conf_awk "$1" "$new" "$2" "$3" "${4:-}" >"$new.step" ) || failed "$conf cannot be edited: $(cat "$new.step")"
	cat "$new.step" >"$new" || failed "$new cannot be written"
	[ "$2" = DEFAULT ] && group=$2 || group=$(printf '%s' "$2" | tr '[:upper:]' '[:lower:]')
	changed="$changed $group/$3="
}

# others FILE: all assignments but those that were asked for.
others() {
	conf_awk list "$1" | while read -r line last rest; do
		: "$line" "$last"
		mine=no
		for one in $changed; do
			case $rest in "$one"*) mine=yes ;; esac
		done
		[ "$mine" = yes ] || printf '%s\n' "$rest"
	done
}

# conf_put: what was not asked for must read as before; then a backup, and the new file at once in place of the old.
conf_put() {
	[ "$(others "$conf")" = "$(others "$new")" ] || failed "other options of $conf would change, so nothing was"
	backup=$conf.before-virtwise
	number=1
	while [ -e "$backup" ] && ! cmp -s "$backup" "$conf"; do
		number=$((number + 1))
		backup=$conf.before-virtwise-$number
	done
	[ -e "$backup" ] || cp -p "$conf" "$backup" || failed "$conf cannot be backed up"
	say "the old file is kept as $backup"
	if ! { sync && mv -f "$new" "$conf"; }; then
		failed "$conf cannot be written"
	fi
	rm -f "$new.step"
	! command -v restorecon >/dev/null 2>&1 || restorecon "$conf"
}
#: set, conf-edit
# conf_set SECTION OPTION VALUE
conf_set() {
	say "[$1] $2 = $3"
	conf_step set "$1" "$2" "$3"
	[ "$(conf_awk get "$new" "$1" "$2")" = "$3" ] || failed "$conf would not read back as asked for: $2"
}
#: unset, conf-edit, lacks
# conf_unset SECTION OPTION
conf_unset() {
	say "[$1] without $2"
	conf_step unset "$1" "$2"
	! conf_awk get "$new" "$1" "$2" >/dev/null || failed "$conf would not read back as asked for: $2"
}
#: drop-in, conf, run
drop_in_is() {
	if [ -f "$drop_in" ] && drop_in_text | cmp -s - "$drop_in"; then
		return 0
	fi
	conf_why="$drop_in is not as it should be"
	return 1
}

drop_in_put() {
	if [ -L "$drop_in" ]; then
		failed "$drop_in is a symbolic link. Take it away"
	fi
	if [ ! -d "${drop_in%/*}" ]; then
		run mkdir -m 755 "${drop_in%/*}"
	fi
	new=$drop_in.virtwise-new
	rm -f "$new"
	say "writes $drop_in"
	if ! { drop_in_text >"$new" && chmod 644 "$new" && sync && mv -f "$new" "$drop_in"; }; then
		failed "$drop_in cannot be written"
	fi
	! command -v restorecon >/dev/null 2>&1 || restorecon "$drop_in"
}
