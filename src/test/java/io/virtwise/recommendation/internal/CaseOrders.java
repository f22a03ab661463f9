package io.virtwise.recommendation.internal;

import java.util.List;

import io.virtwise.facts.NodeFacts;
import io.virtwise.nova.NovaConfFragment;
import io.virtwise.recommendation.WorkOrders;
import io.virtwise.recommendation.workorder.WorkOrder;
import io.virtwise.recommendation.workorder.WorkPlace;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.internal.CaseAssessments;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The work orders of all cases beside the shipped rules.
 */
public final class CaseOrders {

	/** Makes orders by the shipped rules, with the product's own parts. */
	public static final WorkOrders ORDERS = orders();

	private static final List<Ordered> ALL = CaseAssessments.all()
		.stream()
		.map((one) -> new Ordered(one.name(),
				of(WorkPlace.unnamed(one.facts().release()), one.facts(), one.assessment())))
		.toList();

	private CaseOrders() {
	}

	/** Every case with its work order. */
	public static List<Ordered> all() {
		return ALL;
	}

	/** The order of these facts. */
	public static WorkOrder of(WorkPlace place, NodeFacts facts, Assessment assessment) {
		return ORDERS.of(place, facts, assessment);
	}

	private static WorkOrders orders() {
		try (AnnotationConfigApplicationContext nova = new AnnotationConfigApplicationContext("io.virtwise.nova")) {
			return new RuledWorkOrders(CaseAssessments.ADVISOR, nova.getBean(NovaConfFragment.class));
		}
	}

	/** A case and its order. */
	public record Ordered(String name, WorkOrder order) {
	}

}
