package io.virtwise.rollout;

import java.time.Instant;
import java.util.Map;

import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import org.junit.jupiter.api.BeforeEach;

/**
 * The fake keeps the contract of the real one.
 */
class FakeManagedFilesTests extends ManagedFilesContract {

	private final FakeManagedFiles files = new FakeManagedFiles();

	private final Node node = new Node("n1", "one", "192.0.2.1", 16509, Transport.TCP, null, null, null, null, Map.of(),
			Node.DEFAULT_NOVA_CONF, WriteMode.IN_PLACE, 0, Instant.EPOCH);

	@BeforeEach
	void makeDirectory() {
		this.files.directory(this.node, "/etc/nova");
	}

	@Override
	protected ManagedFiles files() {
		return this.files;
	}

	@Override
	protected Node node() {
		return this.node;
	}

	@Override
	protected String directory() {
		return "/etc/nova";
	}

	@Override
	protected void put(String name, byte[] content) {
		this.files.put(this.node, "/etc/nova/" + name, content, "0640", "0", "64060");
	}

	@Override
	protected byte[] bytes(String name) {
		return this.files.bytes(this.node, "/etc/nova/" + name);
	}

	@Override
	protected boolean exists(String name) {
		return this.files.exists(this.node, "/etc/nova/" + name);
	}

	@Override
	protected void link(String name, String target) {
		this.files.link(this.node, "/etc/nova/" + name, target);
	}

	@Override
	protected void subdirectory(String name) {
		this.files.directory(this.node, "/etc/nova/" + name);
	}

}
