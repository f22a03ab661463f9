package io.virtwise.node.internal;

import java.time.Clock;
import java.util.Set;

import io.virtwise.node.Node;
import io.virtwise.node.NodeProfile;
import io.virtwise.node.NodeQuery;
import io.virtwise.node.NodeRemoved;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people may do with the register of nodes.
 */
@Service
@Transactional
public class NodeRegister {

	private final NodeStore store;

	private final ProfileCheck check;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	NodeRegister(NodeStore store, ProfileCheck check, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.check = check;
		this.events = events;
		this.clock = clock;
	}

	/** The names that a list of nodes may be sorted by. */
	public static Set<String> sortable() {
		return NodeStore.sortable();
	}

	/** Whether an administrator allowed the tcp transport. */
	public boolean tcpAllowed() {
		return this.check.tcpAllowed();
	}

	/** One page of the nodes that match. */
	@PreAuthorize("hasAuthority('node:read')")
	@Transactional(readOnly = true)
	public Slice<Node> list(NodeQuery query, SliceRequest request) {
		return this.store.list(query, request);
	}

	/**
	 * The node with this id.
	 * @throws Refused if there is none
	 */
	@PreAuthorize("hasAuthority('node:read')")
	@Transactional(readOnly = true)
	public Node get(String id) {
		return this.store.get(id);
	}

	/**
	 * Registers a node.
	 * @throws Refused naming every part that is wrong, or if the name is taken
	 */
	@PreAuthorize("hasAuthority('node:write')")
	public Node register(NodeDraft draft) {
		NodeProfile profile = this.check.check(draft);
		String id = Ids.next();
		refuseTakenName(profile.name(), id);
		try {
			this.store.insert(id, profile, this.clock.instant());
		}
		catch (DuplicateKeyException ex) {
			throw nameTaken(profile.name());
		}
		this.events
			.publishEvent(new AuditableEvent("node.registered", "node", id, profile.name(), null, profile.describe()));
		return this.store.get(id);
	}

	/**
	 * Replaces what is said about a node.
	 * @param version the version that the caller saw
	 * @throws Refused naming every part that is wrong, if the name is taken, or if
	 * somebody else edited the node since
	 */
	@PreAuthorize("hasAuthority('node:write')")
	public Node edit(String id, NodeDraft draft, long version) {
		Node before = this.store.get(id);
		NodeProfile profile = this.check.check(draft);
		refuseStale(before, version);
		if (profile.equals(NodeProfile.of(before))) {
			return before;
		}
		refuseTakenName(profile.name(), id);
		try {
			if (!this.store.update(id, profile, version)) {
				throw stale(before.name());
			}
		}
		catch (DuplicateKeyException ex) {
			throw nameTaken(profile.name());
		}
		this.events.publishEvent(new AuditableEvent("node.edited", "node", id, profile.name(),
				NodeProfile.of(before).describe(), profile.describe()));
		return this.store.get(id);
	}

	/**
	 * Takes a node off the register; what was decided about it stays on record.
	 * @param version the version that the caller saw
	 * @throws Refused if somebody edited the node since, or work on it is open
	 */
	@PreAuthorize("hasAuthority('node:write')")
	public void remove(String id, long version) {
		Node node = this.store.get(id);
		refuseStale(node, version);
		this.events.publishEvent(new NodeRemoved(node));
		if (!this.store.remove(id, version, this.clock.instant())) {
			throw stale(node.name());
		}
		this.events.publishEvent(
				new AuditableEvent("node.removed", "node", id, node.name(), NodeProfile.of(node).describe(), null));
	}

	private void refuseTakenName(String name, String id) {
		if (this.store.nameTaken(name, id)) {
			throw nameTaken(name);
		}
	}

	private static void refuseStale(Node node, long version) {
		if (node.version() != version) {
			throw stale(node.name());
		}
	}

	private static Refused nameTaken(String name) {
		return new Refused(Refused.Kind.CONFLICT, "name-taken",
				"Another node is already called " + name + ". Names are compared without case; choose another.",
				java.util.List.of(new Refused.FieldFault("name", "is taken by another node; choose another")));
	}

	private static Refused stale(String name) {
		return Refused.conflict("stale-version",
				"The node " + name + " was edited by somebody else meanwhile. Read it again, then repeat your edit.");
	}

}
