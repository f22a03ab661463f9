package io.virtwise.node.internal;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Judges the host part of a connection: a DNS name, an IPv4 address or an IPv6 address,
 * and nothing that could mean more once it stands in a URI. Looks nothing up.
 */
final class HostAddress {

	private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");

	private static final Pattern NUMBER = Pattern.compile("(0[xX][0-9A-Fa-f]*|[0-9]+)");

	private static final Pattern QUAD = Pattern
		.compile("(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");

	private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

	private static final String NOT_A_HOST = "is neither a DNS name nor an IPv4 or IPv6 address; "
			+ "write it bare, as node17.example.net, 192.0.2.17 or 2001:db8::17";

	private static final String LOCAL_ONLY = "is an address that only has a meaning on one link (169.254.0.0/16, "
			+ "fe80::/10) and also leads to metadata services; write the node's own name or address";

	private static final String NOT_ONE_HOST = "is not the address of one host; write the node's own name or address";

	private HostAddress() {
	}

	/**
	 * What is wrong with this host.
	 * @return the fault and its remedy to follow the field's name, {@code null} if it is
	 * right
	 */
	static @Nullable String fault(String host) {
		if (host.length() > 253) {
			return "is " + host.length() + " characters long; a DNS name has 253 at the most";
		}
		if (host.indexOf(':') >= 0) {
			return faultOfIpv6(host);
		}
		List<String> labels = List.of(host.split("\\.", -1));
		if (NUMBER.matcher(labels.get(labels.size() - 1)).matches()) {
			return faultOfIpv4(host);
		}
		return labels.stream().allMatch((label) -> LABEL.matcher(label).matches()) ? null : faultOfName(host);
	}

	/**
	 * A name in another script has a form for DNS, which shows what is really asked for.
	 */
	private static String faultOfName(String host) {
		try {
			String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
			return (ascii.equalsIgnoreCase(host) || fault(ascii) != null) ? NOT_A_HOST
					: "has letters that DNS does not have; write it as DNS does, " + normalised(ascii);
		}
		catch (IllegalArgumentException ex) {
			return NOT_A_HOST;
		}
	}

	/** The host as it is kept: in lower case. */
	static String normalised(String host) {
		return host.toLowerCase(Locale.ROOT);
	}

	/**
	 * A name that ends in a number is read as an address by resolvers, so it has to be a
	 * whole one.
	 */
	private static @Nullable String faultOfIpv4(String host) {
		int[] parts = quad(host);
		return (parts != null) ? faultOfQuad(parts) : NOT_A_HOST;
	}

	private static @Nullable String faultOfQuad(int[] parts) {
		if (parts[0] == 169 && parts[1] == 254) {
			return LOCAL_ONLY;
		}
		return (parts[0] == 0 || parts[0] >= 224) ? NOT_ONE_HOST : null;
	}

	private static int @Nullable [] quad(String text) {
		var match = QUAD.matcher(text);
		if (!match.matches()) {
			return null;
		}
		int[] parts = new int[4];
		for (int i = 0; i < parts.length; i++) {
			parts[i] = Integer.parseInt(match.group(i + 1));
			if (parts[i] > 255) {
				return null;
			}
		}
		return parts;
	}

	private static @Nullable String faultOfIpv6(String host) {
		int[] groups = ipv6(host);
		if (groups == null) {
			return NOT_A_HOST;
		}
		if ((groups[0] & 0xffc0) == 0xfe80) {
			return LOCAL_ONLY;
		}
		if ((groups[0] & 0xff00) == 0xff00) {
			return NOT_ONE_HOST;
		}
		for (int i = 0; i < 5; i++) {
			if (groups[i] != 0) {
				return nat64(groups) ? faultOfQuad(tail(groups)) : null;
			}
		}
		if (groups[5] == 0xffff) {
			return faultOfQuad(tail(groups));
		}
		boolean loopback = groups[5] == 0 && groups[6] == 0 && groups[7] == 1;
		return loopback ? null : NOT_ONE_HOST;
	}

	private static boolean nat64(int[] groups) {
		return groups[0] == 0x64 && groups[1] == 0xff9b && groups[2] == 0 && groups[3] == 0 && groups[4] == 0
				&& groups[5] == 0;
	}

	private static int[] tail(int[] groups) {
		return new int[] { groups[6] >> 8, groups[6] & 0xff, groups[7] >> 8, groups[7] & 0xff };
	}

	/** The eight groups of an IPv6 address without brackets and zone, or {@code null}. */
	private static int @Nullable [] ipv6(String host) {
		int gap = host.indexOf("::");
		if (gap != host.lastIndexOf("::")) {
			return null;
		}
		List<Integer> head = groups((gap < 0) ? host : host.substring(0, gap), gap < 0);
		List<Integer> rest = (gap < 0) ? List.of() : groups(host.substring(gap + 2), true);
		if (head == null || rest == null) {
			return null;
		}
		int given = head.size() + rest.size();
		if ((gap < 0) ? given != 8 : given > 7) {
			return null;
		}
		int[] all = new int[8];
		for (int i = 0; i < head.size(); i++) {
			all[i] = head.get(i);
		}
		for (int i = 0; i < rest.size(); i++) {
			all[8 - rest.size() + i] = rest.get(i);
		}
		return all;
	}

	private static @Nullable List<Integer> groups(String text, boolean last) {
		List<Integer> groups = new ArrayList<>();
		if (text.isEmpty()) {
			return groups;
		}
		String[] parts = text.split(":", -1);
		for (int i = 0; i < parts.length; i++) {
			if (GROUP.matcher(parts[i]).matches()) {
				groups.add(Integer.parseInt(parts[i], 16));
				continue;
			}
			int[] quad = (last && i == parts.length - 1) ? quad(parts[i]) : null;
			if (quad == null) {
				return null;
			}
			groups.add(quad[0] << 8 | quad[1]);
			groups.add(quad[2] << 8 | quad[3]);
		}
		return groups;
	}

}
