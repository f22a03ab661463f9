package io.virtwise.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.virtwise.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * Port: which CPU each running guest of a node has, and which one guests would get.
 */
public interface CpuProbe {

	/** So many guests are looked at on one node. */
	int MOST = 200;

	/**
	 * Looks at all guests that run now. Where none does, nobody works out what one would
	 * get.
	 * @throws io.virtwise.node.NodeFailure if the node cannot be asked in time
	 */
	Looked look(Node node, Wanted wanted, Duration deadline);

	/**
	 * What guests would be started with.
	 *
	 * @param virtType kvm, qemu or another kind of guest
	 * @param mode none, host-model, host-passthrough or custom, {@code null} where nova
	 * chooses by itself
	 * @param models the named models of custom; guests get the first that has what their
	 * flavor asks for
	 * @param flags features that are added, or taken off where a minus stands before them
	 */
	record Wanted(String virtType, @Nullable String mode, List<String> models, List<String> flags) {

		public Wanted {
			models = List.copyOf(models);
			flags = List.copyOf(flags);
		}

	}

	/**
	 * What was seen.
	 *
	 * @param guests those that were looked at, by name
	 * @param others how many run beyond these
	 * @param given the CPU that a guest would get whose flavor asks for nothing,
	 * {@code null} where no guest runs
	 * @param later what comes instead, in this order, for those that ask for a feature
	 * which that one lacks
	 */
	record Looked(List<Guest> guests, int others, @Nullable Cpu given, List<Cpu> later) {

		public Looked {
			guests = List.copyOf(guests);
			later = List.copyOf(later);
		}

		/** The same where all guests get the same. */
		public Looked(List<Guest> guests, int others, @Nullable Cpu given) {
			this(guests, others, given, List.of());
		}

	}

	/**
	 * A guest.
	 *
	 * @param name as libvirt knows it
	 * @param cpu its CPU
	 */
	record Guest(String name, Cpu cpu) {
	}

	/**
	 * A CPU of a guest as far as libvirt tells of it.
	 *
	 * @param virtType of which kind the guest is
	 * @param label what people call the CPU
	 * @param features the features that it is known to have
	 * @param telling what these are worth
	 * @param why why nothing more is known, or why there can be no such CPU here
	 */
	record Cpu(String virtType, String label, Set<String> features, Telling telling, @Nullable String why) {

		public Cpu {
			features = Set.copyOf(features);
		}

		/** Nothing is known of it. */
		public static Cpu untold(String virtType, String label, String why) {
			return new Cpu(virtType, label, Set.of(), Telling.NOTHING, why);
		}

		/** Guests cannot be given it on this node. */
		public static Cpu impossible(String virtType, String label, String why) {
			return new Cpu(virtType, label, Set.of(), Telling.IMPOSSIBLE, why);
		}

	}

	/**
	 * What is known of a CPU.
	 */
	enum Telling {

		/** All features that count. */
		ALL,
		/** The host's own: these, and others that libvirt does not name. */
		HOST,
		/** Nothing. */
		NOTHING,
		/** That the node has no such CPU for guests. */
		IMPOSSIBLE

	}

}
