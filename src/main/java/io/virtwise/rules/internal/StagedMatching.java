package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.internal.network.Firing;
import io.virtwise.rules.language.Conclusion;
import io.virtwise.rules.language.GuestFlag;
import io.virtwise.rules.language.GuestFlags;
import io.virtwise.rules.language.GuestModel;
import io.virtwise.rules.language.ImageFormat;
import io.virtwise.rules.language.Release;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionsPool;
import org.kie.api.runtime.rule.Match;

/**
 * Rules as any Drools builds them from their text: a base for each stage, one fact for
 * each group of facts. Slower than {@link NetworkMatching}, and its judge.
 */
final class StagedMatching implements Matching {

	/**
	 * Far above what any node needs; a rulebase that reaches it goes round in circles.
	 */
	private static final int MAX_FIRINGS = 2_000;

	private static final int POOLED_SESSIONS = 2;

	private final Map<Stage, KieSessionsPool> pools = new EnumMap<>(Stage.class);

	StagedMatching(Map<Stage, KieBase> bases) {
		bases.forEach((stage, base) -> this.pools.put(stage, base.newKieSessionsPool(POOLED_SESSIONS)));
	}

	@Override
	public void match(NodeFacts facts, Fired firing, @Nullable Random order) {
		List<Object> known = facts(facts);
		match(Stage.DIAGNOSE, firing.conclusions(), known, firing, order);
		known.addAll(firing.conclusions().conclusions());
		match(Stage.ADVISE, firing.advice(), known, firing, order);
	}

	private void match(Stage stage, Object sink, List<Object> facts, Fired firing, @Nullable Random order) {
		KieSession session = Objects.requireNonNull(this.pools.get(stage)).newKieSession();
		try {
			session.setGlobal(stage.sink(), sink);
			if (order != null) {
				Collections.shuffle(facts, order);
			}
			facts.forEach(session::insert);
			int firings = session.fireAllRules(
					(match) -> firing.match().accept(match.getRule().getName(), new OfMatch(match, session)),
					MAX_FIRINGS);
			if (firings >= MAX_FIRINGS) {
				throw new IllegalStateException("the rules did not come to an end within " + MAX_FIRINGS + " firings");
			}
		}
		finally {
			session.dispose();
		}
	}

	/** What rules match, one object for each group of facts. */
	static List<Object> facts(NodeFacts facts) {
		List<Object> all = new ArrayList<>(List.of(facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(),
				facts.capabilities(), facts.novaConf(), facts.intent(), Release.of(facts.release())));
		all.addAll(facts.domainCapabilities());
		all.addAll(facts.host().groups());
		all.addAll(facts.options());
		all.addAll(facts.logs().signatures());
		all.addAll(GuestModel.of(facts));
		all.add(GuestFlags.of(facts));
		all.addAll(GuestFlag.of(facts));
		all.addAll(ImageFormat.of(facts));
		all.addAll(facts.group().groups());
		all.addAll(facts.group().models());
		all.addAll(facts.group().moves());
		return all;
	}

	/**
	 * What Drools says of a match.
	 */
	private record OfMatch(Match match, KieSession session) implements Firing.Matched {

		@Override
		public void conclude(Conclusion conclusion) {
			this.session.insert(conclusion);
		}

		@Override
		public Firing.Rests rests() {
			List<Object> facts = List.copyOf(this.match.getObjects());
			return new Told(facts.stream()
				.filter(Conclusion.class::isInstance)
				.map(Conclusion.class::cast)
				.distinct()
				.sorted(Conclusion.BY_TOPIC)
				.toList(), facts);
		}

		@Override
		public boolean binds(String variable) {
			return this.match.getDeclarationIds().contains(variable);
		}

		@Override
		public @Nullable Object value(String variable) {
			return this.match.getDeclarationValue(variable);
		}

	}

	/**
	 * What a match rests on, taken down while its session is open.
	 */
	private record Told(List<Conclusion> conclusions, List<Object> several) implements Firing.Rests {
	}

}
