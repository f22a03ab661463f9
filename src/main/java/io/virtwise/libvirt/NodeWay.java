package io.virtwise.libvirt;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Objects;

import io.virtwise.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * The way to one node for one connection: the URI for libvirt, and what has to be there
 * for it. It always leads to the address that was checked.
 */
final class NodeWay implements AutoCloseable {

	private final NodeUri uri;

	private final @Nullable PrivateFolder folder;

	private final @Nullable TlsRelay relay;

	private NodeWay(NodeUri uri, @Nullable PrivateFolder folder, @Nullable TlsRelay relay) {
		this.uri = uri;
		this.folder = folder;
		this.relay = relay;
	}

	/**
	 * Makes the way.
	 * @throws io.virtwise.node.NodeFailure if there is nothing to sign in with, or over
	 * TLS the node cannot be reached or does not accept us
	 */
	static NodeWay open(Node node, LibvirtProperties properties, SignInKeys keys, InetAddress address,
			Deadline deadline) {
		return switch (node.transport()) {
			case TCP -> new NodeWay(NodeUri.tcp(node, properties, address), null, null);
			case TLS -> tls(node, keys, address, deadline);
			case SSH -> ssh(node, keys.ssh(node), address);
		};
	}

	private static NodeWay tls(Node node, SignInKeys keys, InetAddress address, Deadline deadline) {
		PrivateFolder folder = PrivateFolder.make();
		boolean opened = false;
		try {
			Path socket = folder.path("libvirt");
			TlsRelay relay = TlsRelay.open(node, address, keys.tls(node), socket, deadline);
			opened = true;
			return new NodeWay(NodeUri.local(socket), folder, relay);
		}
		finally {
			if (!opened) {
				folder.close();
			}
		}
	}

	private static NodeWay ssh(Node node, SignInKeys.Ssh keys, InetAddress address) {
		PrivateFolder folder = PrivateFolder.make();
		boolean written = false;
		try {
			Path key = (keys.key() != null) ? folder.write("id", keys.key()) : Objects.requireNonNull(keys.file());
			String known = (keys.knownHosts() != null)
					? KnownHosts.of(keys.knownHosts(), node.host(), address, node.port())
					: KnownHosts.of(keys.pinned(), address, node.port());
			NodeUri uri = NodeUri.ssh(node, address, key, folder.write("known_hosts", known));
			written = true;
			return new NodeWay(uri, folder, null);
		}
		finally {
			if (!written) {
				folder.close();
			}
		}
	}

	NodeUri uri() {
		return this.uri;
	}

	/** Libvirt got through or gave up: what it read on the way is not needed any more. */
	void passed() {
		if (this.folder != null) {
			this.folder.close();
		}
	}

	@Override
	public void close() {
		if (this.relay != null) {
			this.relay.close();
		}
		passed();
	}

}
