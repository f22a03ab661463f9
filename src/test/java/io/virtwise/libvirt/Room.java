package io.virtwise.libvirt;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.virtwise.node.NodeNetwork;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The room's parts put together as Spring would, for tests without a context.
 */
final class Room implements AutoCloseable {

	final LibvirtProperties properties;

	final LibvirtLibrary library = new LibvirtLibrary();

	final LibvirtEventLoop loop = new LibvirtEventLoop(this.library);

	final NodeSessions sessions;

	final LibvirtNodeFactsReader reader;

	final LibvirtManagedFiles files;

	Room(LibvirtProperties properties) {
		this.properties = properties;
		this.loop.start();
		this.sessions = new NodeSessions(this.library, properties, new NodeLookup(new NodeNetwork(List.of(), true)));
		this.reader = new LibvirtNodeFactsReader(this.library, this.sessions, properties, Clock.systemUTC());
		this.files = new LibvirtManagedFiles(this.sessions, properties, Clock.systemUTC());
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
