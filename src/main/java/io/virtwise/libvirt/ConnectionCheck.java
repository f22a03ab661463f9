package io.virtwise.libvirt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import io.virtwise.facts.NodeFactsReader.CheckStep;
import io.virtwise.facts.NodeFactsReader.Reachability;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.rollout.ManagedFiles.RemoteFile;

/**
 * Tries a node's connection step by step, so that whoever registers it sees which part of
 * the way does not work. Later steps are not tried once one has failed.
 */
final class ConnectionCheck {

	private final LibvirtLibrary library;

	private final NodeSessions sessions;

	private final LibvirtProperties properties;

	private final BiFunction<NodeSession, DirectoryPath, DirectorySession> directories;

	private final List<CheckStep> steps = new ArrayList<>();

	ConnectionCheck(LibvirtLibrary library, NodeSessions sessions, LibvirtProperties properties,
			BiFunction<NodeSession, DirectoryPath, DirectorySession> directories) {
		this.library = library;
		this.sessions = sessions;
		this.properties = properties;
		this.directories = directories;
	}

	/** The steps done with their outcome, the failed one last. */
	List<CheckStep> of(Node node, Deadline deadline) {
		try {
			step("libvirt's client library", () -> version(node));
			step("Settings of the connection", () -> settings(node));
			InetAddress[] addresses = new InetAddress[1];
			step("Name and address", () -> {
				addresses[0] = this.sessions.lookup().address(node, deadline);
				return node.host() + " is " + addresses[0].getHostAddress();
			});
			step("Network", () -> dial(node, addresses[0], deadline));
			NodeSession[] opened = new NodeSession[1];
			step("Sign-in", () -> {
				opened[0] = this.sessions.open(node, deadline);
				return "The node lets the portal in.";
			});
			try (NodeSession session = opened[0]) {
				step("libvirt on the node",
						() -> "libvirt " + session.call("reading its version", LibvirtConnection::libvirtVersion)
								+ " on " + session.call("reading its name", LibvirtConnection::hostname));
				step("nova.conf", () -> novaConf(node, session));
			}
		}
		catch (StepFailed ex) {
			// It is the last of the steps and tells the reason.
			return List.copyOf(this.steps);
		}
		return List.copyOf(this.steps);
	}

	private String version(Node node) {
		this.library.calls(node);
		Reachability reachability = this.library.reachability();
		return "Version " + reachability.version();
	}

	private String settings(Node node) {
		NodeUri.vet(node, this.properties);
		return switch (node.transport()) {
			case TLS -> "TLS, port " + node.port() + ", as " + subject(node);
			case SSH -> "ssh as " + node.user() + ", port " + node.port() + hostKey(node);
			case TCP -> "plain TCP, port " + node.port() + ": neither encrypted nor signed in";
		};
	}

	private String subject(Node node) {
		return this.sessions.keys().tls(node).certificate().getSubjectX500Principal().getName();
	}

	private String hostKey(Node node) {
		return this.sessions.keys().ssh(node).pinned().isEmpty() ? ", host key from the portal's known_hosts"
				: ", host key compared by a person";
	}

	private static String dial(Node node, InetAddress address, Deadline deadline) {
		String where = address.getHostAddress() + " port " + node.port();
		int millis = (int) Math.max(1, Duration.ofNanos(deadline.nanosLeft()).toMillis());
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(address, node.port()), millis);
			return where + " takes connections.";
		}
		catch (SocketTimeoutException ex) {
			throw new NodeFailure(Kind.TIMED_OUT, where + " did not answer within " + deadline.inWords()
					+ ". Check whether the machine runs and whether a firewall drops the connection.", ex);
		}
		catch (IOException ex) {
			throw new NodeFailure(Kind.UNREACHABLE,
					where + " takes no connections. Check the port, whether " + (switch (node.transport()) {
						case SSH -> "sshd";
						case TLS, TCP -> "libvirt";
					}) + " listens there, and the firewall.", ex);
		}
	}

	private String novaConf(Node node, NodeSession session) {
		DirectoryPath parent = DirectoryPath.parent(node, node.novaConfPath());
		String name = DirectoryPath.name(node, parent, node.novaConfPath());
		RemoteFile file = this.directories.apply(session, parent).stat(name);
		return switch (file.kind()) {
			case REGULAR -> node.novaConfPath() + " has " + file.size() + " bytes, mode " + file.octalMode() + ".";
			case MISSING -> throw new NodeFailure(Kind.NOT_FOUND, "There is no " + node.novaConfPath()
					+ " on the node. If nova runs in containers its file is elsewhere; edit the node's path of it.");
			case OTHER -> throw new NodeFailure(Kind.CONFLICT,
					node.novaConfPath() + " is a symbolic link or a directory. Give the path of the file itself.");
		};
	}

	private void step(String name, Step step) {
		long begun = System.nanoTime();
		String detail;
		boolean ok = false;
		try {
			detail = step.run();
			ok = true;
		}
		catch (NodeFailure failure) {
			detail = String.valueOf(failure.getMessage());
		}
		this.steps.add(new CheckStep(name, ok, detail, (System.nanoTime() - begun) / 1_000_000));
		if (!ok) {
			throw new StepFailed();
		}
	}

	/**
	 * One step; answers what came of it.
	 */
	private interface Step {

		String run();

	}

	/**
	 * Ends the check.
	 */
	private static final class StepFailed extends RuntimeException {

		private static final long serialVersionUID = 1L;

		StepFailed() {
			super(null, null, false, false);
		}

	}

}
