package io.virtwise.authoring.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import io.virtwise.authoring.ImpactChange;
import io.virtwise.facts.NodeFacts;
import io.virtwise.recommendation.FactSnapshots;
import io.virtwise.recommendation.FactSnapshots.Head;
import io.virtwise.recommendation.FactSnapshots.Held;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.CompiledRulebase;
import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the fleet: page by page, so that the heap stays small however many nodes
 * there are, each page by two threads, and facts that are equal judged once.
 */
final class FleetReplay {

	private static final int PAGE = 1000;

	private static final int THREADS = 2;

	/** No difference. */
	private static final int NONE = 0;

	private final FactSnapshots snapshots;

	private final CompiledRulebase before;

	private final CompiledRulebase after;

	private final Told told;

	/** Number of the change for facts that were judged. */
	private final Map<String, Integer> judged = new HashMap<>();

	private final Map<String, Integer> numbers = new HashMap<>();

	private final Map<Integer, String> hashes = new HashMap<>();

	private final MessageDigest fleet = sha256();

	private final MessageDigest result = sha256();

	private long done;

	private long changed;

	FleetReplay(FactSnapshots snapshots, CompiledRulebase before, CompiledRulebase after, Told told) {
		this.snapshots = snapshots;
		this.before = before;
		this.after = after;
		this.told = told;
	}

	/** Goes to the end, or until it is told to stop; says whether it came to the end. */
	boolean run(ExecutorService workers) throws InterruptedException {
		String last = null;
		while (true) {
			List<Head> page = this.snapshots.page(last, PAGE);
			if (page.isEmpty()) {
				return true;
			}
			judge(page, workers);
			keep(page);
			last = page.get(page.size() - 1).nodeId();
			if (!this.told.goesOn(this.done, this.judged.size(), this.changed)) {
				return false;
			}
		}
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

	private void judge(List<Head> page, ExecutorService workers) throws InterruptedException {
		Map<String, String> unknown = new LinkedHashMap<>();
		for (Head head : page) {
			if (!this.judged.containsKey(head.factsKey())) {
				unknown.putIfAbsent(head.factsKey(), head.snapshotId());
			}
		}
		List<Map.Entry<String, String>> all = List.copyOf(unknown.entrySet());
		List<Future<Map<String, Change>>> parts = new ArrayList<>();
		int share = (all.size() + THREADS - 1) / THREADS;
		for (int from = 0; from < all.size(); from += share) {
			List<Map.Entry<String, String>> part = all.subList(from, Math.min(from + share, all.size()));
			parts.add(workers.submit(() -> judge(part)));
		}
		for (Future<Map<String, Change>> part : parts) {
			try {
				part.get().forEach((key, change) -> this.judged.put(key, number(change.is())));
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException("a part of the fleet could not be judged", ex.getCause());
			}
		}
	}

	private Map<String, Change> judge(List<Map.Entry<String, String>> part) {
		Map<String, String> keys = new HashMap<>();
		part.forEach((entry) -> keys.put(entry.getValue(), entry.getKey()));
		Map<String, Change> changes = new HashMap<>();
		for (Held held : this.snapshots.facts(keys.keySet())) {
			changes.put(keys.getOrDefault(held.snapshotId(), ""), new Change(difference(held.facts())));
		}
		return changes;
	}

	/** What people act on is the same with and without its reasons. */
	private @Nullable ImpactChange difference(NodeFacts facts) {
		Assessment present = this.before.judge(facts);
		Assessment next;
		try {
			next = this.after.judge(facts);
		}
		catch (RuntimeException ex) {
			return AssessmentDifference.failed(present, ex);
		}
		return AssessmentDifference.between(present, next);
	}

	private int number(@Nullable ImpactChange change) {
		if (change == null) {
			return NONE;
		}
		String text = this.told.text(change);
		Integer known = this.numbers.get(text);
		if (known == null) {
			known = this.numbers.size() + 1;
			this.numbers.put(text, known);
			this.hashes.put(known, ContentHash.of(text).sha256());
			this.told.change(known, change);
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
	 * A difference, or none.
	 */
	private record Change(@Nullable ImpactChange is) {
	}

	/**
	 * Who keeps what the walk finds. Called from the walking thread only.
	 */
	interface Told {

		/** The same change gives the same text. */
		String text(ImpactChange change);

		/** A change that was not seen before. */
		void change(int number, ImpactChange change);

		/** Nodes with the numbers of their changes. */
		void nodes(List<Head> nodes, List<Integer> changes);

		/** How far it is; says whether to go on. */
		boolean goesOn(long done, long judged, long changed);

	}

}
