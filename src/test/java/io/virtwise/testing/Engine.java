package io.virtwise.testing;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Reads texts and has them judged by the shipped rules, without the rest of the portal.
 * The rules are built once for all tests of a JVM.
 */
public final class Engine {

	private static final ApplicationContext ROOMS = new AnnotationConfigApplicationContext("io.virtwise.facts.internal",
			"io.virtwise.nova", "io.virtwise.rules.internal");

	private Engine() {
	}

	/** What the texts tell of a node. */
	public static NodeFacts read(Evidence evidence) {
		return ROOMS.getBean(FactReader.class).read(evidence);
	}

	/** What the shipped rules say of a node. */
	public static Assessment judge(NodeFacts facts) {
		return ROOMS.getBean(Advisor.class).assess(facts);
	}

	/** What the shipped rules say of a node with these texts. */
	public static Assessment judge(Evidence evidence) {
		return judge(read(evidence));
	}

}
