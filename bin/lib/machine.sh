# shellcheck shell=bash
# What the scripts in bin/ share: messages, and getting this machine ready. Sourced, not run.

# shellcheck disable=SC2154 # here is set by the script that sources this
root=$here

say() { printf '%s\n' "$*"; }

fail() {
	printf '%s\n' "$1" >&2
	exit "${2:-1}"
}

# Which package manager, and how to become root for it.
packager() {
	if command -v apt-get >/dev/null 2>&1; then echo apt; elif command -v dnf >/dev/null 2>&1; then echo dnf; else echo none; fi
}

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"; else return 77; fi
}

# install_packages WHY APT-NAMES DNF-NAMES: installs, or prints the line that somebody else must run.
install_packages() {
	local why=$1 apt=$2 dnf=$3 kind line names
	kind=$(packager)
	case "$kind" in
		apt) names=$apt line="apt-get install -y $apt" ;;
		dnf) names=$dnf line="dnf install -y $dnf" ;;
		none) say "$why needs these packages: $apt (Debian's names). This machine has neither apt-get nor dnf: install them by hand."; return 1 ;;
	esac
	local list
	read -r -a list <<<"$names"
	say "Installing what $why needs: $names"
	case "$kind" in
		apt)
			if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${list[@]}" >"${TMPDIR:-/tmp}/virtwise-install.$$" 2>&1; then
				as_root apt-get update -qq >/dev/null 2>&1 || true
				as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${list[@]}" >"${TMPDIR:-/tmp}/virtwise-install.$$" 2>&1 || {
					tail -n 3 "${TMPDIR:-/tmp}/virtwise-install.$$" 2>/dev/null || true
					say "That did not work. Run as root: $line"
					return 1
				}
			fi
			;;
		dnf)
			as_root dnf install -y -q "${list[@]}" >"${TMPDIR:-/tmp}/virtwise-install.$$" 2>&1 || {
				tail -n 3 "${TMPDIR:-/tmp}/virtwise-install.$$" 2>/dev/null || true
				say "That did not work. Run as root: $line"
				return 1
			}
			;;
	esac
	rm -f "${TMPDIR:-/tmp}/virtwise-install.$$"
}

# need_packages WHY COMMAND:APT:DNF…: installs the packages of the commands that are missing, or fails with the line.
need_packages() {
	local why=$1 apt='' dnf='' item command rest
	shift
	for item in "$@"; do
		command=${item%%:*} rest=${item#*:}
		if ! command -v "$command" >/dev/null 2>&1 && [ ! -x "/usr/sbin/$command" ] && [ ! -x "/usr/libexec/$command" ]; then
			apt="$apt ${rest%%:*}" dnf="$dnf ${rest#*:}"
		fi
	done
	[ -z "$apt" ] || install_packages "$why" "${apt# }" "${dnf# }" || exit 1
}

# Sets java, java_major and JAVA_HOME to a JDK of 17 or newer.
need_java() {
	find_java && return
	if [ -n "${JAVA_HOME:-}" ] && [ ! -x "$JAVA_HOME/bin/javac" ]; then
		fail "JAVA_HOME is $JAVA_HOME, which holds no JDK. Point it to a JDK 17 or newer, or unset it."
	fi
	local apt=openjdk-17-jdk-headless dnf=java-17-openjdk-devel
	# Newer systems have dropped 17: take what they have instead.
	if command -v apt-cache >/dev/null 2>&1 && ! apt-cache show "$apt" >/dev/null 2>&1; then apt=default-jdk-headless; fi
	if command -v dnf >/dev/null 2>&1 && ! dnf -q info "$dnf" >/dev/null 2>&1; then dnf=java-21-openjdk-devel; fi
	install_packages "Virtwise" "$apt" "$dnf" || exit 1
	find_java || fail "No JDK 17 or newer was found after installing one. Name one in JAVA_HOME."
}

find_java() {
	local home
	if [ -n "${JAVA_HOME:-}" ]; then
		[ -x "$JAVA_HOME/bin/javac" ] || return 1
		use_java "$JAVA_HOME" && return
		fail "JAVA_HOME is $JAVA_HOME, a JDK $java_major; Virtwise needs 17 or newer. Point it elsewhere, or unset it."
	fi
	if command -v javac >/dev/null 2>&1; then
		home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
		use_java "$home" && return
	fi
	for home in /usr/lib/jvm/*; do
		[ -x "$home/bin/javac" ] && [ ! -L "$home" ] && use_java "$home" && return
	done
	return 1
}

use_java() {
	# The note that a JDK carries is read in no time; starting it only to ask is not.
	java_major=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" 2>/dev/null) || true
	[ -n "$java_major" ] ||
		java_major=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)
	[ "${java_major:-0}" -ge 17 ] || return 1
	# shellcheck disable=SC2034 # used by the scripts that source this
	java=$1/bin/java
	export JAVA_HOME=$1
}

# libvirt's client library, without which nodes cannot be reached.
need_libvirt() {
	if ldconfig -p 2>/dev/null | grep -q 'libvirt\.so\.0' || ls /usr/lib*/libvirt.so.0 /usr/lib/*/libvirt.so.0 >/dev/null 2>&1; then return; fi
	install_packages "reaching nodes" "libvirt0" "libvirt-libs"
}

need_maven() {
	command -v "${VIRTWISE_MVN:-mvn}" >/dev/null 2>&1 || install_packages "building Virtwise" "maven" "maven" || exit 1
}

# port_taken ADDRESS PORT
port_taken() {
	local address=$1
	case "$address" in 0.0.0.0 | ::) address=127.0.0.1 ;; esac
	(exec 3<>"/dev/tcp/$address/$2") 2>/dev/null
}

# Sets jar, and builds it when it is missing or older than what it is made of.
build_jar() {
	jar=$root/target/virtwise.jar
	if [ -f "$jar" ] && [ -z "$(find "$root/pom.xml" "$root/src/main" "$root/rules" -newer "$jar" -print -quit)" ]; then return; fi
	need_maven
	say "Building Virtwise. The first time this takes a few minutes."
	local log=$root/target/build.log
	mkdir -p "$root/target"
	# Offline first: what is already here needs no network.
	"$root/mvnw" -q -B -o -Dquick -DskipTests package >"$log" 2>&1 || "$root/mvnw" -q -B -Dquick -DskipTests package >"$log" 2>&1 || {
		grep -E '^\[ERROR\]' "$log" | head -n 5 >&2 || true
		fail "The build failed. Its log is $log."
	}
	touch "$jar"
}

# Unpacked, a program starts in half the time; where that folder cannot be made it starts from the jar. One at a time,
# so that nobody takes a folder away under a program that has just begun to run from it.
unpack_jar() {
	unpacked=$root/target/advise
	unpacked_is_new && return 0
	(
		if command -v flock >/dev/null 2>&1; then flock 9; fi
		if unpacked_is_new; then exit 0; fi
		fresh=$unpacked.$$
		if "$java" -Djarmode=tools -jar "$jar" extract --destination "$fresh" >/dev/null 2>&1; then
			: >"$fresh/stamp"
			rm -rf "$unpacked"
			mv -T "$fresh" "$unpacked" 2>/dev/null || rm -rf "$fresh"
		fi
	) 9>"$unpacked.lock" || true
}

unpacked_is_new() { [ -e "$unpacked/stamp" ] && [ ! "$jar" -nt "$unpacked/stamp" ]; }

# archive_classes FILE PID ADDRESS PORT: writes an archive of the classes that the unpacked portal loads at its start, as
# soon as the portal of that process answers. It is made by a start of its own that ends before it would listen, with
# nothing of the environment and on an empty folder, so that it can touch nobody's data; and it gives way to everything.
archive_classes() {
	local file=$1 pid=$2 address=$3 port=$4 folder child
	until port_taken "$address" "$port"; do
		kill -0 "$pid" 2>/dev/null || return 0
		sleep 1
	done
	(
		if command -v flock >/dev/null 2>&1; then flock -n 9 || exit 0; fi
		folder=$(mktemp -d) || exit 0
		rm -f -- "$file".[0-9]* # what one that was killed left behind
		trap 'rm -rf "$folder" "$file.$$"' EXIT
		env -i PATH="$PATH" VIRTWISE_HOME="$folder" nice -n 19 "$java" -XX:TieredStopAtLevel=1 -Xshare:auto \
			-XX:ArchiveClassesAtExit="$file.$$" -Dspring.context.exit=onRefresh -jar "$unpacked/virtwise.jar" &
		child=$!
		while kill -0 "$child" 2>/dev/null; do
			# Nobody waits for it any more. Asked to end, it would write the archive first.
			kill -0 "$pid" 2>/dev/null || kill -KILL "$child" 2>/dev/null || true
			sleep 1
		done
		if wait "$child"; then mv -f -- "$file.$$" "$file"; fi
	) 9>"$file.lock"
}
