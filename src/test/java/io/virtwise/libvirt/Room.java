package io.virtwise.libvirt;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.virtwise.node.HostKey;
import io.virtwise.node.Node;
import io.virtwise.node.NodeCredentials;
import io.virtwise.node.NodeNetwork;
import io.virtwise.node.NodeSecret;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The room's parts put together as Spring would, for tests without a context.
 */
final class Room implements AutoCloseable {

	/** Nothing is kept. */
	static final NodeCredentials NO_CREDENTIALS = credentials(Map.of(), List.of());

	final LibvirtProperties properties;

	final LibvirtLibrary library = new LibvirtLibrary();

	final LibvirtEventLoop loop = new LibvirtEventLoop(this.library);

	final NodeSessions sessions;

	final LibvirtNodeFactsReader reader;

	final LibvirtManagedFiles files;

	final List<Object> events = new CopyOnWriteArrayList<>();

	Room(LibvirtProperties properties) {
		this(properties, NO_CREDENTIALS);
	}

	Room(LibvirtProperties properties, NodeCredentials credentials) {
		this.properties = properties;
		this.loop.start();
		this.sessions = new NodeSessions(this.library, properties, new NodeLookup(new NodeNetwork(List.of(), true)),
				new SignInKeys(properties, credentials), this.events::add);
		this.reader = new LibvirtNodeFactsReader(this.library, this.sessions, properties, Clock.systemUTC());
		this.files = new LibvirtManagedFiles(this.sessions, properties, Clock.systemUTC());
	}

	/** These are kept, by id; every node has the host keys. */
	static NodeCredentials credentials(Map<String, NodeSecret> kept, List<HostKey> hostKeys) {
		return new NodeCredentials() {

			@Override
			public Optional<NodeSecret> open(Node node) {
				return Optional.ofNullable(node.credential()).map(kept::get);
			}

			@Override
			public Optional<String> nameOf(Node node) {
				return Optional.ofNullable(node.credential());
			}

			@Override
			public List<HostKey> hostKeys(Node node) {
				return hostKeys;
			}

		};
	}

	/** Plain TCP allowed, a connection lost after two seconds of silence. */
	static Room plain() {
		return new Room(properties(true, null, null));
	}

	static LibvirtProperties properties(boolean tcp, @Nullable Path tls, @Nullable Path ssh) {
		return new LibvirtProperties(tcp, tls, ssh, Duration.ofSeconds(1), 2, 8, 2, Duration.ofSeconds(60),
				DataSize.ofMegabytes(1));
	}

	@Override
	public void close() {
		this.loop.stop();
	}

}
