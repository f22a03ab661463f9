package io.virtwise.node.internal;

import java.time.Duration;
import java.util.List;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeSecret;
import io.virtwise.node.SignInTrial;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Replaces the secret of a credential once nodes that name it have let the new one in;
 * until then they are signed in to with the old one. Nodes are asked outside any
 * transaction.
 */
@Service
@PreAuthorize("hasAuthority('node:write')")
public class Rotations {

	/** So many nodes are asked, whatever they answer: a person waits. */
	private static final int ASKED = 5;

	private static final Duration DEADLINE = Duration.ofSeconds(5);

	private final Credentials credentials;

	private final NodeStore nodes;

	private final ObjectProvider<SignInTrial> trial;

	Rotations(Credentials credentials, NodeStore nodes, ObjectProvider<SignInTrial> trial) {
		this.credentials = credentials;
		this.nodes = nodes;
		this.trial = trial;
	}

	/**
	 * Replaces it.
	 * @param version the version that the caller saw, {@code null} for whichever it is
	 * @param unproved whether to do without the nodes' word, where a key has to go at
	 * once or no node answers
	 * @return the credential, and how many nodes let the new secret in
	 * @throws Refused if a node does not let it in, if none could be asked, or for what
	 * {@link Credentials#rotate} refuses; then the old one stays in use
	 */
	public Rotated rotate(String id, CredentialDraft draft, @Nullable Long version, boolean unproved) {
		Credential before = this.credentials.get(id);
		NodeSecret secret = this.credentials.read(before, draft);
		int proved = unproved ? 0 : prove(before, secret);
		return new Rotated(this.credentials.rotate(id, draft, version), proved);
	}

	private int prove(Credential credential, NodeSecret secret) {
		List<UsedBy> users = this.credentials.usedBy(credential.id());
		int proved = 0;
		String silent = null;
		for (UsedBy user : users.subList(0, Math.min(ASKED, users.size()))) {
			Node node = this.nodes.find(user.id()).orElse(null);
			if (node == null) {
				continue;
			}
			try {
				this.trial.getObject().signIn(node, secret, DEADLINE);
				proved++;
			}
			catch (NodeFailure ex) {
				if (ex.kind() == NodeFailure.Kind.DENIED) {
					throw Refused.conflict("not-let-in",
							"The new one was tried first, and was not let in. " + ex.getMessage()
									+ " The old one stays in use for all nodes. Make the new one known to the"
									+ " nodes, then repeat this.");
				}
				silent = ex.getMessage();
			}
		}
		if (silent != null && proved == 0) {
			throw Refused.conflict("not-proved",
					"The new one was to be tried first, and no node could be asked. " + silent
							+ " The old one stays in use. Repeat this when a node answers, or rotate without a trial.");
		}
		return proved;
	}

	/**
	 * What came of a rotation.
	 *
	 * @param credential as it is now
	 * @param proved how many nodes let the new secret in before
	 */
	public record Rotated(Credential credential, int proved) {
	}

}
