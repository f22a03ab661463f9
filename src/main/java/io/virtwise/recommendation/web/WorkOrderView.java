package io.virtwise.recommendation.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import io.virtwise.node.Node;
import io.virtwise.recommendation.Assessed;
import io.virtwise.recommendation.WorkOrders;
import io.virtwise.recommendation.internal.StoredAssessment;
import io.virtwise.recommendation.workorder.Outlet;
import io.virtwise.recommendation.workorder.WorkOrder;
import io.virtwise.recommendation.workorder.WorkPlace;
import io.virtwise.recommendation.workorder.WorkStep;
import org.jspecify.annotations.Nullable;

/**
 * A work order as a page shows it.
 *
 * @param nodeId the node, {@code null} for evidence that is not stored
 * @param steps numbered
 * @param counts how many steps, in words
 * @param forms the forms in which it can be had; of a node only the chosen one has a text
 */
record WorkOrderView(@Nullable String nodeId, List<WorkStep> steps, String counts, List<Form> forms) {

	/** Of a node's latest assessment, in the form that was asked for. */
	static WorkOrderView of(WorkOrders orders, Node node, StoredAssessment latest, @Nullable String form) {
		Outlet chosen = Outlet.of(form);
		WorkOrder order = orders.of(WorkPlace.of(node, latest.facts().release()), latest.facts(), latest.assessment());
		return new WorkOrderView(node.id(), order.steps(), counts(order),
				Arrays.stream(Outlet.values()).map((outlet) -> Form.of(outlet, order, outlet == chosen)).toList());
	}

	/**
	 * Of evidence that is not stored; every form is on the page, since it cannot be asked
	 * for again.
	 */
	static WorkOrderView of(WorkOrders orders, Assessed assessed) {
		WorkOrder order = orders.of(WorkPlace.unnamed(assessed.facts().release()), assessed.facts(),
				assessed.assessment());
		return new WorkOrderView(null, order.steps(), counts(order),
				Arrays.stream(Outlet.values()).map((outlet) -> Form.of(outlet, order, true)).toList());
	}

	private static String counts(WorkOrder order) {
		int steps = order.steps().size();
		long manual = steps - order.scripted();
		return ((steps == 1) ? "1 step" : steps + " steps") + ((manual > 0) ? ", " + manual + " for a person" : "");
	}

	/**
	 * One form.
	 *
	 * @param key its name in the HTTP contract
	 * @param words as people read it
	 * @param fileName what to save it as
	 * @param mediaType what it is
	 * @param text the whole, {@code null} where another form is shown
	 */
	record Form(String key, String words, String fileName, String mediaType, @Nullable String text) {

		static Form of(Outlet outlet, WorkOrder order, boolean shown) {
			return new Form(outlet.key(), outlet.words(), outlet.fileName(order), outlet.mediaType(),
					shown ? outlet.write(order) : null);
		}

		/** The file inside an address, so that it can be saved without asking again. */
		public String address() {
			return "data:" + this.mediaType + ";base64,"
					+ Base64.getEncoder().encodeToString(String.valueOf(this.text).getBytes(StandardCharsets.UTF_8));
		}

	}

}
