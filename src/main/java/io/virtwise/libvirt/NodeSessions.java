package io.virtwise.libvirt;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.virtwise.node.HostKey;
import io.virtwise.node.HostKeyChanged;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
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

	private final SignInKeys keys;

	private final ApplicationEventPublisher events;

	private final Semaphore slots;

	private final Map<String, Hung> hungByEndpoint = new HashMap<>();

	NodeSessions(LibvirtLibrary library, LibvirtProperties properties, NodeLookup lookup, SignInKeys keys,
			ApplicationEventPublisher events) {
		this.keys = keys;
		this.events = events;
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
		return open(node, deadline, this.keys);
	}

	/** The same with these keys. */
	NodeSession open(Node node, Deadline deadline, SignInKeys keys) {
		LibvirtNative calls = this.library.calls(node);
		// what is wrong with the node goes before what is wrong with the network
		NodeUri.vet(node, this.properties);
		InetAddress address = this.lookup.address(node, deadline);
		String endpoint = node.transport().key() + " " + address.getHostAddress() + " " + node.port();
		refuseIfHung(node, endpoint);
		takeSlot(node, deadline);
		AtomicBoolean slotTaken = new AtomicBoolean(true);
		AtomicBoolean hung = new AtomicBoolean();
		AtomicReference<@Nullable NodeWay> way = new AtomicReference<>();
		NodeSession session = new NodeSession(node, deadline, thread(node), () -> {
			close(way.get());
			giveBack(slotTaken);
			if (hung.get()) {
				cameBack(endpoint);
			}
		});
		boolean connected = false;
		try {
			NodeWay opened = NodeWay.open(node, this.properties, keys, address, deadline);
			way.set(opened);
			connect(session, calls, opened, keys, address, deadline);
			connected = true;
			return session;
		}
		finally {
			if (!connected) {
				if (session.givenUp()) {
					hung.set(true);
					hangs(endpoint);
					giveBack(slotTaken);
					close(way.get()); // over TLS this ends what hangs
				}
				session.close();
			}
		}
	}

	private void connect(NodeSession session, LibvirtNative calls, NodeWay way, SignInKeys keys, InetAddress address,
			Deadline deadline) {
		try {
			session.connect(calls, way.uri(), this.properties);
		}
		catch (OtherHostKey ex) {
			Node node = session.node();
			List<HostKey> shown = SshHostKeys.shown(node, address, deadline);
			this.events.publishEvent(new HostKeyChanged(node, shown));
			throw ex.between(keys.hostKeys(node), shown);
		}
		way.passed();
	}

	private static void close(@Nullable NodeWay way) {
		if (way != null) {
			way.close();
		}
	}

	/** What nodes are signed in to with. */
	SignInKeys keys() {
		return this.keys;
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
