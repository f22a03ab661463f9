package io.virtwise.recommendation.migration;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.rules.Assessment.RulebaseRevision;
import org.jspecify.annotations.Nullable;

/**
 * The groups that were judged last, by all that a judgement rests on. Nothing has to be
 * taken out when facts or rules change: they make another key, on every replica.
 */
final class JudgedGroups {

	/** Each may hold some hundred kinds of node, so not many. */
	static final int MOST = 24;

	private final Map<Key, GroupJudgement> judged = new LinkedHashMap<>(MOST, 0.75f, true);

	synchronized @Nullable GroupJudgement find(Key key) {
		return this.judged.get(key);
	}

	synchronized void keep(Key key, GroupJudgement judgement) {
		this.judged.put(key, judgement);
		if (this.judged.size() > MOST) {
			this.judged.remove(this.judged.keySet().iterator().next());
		}
	}

	/**
	 * What a judgement rests on.
	 *
	 * @param group what the group is called
	 * @param all how many nodes it has
	 * @param nodes those that are judged, in their order
	 * @param rulebase what judges them
	 */
	record Key(String group, long all, List<Standing> nodes, RulebaseRevision rulebase) {
	}

	/**
	 * A node as it stands.
	 *
	 * @param id the node
	 * @param name what it is called
	 * @param assessedAt when its facts came, {@code null} where there are none
	 * @param snapshot the facts, which never change under their id
	 */
	record Standing(String id, String name, @Nullable Instant assessedAt, @Nullable String snapshot) {
	}

}
