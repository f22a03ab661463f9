package io.virtwise.recommendation.internal;

import java.time.Instant;
import java.util.Base64;
import java.util.List;

import io.virtwise.facts.NodeFactsReader.NodeReading;
import org.jspecify.annotations.Nullable;

/**
 * What a probe learned of a node besides evidence. Kept with each later snapshot until
 * the next probe.
 *
 * @param readAt when the node was probed
 * @param libvirtVersion the daemon's
 * @param hypervisorVersion QEMU's, {@code null} if there is none
 * @param hostname as the node calls itself
 * @param memoryKib memory in KiB
 * @param cpus logical processors
 * @param runningGuests names of running guests
 * @param novaConf bytes of nova.conf in Base64, {@code null} if it could not be read
 * @param notes what could not be read and why
 */
public record HostReading(Instant readAt, String libvirtVersion, @Nullable String hypervisorVersion, String hostname,
		long memoryKib, int cpus, List<String> runningGuests, @Nullable String novaConf, List<String> notes) {

	public HostReading {
		runningGuests = List.copyOf(runningGuests);
		notes = List.copyOf(notes);
	}

	static HostReading of(NodeReading reading, Instant readAt) {
		byte[] novaConf = reading.novaConf();
		return new HostReading(readAt, reading.libvirtVersion(), reading.hypervisorVersion(), reading.hostname(),
				reading.memoryKib(), reading.cpus(), reading.runningGuests(),
				(novaConf != null) ? Base64.getEncoder().encodeToString(novaConf) : null, reading.notes());
	}

	/** The bytes of nova.conf. */
	byte @Nullable [] novaConfBytes() {
		return (this.novaConf != null) ? Base64.getDecoder().decode(this.novaConf) : null;
	}

}
