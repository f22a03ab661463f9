package io.virtwise.rules.internal.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.virtwise.rules.language.Conclusion;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionsPool;

/**
 * The joins of one run. Most nodes need none, so a session is opened by the first rule
 * that does.
 */
final class Joining implements AutoCloseable {

	/**
	 * Far above what any node needs; a rulebase that reaches it goes round in circles.
	 */
	private static final int MAX_FIRINGS = 2_000;

	private final KieSessionsPool sessions;

	private final Situation situation;

	/** Facts of which there may be several, for joins. */
	private final Supplier<List<?>> facts;

	private final boolean joinsConclusions;

	private final List<Conclusion> concluded = new ArrayList<>();

	private @Nullable KieSession session;

	private int firings;

	Joining(KieSessionsPool sessions, Situation situation, Supplier<List<?>> facts, boolean joinsConclusions) {
		this.sessions = sessions;
		this.situation = situation;
		this.facts = facts;
		this.joinsConclusions = joinsConclusions;
	}

	/** The rule has everything but its joins. */
	void start(int rule) {
		opened().insert(new Start(rule, this.situation));
	}

	void concluded(Conclusion conclusion) {
		if (this.joinsConclusions) {
			this.concluded.add(conclusion);
			if (this.session != null) {
				this.session.insert(conclusion);
			}
		}
	}

	/** Joins and fires what was started. */
	void fire() {
		if (this.session == null) {
			return;
		}
		this.firings += this.session.fireAllRules(MAX_FIRINGS - this.firings);
		if (this.firings >= MAX_FIRINGS) {
			throw new IllegalStateException("the rules did not come to an end within " + MAX_FIRINGS + " firings");
		}
	}

	private KieSession opened() {
		if (this.session == null) {
			KieSession opened = this.sessions.newKieSession();
			this.session = opened;
			this.facts.get().forEach(opened::insert);
			this.concluded.forEach(opened::insert);
		}
		return this.session;
	}

	@Override
	public void close() {
		if (this.session != null) {
			this.session.dispose();
		}
	}

}
