package io.virtwise.libvirt;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import org.springframework.stereotype.Component;

/**
 * Opens sessions: not more at once than allowed, each within its deadline, and none to a
 * node on which earlier ones still hang.
 */
@Component
final class NodeSessions {

	/** Hung ones keep their thread, so there is an end to them too. */
	private static final int HUNG_PER_SLOT = 8;

	private final LibvirtLibrary library;

	private final LibvirtProperties properties;

	private final NodeLookup lookup;

	private final Semaphore slots;

	private final Map<String, Hung> hungByEndpoint = new HashMap<>();

	NodeSessions(LibvirtLibrary library, LibvirtProperties properties, NodeLookup lookup) {
		this.lookup = lookup;
		this.library = library;
		this.properties = properties;
		this.slots = new Semaphore(properties.maxSessions(), true);
	}

	/**
	 * Opens a session.
	 * @param deadline for all that is done in it
	 * @throws NodeFailure if the node cannot be reached in time or does not let us in
	 */
	NodeSession open(Node node, Deadline deadline) {
		LibvirtNative calls = this.library.calls(node);
		NodeUri.of(node, this.properties); // what is wrong with the node goes before what
											// is wrong with the network
		NodeUri uri = NodeUri.of(node, this.properties, this.lookup.address(node, deadline));
		refuseIfHung(node, uri.text());
		takeSlot(node, deadline);
		AtomicBoolean slotTaken = new AtomicBoolean(true);
		AtomicBoolean hung = new AtomicBoolean();
		NodeSession session = new NodeSession(node, deadline, thread(node), () -> {
			giveBack(slotTaken);
			if (hung.get()) {
				cameBack(uri.text());
			}
		});
		boolean connected = false;
		try {
			session.connect(calls, uri, this.properties);
			connected = true;
			return session;
		}
		finally {
			if (!connected) {
				if (session.givenUp()) {
					hung.set(true);
					hangs(uri.text());
					giveBack(slotTaken);
				}
				session.close();
			}
		}
	}

	NodeLookup lookup() {
		return this.lookup;
	}

	private static ExecutorService thread(Node node) {
		return Executors.newSingleThreadExecutor((task) -> {
			Thread thread = new Thread(task, "libvirt-" + node.name());
			thread.setDaemon(true);
			return thread;
		});
	}

	private void takeSlot(Node node, Deadline deadline) {
		try {
			if (this.slots.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new NodeFailure(Kind.TIMED_OUT,
				"The node " + node.name() + " was not asked: for " + deadline.inWords() + " the portal was busy with "
						+ this.properties.maxSessions()
						+ " other connections (virtwise.libvirt.max-sessions). Try again.");
	}

	private void giveBack(AtomicBoolean slotTaken) {
		if (slotTaken.compareAndSet(true, false)) {
			this.slots.release();
		}
	}

	private void refuseIfHung(Node node, String endpoint) {
		synchronized (this.hungByEndpoint) {
			Hung hung = this.hungByEndpoint.get(endpoint);
			int all = this.hungByEndpoint.values().stream().mapToInt((each) -> each.count).sum();
			boolean tooMany = all >= this.properties.maxSessions() * HUNG_PER_SLOT;
			if (hung == null && !tooMany) {
				return;
			}
			boolean retry = hung == null || hung.count < this.properties.maxHungOpens()
					|| (hung.count < 2 * this.properties.maxHungOpens()
							&& System.nanoTime() - hung.since >= this.properties.hungOpenRetry().toNanos());
			if (!retry || tooMany) {
				throw new NodeFailure(Kind.UNREACHABLE,
						"The node " + node.name() + " was not asked: " + ((hung != null) ? hung.count : all)
								+ " earlier attempts to connect still hang, it takes connections but does not answer."
								+ " Check whether its libvirt hangs; restarting that ends them.");
			}
		}
	}

	private void hangs(String endpoint) {
		synchronized (this.hungByEndpoint) {
			Hung hung = this.hungByEndpoint.computeIfAbsent(endpoint, (key) -> new Hung());
			hung.count++;
			hung.since = System.nanoTime();
		}
	}

	private void cameBack(String endpoint) {
		synchronized (this.hungByEndpoint) {
			Hung hung = this.hungByEndpoint.get(endpoint);
			if (hung != null && --hung.count <= 0) {
				this.hungByEndpoint.remove(endpoint);
			}
		}
	}

	/** How many openings hang at this moment, of all nodes. */
	int hungOpens() {
		synchronized (this.hungByEndpoint) {
			return this.hungByEndpoint.values().stream().mapToInt((each) -> each.count).sum();
		}
	}

	/**
	 * Openings of one node that hang.
	 */
	private static final class Hung {

		private int count;

		private long since;

	}

}
