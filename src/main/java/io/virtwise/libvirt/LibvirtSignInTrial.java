package io.virtwise.libvirt;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.virtwise.node.HostKey;
import io.virtwise.node.Node;
import io.virtwise.node.NodeCredentials;
import io.virtwise.node.NodeSecret;
import io.virtwise.node.SignInTrial;
import org.springframework.stereotype.Component;

/**
 * Signs in to a node's libvirt with a secret that nobody names yet.
 */
@Component
final class LibvirtSignInTrial implements SignInTrial {

	private final NodeSessions sessions;

	private final LibvirtProperties properties;

	private final NodeCredentials credentials;

	LibvirtSignInTrial(NodeSessions sessions, LibvirtProperties properties, NodeCredentials credentials) {
		this.sessions = sessions;
		this.properties = properties;
		this.credentials = credentials;
	}

	@Override
	public void signIn(Node node, NodeSecret secret, Duration deadline) {
		SignInKeys keys = new SignInKeys(this.properties, new Instead(this.credentials, secret));
		try (NodeSession session = this.sessions.open(node, Deadline.in(deadline), keys)) {
			session.call("reading its version", LibvirtConnection::libvirtVersion);
		}
	}

	/**
	 * The same credentials with another secret.
	 */
	private record Instead(NodeCredentials kept, NodeSecret secret) implements NodeCredentials {

		@Override
		public Optional<NodeSecret> open(Node node) {
			return Optional.of(this.secret);
		}

		@Override
		public Optional<String> nameOf(Node node) {
			return this.kept.nameOf(node);
		}

		@Override
		public List<HostKey> hostKeys(Node node) {
			return this.kept.hostKeys(node);
		}

	}

}
