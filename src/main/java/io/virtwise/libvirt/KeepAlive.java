package io.virtwise.libvirt;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.libvirt.jna.ConnectionPointer;
import org.libvirt.jna.Libvirt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sign of life that libvirt can demand of a node, switched on only once a call hangs.
 * Up to libvirt 10.3 the client library must not send one while a call is under way
 * (CVE-2024-4418): the question wakes the call, which leaves a source behind that points
 * into its stack, and a later call on the same connection jumps there and ends the JVM.
 * So nobody asks while all is well, and a connection on which somebody asked is not
 * called again.
 */
final class KeepAlive {

	private static final Logger log = LoggerFactory.getLogger(KeepAlive.class);

	private final ConnectionPointer pointer;

	private final LibvirtProperties properties;

	private @Nullable Long startedAt;

	private boolean ended;

	KeepAlive(ConnectionPointer pointer, LibvirtProperties properties) {
		this.pointer = pointer;
		this.properties = properties;
	}

	/** Begins to ask; any thread, at any time, more than once does no harm. */
	synchronized void start() {
		if (this.ended || this.startedAt != null) {
			return;
		}
		this.startedAt = System.nanoTime();
		if (Libvirt.INSTANCE.virConnectSetKeepAlive(this.pointer, (int) this.properties.keepAliveInterval().toSeconds(),
				this.properties.keepAliveCount()) < 0) {
			log.warn("A call that hangs cannot be ended by keep-alive: {}",
					LibvirtFault.last("virConnectSetKeepAlive").getMessage());
		}
	}

	/**
	 * Whether the connection may still be called. If not, it has to be left as it is.
	 */
	synchronized boolean callable() {
		if (this.startedAt == null) {
			return true;
		}
		boolean asked = Duration.ofNanos(System.nanoTime() - this.startedAt)
			.compareTo(this.properties.keepAliveInterval()) >= 0;
		if (asked && Libvirt.INSTANCE.virConnectIsAlive(this.pointer) == 1) {
			log.warn("A node answered again after its call was given up; that connection is left open and not used");
			return false;
		}
		return true;
	}

	/** The connection is going: nobody may ask on it from here on. */
	synchronized void end() {
		this.ended = true;
	}

}
