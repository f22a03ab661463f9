package io.virtwise.authoring.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import io.virtwise.authoring.ImpactChange;
import io.virtwise.recommendation.FactSnapshots;
import io.virtwise.recommendation.FactSnapshots.Head;
import io.virtwise.recommendation.FactSnapshots.Held;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.RulebaseComparison;
import io.virtwise.rules.RulebaseComparison.Sides;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the fleet: page by page, so that the heap stays small however many nodes
 * there are, each page by two threads while the next one is read, and facts that are
 * equal judged once.
 */
final class FleetReplay {

	private static final int PAGE = 1000;

	/** How many snapshots a thread reads at once. */
	private static final int PART = 250;

	/** No difference. */
	private static final int NONE = 0;

	private final FactSnapshots snapshots;

	private final RulebaseComparison rules;

	private final Told told;

	/** Facts that were judged, or are being judged. */
	private final Set<String> taken = new HashSet<>();

	/** Number of the change for facts that have one. */
	private final Map<String, Integer> judged = new HashMap<>();

	private final Map<ImpactChange, Integer> numbers = new HashMap<>();

	private final Map<Integer, String> hashes = new HashMap<>();

	private final MessageDigest fleet = sha256();

	private final MessageDigest result = sha256();

	private long done;

	private long changed;

	FleetReplay(FactSnapshots snapshots, RulebaseComparison rules, Told told) {
		this.snapshots = snapshots;
		this.rules = rules;
		this.told = told;
	}

	/** Goes to the end, or until it is told to stop; says whether it came to the end. */
	boolean run(ExecutorService workers) throws InterruptedException {
		Page page = begin(null, workers);
		while (!page.heads().isEmpty()) {
			Page next = begin(page.heads().get(page.heads().size() - 1).nodeId(), workers);
			finish(page);
			if (!this.told.goesOn(this.done, this.taken.size() - next.unknown(), this.changed)) {
				next.parts().forEach((part) -> part.cancel(true));
				return false;
			}
			page = next;
		}
		return true;
	}

	/** Hash over all nodes and their facts. */
	String fleetHash() {
		return HexFormat.of().formatHex(this.fleet.digest());
	}

	/** Hash over which node gets which other result. */
	String resultHash() {
		return HexFormat.of().formatHex(this.result.digest());
	}

	/** The hash over a fleet, without judging anything. */
	static String fleetHash(FactSnapshots snapshots) {
		MessageDigest hash = sha256();
		for (List<Head> page = snapshots.page(null, 10 * PAGE); !page.isEmpty();) {
			page.forEach((head) -> add(hash, head.nodeId(), head.factsKey()));
			page = snapshots.page(page.get(page.size() - 1).nodeId(), 10 * PAGE);
		}
		return HexFormat.of().formatHex(hash.digest());
	}

	/** Reads a page and has its facts judged. */
	private Page begin(@Nullable String after, ExecutorService workers) {
		List<Head> heads = this.snapshots.page(after, PAGE);
		List<Head> unknown = heads.stream().filter((head) -> this.taken.add(head.factsKey())).toList();
		List<Future<Map<String, ImpactChange>>> parts = new ArrayList<>();
		for (int from = 0; from < unknown.size(); from += PART) {
			List<Head> part = unknown.subList(from, Math.min(from + PART, unknown.size()));
			parts.add(workers.submit(() -> judge(part)));
		}
		return new Page(heads, unknown.size(), parts);
	}

	/** The changes of facts that come out otherwise. */
	private Map<String, ImpactChange> judge(List<Head> part) {
		Map<String, String> keys = new HashMap<>();
		part.forEach((head) -> keys.put(head.snapshotId(), head.factsKey()));
		Map<String, ImpactChange> changes = new LinkedHashMap<>();
		for (Held held : this.snapshots.facts(keys.keySet())) {
			ImpactChange change = this.rules.of(held.bare()).map(FleetReplay::difference).orElse(null);
			if (change != null) {
				changes.put(keys.getOrDefault(held.snapshotId(), ""), change);
			}
		}
		return changes;
	}

	/** What people act on is the same with and without its reasons. */
	private static @Nullable ImpactChange difference(Sides sides) {
		Assessment next = sides.after();
		return (next != null) ? AssessmentDifference.between(sides.before(), next)
				: AssessmentDifference.failed(sides.before(), sides.failure());
	}

	private void finish(Page page) throws InterruptedException {
		Map<Integer, ImpactChange> fresh = new LinkedHashMap<>();
		for (Future<Map<String, ImpactChange>> part : page.parts()) {
			try {
				part.get().forEach((key, change) -> this.judged.put(key, number(change, fresh)));
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException("a part of the fleet could not be judged", ex.getCause());
			}
		}
		if (!fresh.isEmpty()) {
			this.told.changes(fresh);
		}
		keep(page.heads());
	}

	private int number(ImpactChange change, Map<Integer, ImpactChange> fresh) {
		Integer known = this.numbers.get(change);
		if (known == null) {
			known = this.numbers.size() + 1;
			this.numbers.put(change, known);
			this.hashes.put(known, ContentHash.of(this.told.text(change)).sha256());
			fresh.put(known, change);
		}
		return known;
	}

	private void keep(List<Head> page) {
		List<Head> nodes = new ArrayList<>();
		List<Integer> changes = new ArrayList<>();
		for (Head head : page) {
			add(this.fleet, head.nodeId(), head.factsKey());
			int number = this.judged.getOrDefault(head.factsKey(), NONE);
			if (number != NONE) {
				nodes.add(head);
				changes.add(number);
				add(this.result, head.nodeId(), this.hashes.getOrDefault(number, ""));
			}
		}
		this.told.nodes(nodes, changes);
		this.done += page.size();
		this.changed += nodes.size();
	}

	private static void add(MessageDigest hash, String one, String other) {
		hash.update((one + " " + other + "\n").getBytes(StandardCharsets.UTF_8));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	/**
	 * A page of the fleet that is being judged.
	 *
	 * @param heads its nodes
	 * @param unknown how many facts in it were not known before
	 * @param parts what comes of these
	 */
	private record Page(List<Head> heads, int unknown, List<Future<Map<String, ImpactChange>>> parts) {
	}

	/**
	 * Who keeps what the walk finds. Called from the walking thread only.
	 */
	interface Told {

		/** The same change gives the same text. */
		String text(ImpactChange change);

		/** Changes that were not seen before, by their numbers. */
		void changes(Map<Integer, ImpactChange> changes);

		/** Nodes with the numbers of their changes. */
		void nodes(List<Head> nodes, List<Integer> changes);

		/** How far it is; says whether to go on. */
		boolean goesOn(long done, long judged, long changed);

	}

}
