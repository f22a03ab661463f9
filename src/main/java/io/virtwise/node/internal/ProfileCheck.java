package io.virtwise.node.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.virtwise.node.Node;
import io.virtwise.node.NodeNetwork;
import io.virtwise.node.NodeProfile;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.NovaRelease;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Turns what somebody wrote about a node into a profile, or says of every part what is
 * wrong with it. Each part is checked as a whole value: a connection URI is later built
 * from them, and a libvirt URI can run commands and read files.
 */
@Component
class ProfileCheck {

	private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");

	private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

	private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

	private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._+@:-]+)+");

	/**
	 * No control characters, line ends, or characters that only change how others look.
	 */
	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}]");

	private static final int MAX_NAME = 120;

	private static final int MAX_GROUP = 80;

	private static final int MAX_PATH = 512;

	private static final int MAX_LABELS = 50;

	private static final int MAX_LABEL_VALUE = 200;

	private final boolean tcpAllowed;

	private final NodeNetwork network;

	private final CredentialNames credentials;

	ProfileCheck(@Value("${virtwise.libvirt.allow-tcp:false}") boolean tcpAllowed, NodeNetwork network,
			CredentialNames credentials) {
		this.network = network;
		this.tcpAllowed = tcpAllowed;
		this.credentials = credentials;
	}

	/** Whether an administrator allowed plain TCP. */
	boolean tcpAllowed() {
		return this.tcpAllowed;
	}

	/**
	 * The profile that the draft means.
	 * @throws Refused naming every part that is wrong
	 */
	NodeProfile check(NodeDraft draft) {
		List<FieldFault> faults = new ArrayList<>();
		String name = name(draft.name(), faults);
		String host = host(draft.host(), faults);
		Transport transport = transport(draft.transport(), faults);
		int port = port(draft.port(), transport, faults);
		String user = user(draft.user(), transport, faults);
		String credential = credential(draft.credential(), transport, faults);
		String release = release(draft.release(), faults);
		String group = group(draft.group(), faults);
		Map<String, String> labels = labels(draft.labels(), faults);
		String path = novaConfPath(draft.novaConfPath(), faults);
		WriteMode mode = writeMode(draft.writeMode(), faults);
		if (!faults.isEmpty()) {
			throw (faults.size() == 1) ? Refused.invalid(faults.get(0).field(), faults.get(0).message())
					: Refused.invalid(faults);
		}
		return new NodeProfile(name, host, port, transport, user, credential, release, group, labels, path, mode);
	}

	private static String name(@Nullable String value, List<FieldFault> faults) {
		String name = (value != null) ? value.strip() : "";
		if (name.isEmpty()) {
			faults.add(new FieldFault("name", "is missing; write what operators call the node"));
		}
		else if (name.length() > MAX_NAME) {
			faults.add(new FieldFault("name",
					"is " + name.length() + " characters long; write " + MAX_NAME + " at the most"));
		}
		else if (UNPRINTABLE.matcher(name).find()) {
			faults.add(new FieldFault("name", "has characters that cannot be seen; type it anew"));
		}
		return name;
	}

	private String host(@Nullable String value, List<FieldFault> faults) {
		if (value == null || value.isEmpty()) {
			faults.add(new FieldFault("host", "is missing; write the DNS name or address of the node"));
			return "";
		}
		String fault = HostAddress.fault(value);
		fault = (fault != null) ? fault : this.network.fault(value);
		if (fault != null) {
			faults.add(new FieldFault("host", fault));
		}
		return HostAddress.normalised(value);
	}

	private Transport transport(@Nullable String value, List<FieldFault> faults) {
		if (value == null || value.isBlank()) {
			return Transport.TLS;
		}
		Optional<Transport> transport = Arrays.stream(Transport.values())
			.filter((each) -> each.key().equals(value))
			.findFirst();
		if (transport.isEmpty()) {
			faults.add(new FieldFault("transport", "is not one of tls, ssh" + (this.tcpAllowed ? ", tcp" : "")));
			return Transport.TLS;
		}
		if (transport.get() == Transport.TCP && !this.tcpAllowed) {
			faults.add(new FieldFault("transport",
					"is tcp, which is neither encrypted nor signed in and is switched off here; use tls or ssh, "
							+ "or let an administrator set virtwise.libvirt.allow-tcp=true"));
		}
		return transport.get();
	}

	private static int port(@Nullable String value, Transport transport, List<FieldFault> faults) {
		if (value == null || value.isBlank()) {
			return transport.defaultPort();
		}
		if (value.matches("[0-9]{1,5}")) {
			int port = Integer.parseInt(value);
			if (port >= 1 && port <= 65535) {
				return port;
			}
		}
		faults.add(new FieldFault("port", "is not a whole number from 1 to 65535"));
		return transport.defaultPort();
	}

	private static @Nullable String user(@Nullable String value, Transport transport, List<FieldFault> faults) {
		if (value == null || value.isEmpty()) {
			return null;
		}
		if (transport != Transport.SSH) {
			faults.add(new FieldFault("user", "is only for the ssh transport; leave it empty"));
		}
		else if (!USER.matcher(value).matches()) {
			faults.add(new FieldFault("user", "is not an account name; write letters, digits, dot, dash or "
					+ "underscore, 32 at the most, beginning with a letter or underscore"));
		}
		return value;
	}

	/**
	 * A credential by its id or its name; what is neither names a folder beside the
	 * portal's own keys.
	 */
	private @Nullable String credential(@Nullable String value, Transport transport, List<FieldFault> faults) {
		if (value == null || value.isEmpty()) {
			return null;
		}
		Credential kept = this.credentials.find(value).orElse(null);
		if (kept == null && !CREDENTIAL.matcher(value).matches()) {
			faults
				.add(new FieldFault("credential", "is neither the name of a credential kept here nor an id of letters,"
						+ " digits, dot, dash or underscore, 64 at the most. Never the key itself or its path"));
		}
		else if (kept == null) {
			String fault = this.credentials.fault(value, transport);
			if (fault != null) {
				faults.add(new FieldFault("credential", fault));
			}
		}
		if (kept != null && kept.kind() != transport) {
			faults.add(new FieldFault("credential", "is for " + kept.kind().key() + ", and the transport is "
					+ transport.key() + "; choose one for " + transport.key()));
		}
		return (kept != null) ? kept.id() : value;
	}

	private static @Nullable String release(@Nullable String value, List<FieldFault> faults) {
		if (value == null || value.isBlank()) {
			return null;
		}
		String release = value.strip();
		if (release.length() > 40 || NovaRelease.parse(release).isEmpty()) {
			faults.add(new FieldFault("release", "is not a nova release that is known here; write the series "
					+ "(mitaka, 2024.1), nova's major version (13), or the version of the package (13.1.4)"));
		}
		return release;
	}

	private static @Nullable String group(@Nullable String value, List<FieldFault> faults) {
		if (value == null || value.isBlank()) {
			return null;
		}
		String group = value.strip();
		if (group.length() > MAX_GROUP || UNPRINTABLE.matcher(group).find()) {
			faults.add(new FieldFault("group", "is not a name of 1 to " + MAX_GROUP + " visible characters"));
		}
		return group;
	}

	private static Map<String, String> labels(Map<String, String> labels, List<FieldFault> faults) {
		Map<String, String> checked = new LinkedHashMap<>();
		if (labels.size() > MAX_LABELS) {
			faults.add(new FieldFault("labels", "are " + labels.size() + "; give " + MAX_LABELS + " at the most"));
		}
		labels.forEach((name, value) -> {
			if (!LABEL.matcher(name).matches()) {
				faults.add(new FieldFault("labels", "have a name that is not letters, digits, dot, dash and "
						+ "underscore, 63 at the most, beginning with a letter or digit; write one NAME=VALUE a line"));
			}
			else if (value.length() > MAX_LABEL_VALUE || UNPRINTABLE.matcher(value).find()) {
				faults.add(new FieldFault("labels", "have a value for " + name + " that is not " + MAX_LABEL_VALUE
						+ " visible characters at the most"));
			}
			checked.put(name, value);
		});
		return checked;
	}

	private static String novaConfPath(@Nullable String value, List<FieldFault> faults) {
		if (value == null || value.isEmpty()) {
			return Node.DEFAULT_NOVA_CONF;
		}
		String fault = pathFault(value);
		if (fault != null) {
			faults.add(new FieldFault("novaConfPath", fault));
		}
		return value;
	}

	private static @Nullable String pathFault(String path) {
		if (!path.startsWith("/")) {
			return "is not absolute; write the whole path, as " + Node.DEFAULT_NOVA_CONF;
		}
		if (path.length() > MAX_PATH) {
			return "is " + path.length() + " characters long; write " + MAX_PATH + " at the most";
		}
		if (!PATH.matcher(path).matches() || List.of(path.split("/", -1)).stream().anyMatch(ProfileCheck::isDots)) {
			return "is not a plain path; write it without . or .. as a step, doubled or trailing slashes, blanks "
					+ "or special characters";
		}
		if (path.lastIndexOf('/') == 0) {
			return "lies in the root directory, which is never managed; write a path such as " + Node.DEFAULT_NOVA_CONF;
		}
		String first = path.split("/", -1)[1];
		if (List.of("proc", "sys", "dev").contains(first)) {
			return "lies under /" + first + ", where reading can block libvirt for good; write a path such as "
					+ Node.DEFAULT_NOVA_CONF;
		}
		return null;
	}

	private static boolean isDots(String step) {
		return step.equals(".") || step.equals("..");
	}

	private static WriteMode writeMode(@Nullable String value, List<FieldFault> faults) {
		if (value == null || value.isBlank()) {
			return WriteMode.AUTO;
		}
		for (WriteMode mode : WriteMode.values()) {
			if (mode.key().equals(value)) {
				return mode;
			}
		}
		faults.add(new FieldFault("writeMode", "is not one of drop-in, in-place, auto"));
		return WriteMode.AUTO;
	}

}
