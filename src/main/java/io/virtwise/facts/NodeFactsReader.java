package io.virtwise.facts;

import java.time.Duration;
import java.util.List;

import io.virtwise.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * Port: reads facts from a registered node over its libvirt daemon.
 */
public interface NodeFactsReader {

	/**
	 * Whether nodes can be reached from this machine at all.
	 */
	Reachability reachability();

	/**
	 * Tries the connection step by step; a step that fails ends it.
	 * @return the steps done with their outcome, never empty, never throws for a node's
	 * fault
	 */
	List<CheckStep> check(Node node, Duration deadline);

	/**
	 * Reads what libvirt can tell of this node, nova.conf included.
	 * @throws io.virtwise.node.NodeFailure if the node does not answer in time or refuses
	 */
	NodeReading read(Node node, Duration deadline);

	/**
	 * Whether nodes can be reached from this machine.
	 *
	 * @param possible whether libvirt's client library is there
	 * @param version its version, {@code null} if it is not there
	 * @param remedy what to do if it is not
	 */
	record Reachability(boolean possible, @Nullable String version, @Nullable String remedy) {
	}

	/**
	 * One step of a connection check.
	 *
	 * @param name what was tried, as people read it
	 * @param ok whether it worked
	 * @param detail what came of it, and the remedy where it failed
	 * @param millis how long it took
	 */
	record CheckStep(String name, boolean ok, String detail, long millis) {
	}

	/**
	 * What was read of a node.
	 *
	 * @param evidence texts for the parsers: capabilities, domain capabilities, nova.conf
	 * @param libvirtVersion as {@code 9.0.0}
	 * @param hypervisorVersion QEMU's, as {@code 7.2.0}; {@code null} if there is none
	 * @param hostname as the node calls itself
	 * @param memoryKib memory in KiB
	 * @param cpus logical processors
	 * @param runningGuests names of running domains
	 * @param novaConf the bytes of nova.conf, {@code null} if it could not be read
	 * @param notes what could not be read and why
	 */
	@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
	record NodeReading(Evidence evidence, String libvirtVersion, @Nullable String hypervisorVersion, String hostname,
			long memoryKib, int cpus, List<String> runningGuests, byte @Nullable [] novaConf, List<String> notes) {
	}

}
