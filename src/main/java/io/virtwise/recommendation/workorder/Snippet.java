package io.virtwise.recommendation.workorder;

/**
 * Writes the settings of a work order as a small file that nova reads beside nova.conf.
 */
final class Snippet {

	private Snippet() {
	}

	static String of(WorkOrder order) {
		StringBuilder text = new StringBuilder("# Made by Virtwise with rulebase revision ")
			.append(order.rulebase().revision())
			.append(". Reasons stand with the assessment of ")
			.append(order.nodeWords())
			.append(".\n");
		order.toTakeOut()
			.forEach((setting) -> text.append("# Such a file cannot take an option out: take ")
				.append(setting.option())
				.append(" out of the section [")
				.append(setting.section())
				.append("] of ")
				.append(order.place().novaConf())
				.append(" by hand.\n"));
		if (order.place().release() == null) {
			text.append(
					"# Releases before Pike (nova 16) do not read such a file. This node's release is not known.\n");
		}
		else if (!order.place().release().readsDropIns()) {
			text.append("# ")
				.append(order.place().release().displayName())
				.append(" does not read such a file: put these lines into nova.conf itself.\n");
		}
		return text.append(order.text()).toString();
	}

}
