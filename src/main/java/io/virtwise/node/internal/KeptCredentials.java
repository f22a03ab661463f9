package io.virtwise.node.internal;

import java.util.List;
import java.util.Optional;

import io.virtwise.node.HostKey;
import io.virtwise.node.Node;
import io.virtwise.node.NodeCredentials;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeSecret;
import io.virtwise.shared.Refused;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Opens credentials for whoever connects to a node.
 */
@Component
class KeptCredentials implements NodeCredentials {

	private final CredentialStore store;

	private final HostKeyStore hostKeys;

	private final Sealer sealer;

	private final JsonMapper json;

	KeptCredentials(CredentialStore store, HostKeyStore hostKeys, Sealer sealer, JsonMapper json) {
		this.store = store;
		this.hostKeys = hostKeys;
		this.sealer = sealer;
		this.json = json;
	}

	@Override
	public Optional<NodeSecret> open(Node node) {
		String id = node.credential();
		return (id != null) ? this.store.find(id).map((credential) -> open(node, credential)) : Optional.empty();
	}

	private NodeSecret open(Node node, Credential credential) {
		if (credential.kind() != node.transport()) {
			throw new NodeFailure(NodeFailure.Kind.DENIED,
					"No connection to the node " + node.name() + " was tried: its credential " + credential.name()
							+ " is for " + credential.kind().key() + ", and its transport is " + node.transport().key()
							+ ". Edit the node.");
		}
		try {
			String text = this.sealer.open(credential.id(), this.store.sealed(credential.id()),
					credential.sealedWith());
			return this.json.readValue(text, NodeSecret.class);
		}
		catch (Refused ex) {
			throw new NodeFailure(NodeFailure.Kind.DENIED, "No connection to the node " + node.name()
					+ " was tried, because its credential " + credential.name() + " cannot be used. " + ex.getMessage(),
					ex);
		}
	}

	@Override
	public Optional<String> nameOf(Node node) {
		String id = node.credential();
		return (id != null) ? this.store.find(id).map(Credential::name) : Optional.empty();
	}

	@Override
	public List<HostKey> hostKeys(Node node) {
		return this.hostKeys.find(node.id()).map(PinnedKeys::keys).orElse(List.of());
	}

}
