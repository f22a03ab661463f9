package io.virtwise.recommendation.workorder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The forms of commands that rules may use in a step, and what each does to a node. They
 * stand in {@code docs/rule-language.md} as well. A command of no form is left to a
 * person, and a test keeps it out of the shipped rules.
 */
public final class CommandForms {

	private static final String MODULE = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

	private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}";

	private static final String FILE = "([A-Za-z0-9][A-Za-z0-9_-]{0,63})\\.conf";

	private static final String PACKAGES = "((?: [A-Za-z0-9][A-Za-z0-9+._-]{0,63})+)";

	private static final String DEVICE = "(/dev/kvm|/dev/vhost-net|/dev/net/tun)";

	private static final String KEY = "([a-z0-9_]+(?:[./][A-Za-z0-9_-]+){1,8})";

	private static final String VALUE = "([A-Za-z0-9_.,:-]{1,64})";

	private static final Map<Pattern, Function<MatchResult, List<Action>>> ACTIONS = new LinkedHashMap<>();

	/** What only looks: the script looks by itself, before and after each step. */
	private static final Pattern LOOK = Pattern.compile("(?:ls|lsmod|cat|grep|dmesg|getent|id|getfacl|stat|uname|lscpu"
			+ "|modinfo|journalctl|head|tail|cut|sort|wc|virt-host-validate|sestatus|getsebool|rpm -q|dpkg -[lsS]"
			+ "|sysctl -n|systemctl (?:status|cat|is-active|is-enabled|show|list-units)"
			+ "|virsh (?:-c \\S+ )?(?:capabilities|domcapabilities|version|nodeinfo|cpu-models|list|uri|dumpxml|hypervisor-cpu-compare|hypervisor-cpu-baseline|cpu-compare|cpu-baseline)"
			+ "|qemu-img info|nova-manage --version|nova-compute --version|libvirtd --version|qemu-system-[a-z0-9_]+ --version"
			+ "|ps|lspci|dmidecode|rdmsr|lsblk|df|free|nproc|numactl --hardware|uptime|hostname|which|command -v"
			+ "|mount|findmnt|openstack [a-z -]*(?:show|list)|oslo-config-validator|qemu-kvm --version|zcat|zgrep|lsof|virt-what|systemd-detect-virt)"
			+ "(?: .*)?");

	/** What a person does, here or elsewhere. */
	private static final Pattern PERSON = Pattern.compile(
			"(?:systemctl reboot|reboot|shutdown -r now|openstack [a-z].*|nova [a-z].*|docker [a-z].*|podman [a-z].*"
					+ "|kolla-ansible [a-z].*|virsh [a-z].*|qemu-img [a-z].*|crudini [-a-z].*)");

	private static final Pattern MORE_THAN_LOOKING = Pattern.compile("[;&<>`]|\\$\\(");

	static {
		form("modprobe((?: -a)?(?: " + MODULE + ")+)",
				(m) -> modules(m.group(1)).map((name) -> (Action) new ModuleActions.Load(name)).toList());
		form("modprobe (" + MODULE + ") ([a-z0-9_]+)=" + VALUE,
				(m) -> List.of(new ModuleActions.LoadWith(kernelName(m.group(1)), m.group(2), m.group(3))));
		form("modprobe -r((?: " + MODULE + ")+)",
				(m) -> modules(m.group(1)).map((name) -> (Action) new ModuleActions.Unload(name)).toList());
		form("echo '?(" + MODULE + ")'? >>? /etc/modules-load\\.d/" + FILE,
				(m) -> List.of(new ModuleActions.AtBoot(kernelName(m.group(1)), m.group(2))));
		form("echo '?(" + MODULE + ")'? >> /etc/modules",
				(m) -> List.of(new ModuleActions.AtBoot(kernelName(m.group(1)), "virtwise")));
		form("echo '(?:exec )?(?:/sbin/)?modprobe (?:-[ab] )?(" + MODULE + ")' >>? /etc/sysconfig/modules/(" + MODULE
				+ ")\\.modules", (m) -> List.of(new ModuleActions.AtBoot(kernelName(m.group(1)), m.group(2))));
		form("chmod (?:\\+x|a\\+x|0?755) /etc/sysconfig/modules/" + MODULE + "\\.modules", (m) -> List.of());
		form("echo 'options (" + MODULE + ")((?: [a-z0-9_]+=" + VALUE + ")+)' >>? /etc/modprobe\\.d/" + FILE,
				(m) -> List
					.of(new ModuleActions.Options(kernelName(m.group(1)), m.group(2).strip(), m.group(4), false)));
		form("udevadm (?:trigger(?: --[a-z-]+(?:[= ][A-Za-z0-9_*/.-]+)?)*|control --reload(?:-rules)?|settle)",
				(m) -> m.group().contains("trigger") ? List.of(new DeviceActions.Trigger()) : List.of());
		form("setfacl -b " + DEVICE, (m) -> List.of(new DeviceActions.ClearList(m.group(1))));
		form("chgrp (" + NAME + ") " + DEVICE, (m) -> List.of(new DeviceActions.Group(m.group(2), m.group(1))));
		form("chown root:(" + NAME + ") " + DEVICE, (m) -> List.of(new DeviceActions.Group(m.group(2), m.group(1))));
		form("chmod 0?([0-7]{3}) " + DEVICE, (m) -> List.of(new DeviceActions.Mode(m.group(2), m.group(1))));
		form("(?:usermod -aG|usermod -a -G) (" + NAME + ") (" + NAME + ")",
				(m) -> List.of(new SystemActions.Join(m.group(2), m.group(1))));
		form("(?:gpasswd -a|adduser) (" + NAME + ") (" + NAME + ")",
				(m) -> List.of(new SystemActions.Join(m.group(1), m.group(2))));
		form("(apt-get|apt|dnf|yum|zypper) install(?: -y)?" + PACKAGES, (m) -> words(m.group(2))
			.map((name) -> (Action) new SystemActions.Install(m.group(1).equals("apt") ? "apt-get" : m.group(1), name))
			.toList());
		form("setsebool(?: -P)? (" + NAME + ")[ =](on|off|1|0|true|false)",
				(m) -> List.of(new SystemActions.Switch(m.group(1), m.group(2).matches("on|1|true"))));
		form("sysctl -w " + KEY + "=" + VALUE, (m) -> List.of(new SystemActions.Value(m.group(1), m.group(2))));
		form("echo '" + KEY + " ?= ?" + VALUE + "' >>? /etc/sysctl\\.d/" + FILE,
				(m) -> List.of(new SystemActions.ValueAtBoot(m.group(1), m.group(2), m.group(3))));
		form("ppc64_cpu --smt=off", (m) -> List.of(new SystemActions.ThreadsOff()));
		form("systemctl enable --now (" + NAME + ")", (m) -> List.of(new SystemActions.Enable(m.group(1))));
		form("systemctl mask (" + NAME + ")", (m) -> List.of(new SystemActions.Mask(m.group(1))));
		form("systemctl restart (" + NAME + ")", (m) -> List.of(Restart.ofUnit(m.group(1))));
		form("service (" + NAME + ") restart", (m) -> List.of(Restart.ofUnit(m.group(1))));
	}

	private CommandForms() {
	}

	/** What a command is. */
	public enum Kind {

		/** The script does it. */
		ACTION,
		/** It only looks. */
		LOOK,
		/** A person does it. */
		PERSON,
		/** Nobody knows; it is left to a person. */
		UNKNOWN

	}

	/** What this command is. */
	public static Kind kind(String command) {
		if (action(command) != null) {
			return Kind.ACTION;
		}
		if (looks(command)) {
			return Kind.LOOK;
		}
		return PERSON.matcher(command).matches() ? Kind.PERSON : Kind.UNKNOWN;
	}

	/** What it does, empty where that is nothing of the script's. */
	static List<Action> actions(String command) {
		List<Action> actions = action(command);
		return (actions != null) ? actions : List.of();
	}

	private static @Nullable List<Action> action(String command) {
		for (Map.Entry<Pattern, Function<MatchResult, List<Action>>> form : ACTIONS.entrySet()) {
			Matcher matcher = form.getKey().matcher(command);
			if (matcher.matches()) {
				return form.getValue().apply(matcher);
			}
		}
		return null;
	}

	private static boolean looks(String command) {
		String outsideQuotes = command.replace(" 2>/dev/null", "").replaceAll("'[^']*'|\"[^\"$`]*\"", "'-'");
		return !MORE_THAN_LOOKING.matcher(outsideQuotes).find()
				&& Stream.of(outsideQuotes.split(" \\| ")).allMatch((part) -> LOOK.matcher(part.strip()).matches());
	}

	private static void form(String pattern, Function<MatchResult, List<Action>> action) {
		ACTIONS.put(Pattern.compile(pattern), action);
	}

	private static Stream<String> modules(String names) {
		return words(names).filter((name) -> !name.equals("-a")).map(CommandForms::kernelName);
	}

	private static Stream<String> words(String text) {
		return Stream.of(text.strip().split(" "));
	}

	private static String kernelName(String module) {
		return module.replace('-', '_');
	}

}
