package io.virtwise.libvirt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.CpuProbe;
import org.springframework.stereotype.Component;

/**
 * CPUs of running guests by their libvirt daemon.
 */
@Component
final class LibvirtCpuProbe implements CpuProbe {

	/** No guest's description comes near this. */
	private static final int MOST_CHARACTERS = 1024 * 1024;

	private final NodeSessions sessions;

	LibvirtCpuProbe(NodeSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public Looked look(Node node, Wanted wanted, Duration deadline) {
		try (NodeSession session = this.sessions.open(node, Deadline.in(deadline))) {
			int[] ids = session.call("listing its running guests", LibvirtConnection::guestIds);
			GuestCpus cpus = new GuestCpus(session);
			List<Guest> guests = new ArrayList<>();
			for (int id : Arrays.copyOf(ids, Math.min(ids.length, MOST))) {
				guest(session, cpus, id).ifPresent(guests::add);
			}
			guests.sort(Comparator.comparing(Guest::name));
			int others = Math.max(0, ids.length - MOST);
			if (ids.length == 0) {
				return new Looked(guests, others, null);
			}
			List<Cpu> given = cpus.given(wanted);
			return new Looked(guests, others, given.get(0), given.subList(1, given.size()));
		}
	}

	/** Empty if it ended in between. */
	private static Optional<Guest> guest(NodeSession session, GuestCpus cpus, int id) {
		Optional<String> runs = session.call("reading the CPU of a guest", (connection) -> connection.guest(id, false));
		Optional<String> asked = session.call("reading the CPU of a guest", (connection) -> connection.guest(id, true));
		return runs.flatMap((running) -> asked.map((wanted) -> guest(cpus, "number " + id, running, wanted)));
	}

	private static Guest guest(GuestCpus cpus, String number, String runs, String asked) {
		if (runs.length() > MOST_CHARACTERS || asked.length() > MOST_CHARACTERS) {
			return new Guest(number, Cpu.untold("", "", "libvirt's description of it is too long"));
		}
		try {
			GuestXml guest = GuestXml.of(runs);
			return new Guest(guest.name(), cpus.of(guest, GuestXml.of(asked).cpu()));
		}
		catch (IllegalStateException ex) {
			return new Guest(number, Cpu.untold("", "", "libvirt's description of it is not understood"));
		}
	}

	/** Whether a node that fails like this may still answer the next question. */
	static boolean goesOn(NodeFailure failure) {
		return failure.kind() != NodeFailure.Kind.TIMED_OUT && failure.kind() != NodeFailure.Kind.CONNECTION_LOST;
	}

}
