package io.virtwise.node.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.node.HostKey;
import io.virtwise.node.HostKeyChanged;
import io.virtwise.node.HostKeyReader;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.node.SshKeys;
import io.virtwise.node.Transport;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The ssh host keys of nodes: shown by the node, compared by a person, held to from then
 * on.
 */
@Service
public class HostKeys {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Nodes nodes;

	private final HostKeyStore store;

	private final ObjectProvider<HostKeyReader> reader;

	private final CurrentUser currentUser;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	HostKeys(Nodes nodes, HostKeyStore store, ObjectProvider<HostKeyReader> reader, CurrentUser currentUser,
			ApplicationEventPublisher events, Clock clock) {
		this.nodes = nodes;
		this.store = store;
		this.reader = reader;
		this.currentUser = currentUser;
		this.events = events;
		this.clock = clock;
	}

	/** The keys of the node that somebody compared, if anybody did. */
	@PreAuthorize("hasAuthority('node:read')")
	public Optional<PinnedKeys> pinned(String nodeId) {
		return this.store.find(this.nodes.get(nodeId).id());
	}

	/**
	 * The keys that the node shows at this moment, to be compared by a person.
	 * @throws Refused if it is not reached by ssh
	 * @throws io.virtwise.node.NodeFailure if it does not answer
	 */
	@PreAuthorize("hasAuthority('node:write')")
	public List<HostKey> ask(String nodeId) {
		return this.reader.getObject().read(overSsh(nodeId), PATIENCE);
	}

	/**
	 * Holds the node to these keys from now on.
	 * @param lines the public keys, one a line
	 * @param compared whether the caller compared them with those on the node itself
	 * @throws Refused naming what cannot be taken
	 */
	@Transactional
	@PreAuthorize("hasAuthority('node:write')")
	public PinnedKeys pin(String nodeId, @Nullable String lines, boolean compared) {
		Node node = overSsh(nodeId);
		List<FieldFault> faults = new ArrayList<>();
		List<HostKey> keys = SshKeys.hostKeys(lines, faults);
		if (!compared) {
			faults.add(new FieldFault("compared", "is not confirmed; compare each fingerprint with what ssh-keygen -l"
					+ " prints on the node's own console, then confirm it"));
		}
		if (!faults.isEmpty()) {
			throw (faults.size() == 1) ? Refused.invalid(faults.get(0).field(), faults.get(0).message())
					: Refused.invalid(faults);
		}
		String before = this.store.find(nodeId).map((old) -> PinnedKeys.describe(old.keys())).orElse(null);
		PinnedKeys pinned = new PinnedKeys(keys, this.currentUser.require().id(),
				this.clock.instant().truncatedTo(ChronoUnit.MICROS));
		this.store.put(nodeId, pinned);
		this.events.publishEvent(new AuditableEvent("node.host-keys-pinned", "node", nodeId, node.name(), before,
				PinnedKeys.describe(keys)));
		return pinned;
	}

	/** Somebody may stand between the portal and the node: an auditor has to see it. */
	@EventListener
	@Transactional(propagation = Propagation.REQUIRES_NEW)
	void changed(HostKeyChanged changed) {
		Node node = changed.node();
		this.events.publishEvent(new AuditableEvent("node.host-key-changed", "node", node.id(), node.name(),
				this.store.find(node.id()).map((keys) -> PinnedKeys.describe(keys.keys())).orElse(null),
				"another key was shown at " + node.host() + " port " + node.port() + ", and nothing was sent there"
						+ (changed.shown().isEmpty() ? "" : ":\n" + PinnedKeys.describe(changed.shown()))));
	}

	private Node overSsh(String nodeId) {
		Node node = this.nodes.get(nodeId);
		if (node.transport() != Transport.SSH) {
			throw Refused.conflict("not-ssh",
					"The node " + node.name() + " is not reached by ssh, so it has no host key to compare.");
		}
		return node;
	}

}
