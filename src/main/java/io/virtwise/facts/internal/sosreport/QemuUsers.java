package io.virtwise.facts.internal.sosreport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The users as whom QEMU may run, put together from the files of users and groups as the
 * command id prints them.
 */
final class QemuUsers {

	private static final Set<String> USERS = Set.of("libvirt-qemu", "qemu", "nova");

	private QemuUsers() {
	}

	/** One line for each of them that the machine has. */
	static List<String> of(String passwd, String group) {
		Map<String, String> names = new LinkedHashMap<>();
		Map<String, List<String>> members = new LinkedHashMap<>();
		group.lines().limit(5000).map((line) -> line.split(":", -1)).forEach((fields) -> {
			if (fields.length >= 4 && fields[2].matches("[0-9]{1,10}")) {
				names.put(fields[2], fields[0]);
				members.put(fields[2], List.of(fields[3].strip().split(",", -1)));
			}
		});
		List<String> lines = new ArrayList<>();
		passwd.lines().limit(5000).map((line) -> line.split(":", -1)).forEach((fields) -> {
			if (fields.length >= 4 && USERS.contains(fields[0]) && fields[2].matches("[0-9]{1,10}")) {
				List<String> groups = new ArrayList<>(List.of(fields[3]));
				members.forEach((gid, users) -> {
					if (users.contains(fields[0]) && !groups.contains(gid)) {
						groups.add(gid);
					}
				});
				lines.add("uid=" + fields[2] + "(" + fields[0] + ") gid=" + named(fields[3], names) + " groups="
						+ groups.stream().map((gid) -> named(gid, names)).collect(Collectors.joining(",")));
			}
		});
		return lines;
	}

	private static String named(String gid, Map<String, String> names) {
		String name = names.get(gid);
		return (name != null) ? gid + "(" + name + ")" : gid;
	}

}
