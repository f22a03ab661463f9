package io.virtwise.libvirt;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.HostSections;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Facts of a node by its libvirt daemon.
 */
@Component
final class LibvirtNodeFactsReader implements NodeFactsReader {

	private final LibvirtLibrary library;

	private final NodeSessions sessions;

	private final LibvirtProperties properties;

	private final Clock clock;

	LibvirtNodeFactsReader(LibvirtLibrary library, NodeSessions sessions, LibvirtProperties properties, Clock clock) {
		this.library = library;
		this.sessions = sessions;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public Reachability reachability() {
		return this.library.reachability();
	}

	@Override
	public List<CheckStep> check(Node node, Duration deadline) {
		return new ConnectionCheck(this.library, this.sessions, this.properties, this::directory).of(node,
				Deadline.in(deadline));
	}

	@Override
	public NodeReading read(Node node, Duration deadline) {
		try (NodeSession session = this.sessions.open(node, Deadline.in(deadline))) {
			List<String> notes = new ArrayList<>();
			Evidence evidence = new Evidence(List.of(), node.release(), Intent.UNKNOWN);
			String libvirt = session.call("reading its version", LibvirtConnection::libvirtVersion);
			evidence = evidence.with(EvidenceKind.CAPABILITIES, "virsh capabilities",
					session.call("reading its capabilities", LibvirtConnection::capabilities));
			for (String virtType : new String[] { "kvm", "qemu" }) {
				evidence = withDomainCapabilities(session, evidence, virtType, notes);
			}
			NovaConfReading nova = new NovaConfReading(node, (path) -> directory(session, path)).read();
			nova.missed().forEach((failure) -> note(failure, notes));
			for (Evidence.Item item : nova.items()) {
				evidence = evidence.with(item.kind(), item.source(), item.text());
			}
			LibvirtConnection.Machine machine = session.call("reading its size", LibvirtConnection::machine);
			String hypervisor = optional(session, "reading its hypervisor's version",
					LibvirtConnection::hypervisorVersion, notes);
			String qemu = (hypervisor == null || hypervisor.isEmpty()) ? null : hypervisor;
			List<String> guests = session.call("listing its running guests", LibvirtConnection::runningGuests);
			evidence = evidence.with(EvidenceKind.PROBE, EvidenceKind.PROBE.title(),
					host(libvirt, qemu, machine, guests));
			return new NodeReading(evidence, libvirt, qemu,
					session.call("reading its name", LibvirtConnection::hostname), machine.memoryKib(), machine.cpus(),
					guests, nova.main(), List.copyOf(notes));
		}
	}

	/** The same in the words of virsh and the kernel, for the parsers of facts. */
	private static String host(String libvirt, @Nullable String qemu, LibvirtConnection.Machine machine,
			List<String> guests) {
		String versions = "Running against daemon: " + libvirt + "\n"
				+ ((qemu != null) ? "Running hypervisor: QEMU " + qemu + "\n" : "");
		return new HostSections().add("libvirt-version", "libvirt's daemon", versions)
			.add("guests", "libvirt's list of running guests", String.join("\n", guests))
			.add("memory", "libvirt's node information", "MemTotal: " + machine.memoryKib() + " kB")
			.text();
	}

	private static Evidence withDomainCapabilities(NodeSession session, Evidence evidence, String virtType,
			List<String> notes) {
		String xml = optional(session, "reading what its guests of type " + virtType + " can have",
				(connection) -> connection.domainCapabilities(virtType), notes);
		return (xml == null) ? evidence
				: evidence.with(EvidenceKind.DOMAIN_CAPABILITIES, "virsh domcapabilities --virttype " + virtType, xml);
	}

	/** One directory of a node over a session that somebody else closes. */
	private DirectorySession directory(NodeSession session, DirectoryPath path) {
		DirectorySession files = new DirectorySession(session, path, (int) this.properties.maxFileSize().toBytes(),
				this.clock.instant().getEpochSecond());
		files.open();
		return files;
	}

	private static <T> @Nullable T optional(NodeSession session, String what, NodeSession.Work<T> work,
			List<String> notes) {
		try {
			return session.call(what, work);
		}
		catch (NodeFailure failure) {
			note(failure, notes);
			return null;
		}
	}

	/** A fact that cannot be had is noted; a node that cannot be had is not. */
	private static void note(NodeFailure failure, List<String> notes) {
		if (failure.kind() == Kind.TIMED_OUT || failure.kind() == Kind.CONNECTION_LOST) {
			throw failure;
		}
		notes.add(String.valueOf(failure.getMessage()));
	}

}
