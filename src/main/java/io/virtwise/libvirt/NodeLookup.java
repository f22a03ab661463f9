package io.virtwise.libvirt;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.node.NodeNetwork;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Looks a node's name up once, and lets through only what the portal may connect to. A
 * name of which any address is refused is refused as a whole.
 */
@Component
class NodeLookup {

	private final NodeNetwork network;

	private final Resolver resolver;

	@Autowired
	NodeLookup(NodeNetwork network) {
		this(network, (name) -> List.of(InetAddress.getAllByName(name)));
	}

	NodeLookup(NodeNetwork network, Resolver resolver) {
		this.network = network;
		this.resolver = resolver;
	}

	/**
	 * The address to connect to.
	 * @throws NodeFailure if there is none, or it is none that the portal connects to
	 */
	InetAddress address(Node node, Deadline deadline) {
		List<InetAddress> found = lookUp(node, deadline);
		if (found.isEmpty() || !found.stream().allMatch(this.network::allows)) {
			throw new NodeFailure(Kind.DENIED, "No connection to the node " + node.name()
					+ " was tried: its host is not an address that this portal connects to. Edit the node, or let an"
					+ " administrator look at virtwise.network.allowed.");
		}
		return found.get(0);
	}

	/** A look-up has no limit of its own: it is left behind at the deadline. */
	private List<InetAddress> lookUp(Node node, Deadline deadline) {
		FutureTask<List<InetAddress>> lookup = new FutureTask<>(() -> this.resolver.resolve(node.host()));
		Thread thread = new Thread(lookup, "lookup-" + node.name());
		thread.setDaemon(true);
		thread.start();
		try {
			return lookup.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownHostException) {
				throw new NodeFailure(Kind.UNREACHABLE, "The portal's machine does not know the name " + node.host()
						+ ". Check its spelling, DNS or /etc/hosts.", ex);
			}
			throw new NodeFailure(Kind.UNREACHABLE, "The name " + node.host() + " cannot be looked up.", ex);
		}
		catch (TimeoutException ex) {
			throw new NodeFailure(Kind.TIMED_OUT,
					"Looking up " + node.host() + " took longer than " + deadline.inWords() + ". Check DNS.", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NodeFailure(Kind.TIMED_OUT, "The portal was told to stop.", ex);
		}
	}

	/**
	 * All addresses of a name.
	 */
	interface Resolver {

		List<InetAddress> resolve(String name) throws UnknownHostException;

	}

}
