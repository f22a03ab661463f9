package io.virtwise.libvirt;

import java.time.Clock;
import java.time.Duration;

import io.virtwise.node.Node;
import io.virtwise.rollout.ManagedFiles;
import org.springframework.stereotype.Component;

/**
 * Files on a node by libvirt's storage pools.
 */
@Component
final class LibvirtManagedFiles implements ManagedFiles {

	private final NodeSessions sessions;

	private final LibvirtProperties properties;

	private final Clock clock;

	LibvirtManagedFiles(NodeSessions sessions, LibvirtProperties properties, Clock clock) {
		this.sessions = sessions;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public void makeDirectory(Node node, String directory, Duration deadline) {
		DirectoryPath path = DirectoryPath.of(node, directory);
		try (NodeSession session = this.sessions.open(node, Deadline.in(deadline))) {
			session.call("making its directory " + path.text(),
					(connection) -> DirectoryPool.make(connection, path, this.clock.instant().getEpochSecond()));
		}
	}

	@Override
	public DirectorySession open(Node node, String directory, Duration deadline) {
		DirectoryPath path = DirectoryPath.of(node, directory);
		NodeSession session = this.sessions.open(node, Deadline.in(deadline));
		DirectorySession files = new DirectorySession(session, path, (int) this.properties.maxFileSize().toBytes(),
				this.clock.instant().getEpochSecond());
		try {
			files.open();
			return files;
		}
		catch (RuntimeException ex) {
			files.close();
			throw ex;
		}
	}

}
