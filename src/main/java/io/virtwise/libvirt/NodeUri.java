package io.virtwise.libvirt;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.node.Transport;

/**
 * The connection URI of a node, built from its typed parts. A libvirt URI can run local
 * commands and read local files, so nothing gets into it that was not looked at as a
 * whole here, whatever looked at it before: a row may have been edited in the database.
 *
 * @param text the URI
 */
record NodeUri(String text) {

	private static final Pattern HOST_NAME = Pattern
		.compile("(?=.{1,253}\\z)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
				+ "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

	/**
	 * Anything else of digits would be read as an address in one of its odd spellings.
	 */
	private static final Pattern ENDS_LIKE_AN_ADDRESS = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)");

	private static final Pattern IPV4 = Pattern
		.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!\\z)|\\z)){4}");

	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

	private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");

	private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

	/**
	 * Looks at all parts of a node.
	 * @throws NodeFailure if a part is not of its form, or its transport is not allowed
	 */
	static void vet(Node node, LibvirtProperties properties) {
		host(node);
		port(node);
		if (node.transport() == Transport.SSH) {
			user(node);
		}
		if (node.transport() == Transport.TCP && !properties.allowTcp()) {
			throw new NodeFailure(Kind.DENIED, "The node " + node.name()
					+ " is registered with plain TCP, which is switched off: it is neither encrypted nor signed in."
					+ " Use TLS or ssh, or let an administrator set virtwise.libvirt.allow-tcp=true.");
		}
	}

	/** Plain TCP to an address that the host was looked up as. */
	static NodeUri tcp(Node node, LibvirtProperties properties, InetAddress address) {
		vet(node, properties);
		return new NodeUri("qemu+tcp://" + literal(address) + ":" + port(node) + "/system");
	}

	/** Through ssh to an address that the host was looked up as. */
	static NodeUri ssh(Node node, InetAddress address, Path key, Path knownHosts) {
		return new NodeUri("qemu+libssh://" + user(node) + "@" + literal(address) + ":" + port(node)
				+ "/system?no_tty=1&sshauth=privkey&keyfile=" + encoded(key) + "&known_hosts=" + encoded(knownHosts)
				+ "&known_hosts_verify=normal");
	}

	/** Through a socket of the portal's own, behind which the node is. */
	static NodeUri local(Path socket) {
		return new NodeUri("qemu+unix:///system?socket=" + encoded(socket));
	}

	private static String literal(InetAddress address) {
		String literal = address.getHostAddress();
		return (literal.indexOf(':') >= 0) ? "[" + literal + "]" : literal;
	}

	/** The host as it is written in a URI. */
	private static String host(Node node) {
		String host = node.host();
		if (host.indexOf(':') >= 0) {
			if (IPV6.matcher(host).matches() && isAddress(host)) {
				return "[" + host + "]";
			}
			throw odd(node, "host", "is not an IPv6 address");
		}
		boolean fine = ENDS_LIKE_AN_ADDRESS.matcher(host).matches() ? IPV4.matcher(host).matches()
				: HOST_NAME.matcher(host).matches();
		if (!fine) {
			throw odd(node, "host", "is neither a host name nor an address");
		}
		return host;
	}

	/**
	 * Whether this is an IPv6 address; nothing with a colon is ever looked up as a name.
	 */
	private static boolean isAddress(String host) {
		try {
			return InetAddress.getByName(host).getAddress().length > 0;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private static int port(Node node) {
		if (node.port() < 1 || node.port() > 65535) {
			throw odd(node, "port", "is not from 1 to 65535");
		}
		return node.port();
	}

	private static String user(Node node) {
		String user = node.user();
		if (user == null) {
			throw odd(node, "user", "is not given, and ssh needs one");
		}
		if (!USER.matcher(user).matches()) {
			throw odd(node, "user", "is not a plain account name");
		}
		return user;
	}

	/** The node's credential, where it may name a folder. */
	static String credential(Node node) {
		String credential = node.credential();
		if (credential == null || !CREDENTIAL.matcher(credential).matches()) {
			throw odd(node, "credential", "is not an id of a key or certificate");
		}
		return credential;
	}

	private static String encoded(Path path) {
		return URLEncoder.encode(path.toString(), StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
	}

	private static NodeFailure odd(Node node, String field, String fault) {
		return new NodeFailure(Kind.DENIED, "No connection to the node " + node.name() + " was tried: its " + field
				+ " " + fault + ". Edit the node.");
	}

}
