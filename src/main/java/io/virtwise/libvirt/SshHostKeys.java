package io.virtwise.libvirt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.virtwise.node.HostKey;
import io.virtwise.node.HostKeyReader;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import org.springframework.stereotype.Component;

/**
 * Asks an sshd for its host keys, one conversation for each sort of key.
 */
@Component
final class SshHostKeys implements HostKeyReader {

	/** The sorts, each with its names from the best to the oldest. */
	private static final List<List<String>> SORTS = List.of(List.of("ssh-ed25519"),
			List.of("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
			List.of("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"));

	/** How long somebody who shows another key may take to show it again. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final NodeLookup lookup;

	SshHostKeys(NodeLookup lookup) {
		this.lookup = lookup;
	}

	@Override
	public List<HostKey> read(Node node, Duration allowed) {
		Deadline deadline = Deadline.in(allowed);
		InetAddress address = this.lookup.address(node, deadline);
		List<HostKey> keys;
		try {
			keys = ask(node, address, deadline);
		}
		catch (SocketTimeoutException ex) {
			throw new NodeFailure(Kind.TIMED_OUT, where(node) + " did not answer within " + deadline.inWords()
					+ ". Check whether the machine runs and whether a firewall drops the connection.", ex);
		}
		catch (IOException ex) {
			throw new NodeFailure(Kind.UNREACHABLE,
					where(node) + " does not answer as an sshd does. Check the host, the port and what listens there.",
					ex);
		}
		if (keys.isEmpty()) {
			throw new NodeFailure(Kind.NOT_SUPPORTED,
					where(node) + " has no host key of a sort that is known here: Ed25519, ECDSA or RSA.");
		}
		return keys;
	}

	/**
	 * What is shown at the very address that was connected to; empty if it is not shown a
	 * second time.
	 */
	static List<HostKey> shown(Node node, InetAddress address, Deadline whole) {
		try {
			long left = Math.min(whole.nanosLeft(), PATIENCE.toNanos());
			return ask(node, address, Deadline.in(Duration.ofNanos(left)));
		}
		catch (IOException ex) {
			return List.of(); // the refusal itself says more than this would
		}
	}

	private static List<HostKey> ask(Node node, InetAddress address, Deadline deadline) throws IOException {
		List<HostKey> keys = new ArrayList<>();
		for (List<String> sort : SORTS) {
			ask(node, address, sort, deadline, keys);
		}
		return keys;
	}

	private static void ask(Node node, InetAddress address, List<String> sort, Deadline deadline, List<HostKey> keys)
			throws IOException {
		int millis = (int) Math.max(1, Duration.ofNanos(deadline.nanosLeft()).toMillis());
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(address, node.port()), millis);
			socket.setSoTimeout(millis);
			HostKey key = new SshGreeting(socket, deadline).hostKey(sort);
			if (key != null) {
				keys.add(key);
			}
		}
	}

	private static String where(Node node) {
		return "The node " + node.name() + " at " + node.host() + " port " + node.port();
	}

}
