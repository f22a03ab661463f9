package io.virtwise.change.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.ApprovalReport;
import io.virtwise.change.ChangeStatus;
import io.virtwise.ui.FlowStep;
import io.virtwise.ui.FlowStep.When;
import org.jspecify.annotations.Nullable;

/**
 * The way of a change as stations, with where it stands.
 */
final class ChangeFlow {

	private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private ChangeFlow() {
	}

	static List<FlowStep> of(ChangeReport change) {
		ChangeStatus status = ChangeStatus.ofKey(change.status()).orElseThrow();
		int reached = reached(status, change);
		List<FlowStep> steps = new ArrayList<>();
		steps.add(station(0, reached, "Drafted", DAY.format(change.plannedAt()) + ", " + change.plannedBy().name(),
				"grey", "ti-pencil"));
		ApprovalReport approval = change.approval();
		steps.add(station(1, reached, "Waiting for approval", waiting(approval, status), "amber", "ti-hourglass"));
		steps.add(station(2, reached, "Approved", approvers(approval), "blue", "ti-checks"));
		steps.add(station(3, reached, (status == ChangeStatus.PAUSED) ? "Paused" : "Running", null,
				(status == ChangeStatus.PAUSED) ? "amber" : "blue",
				(status == ChangeStatus.PAUSED) ? "ti-player-pause" : "ti-loader-2"));
		FlowStep otherEnd = otherEnd(status, change.statusAt());
		if (otherEnd != null) {
			List<FlowStep> past = new ArrayList<>(steps.subList(0, reached));
			past.add(otherEnd);
			return past;
		}
		steps.add(station(4, reached, "Restart pending", null, "amber", "ti-refresh-alert"));
		steps.add(station(5, reached, "In force",
				(reached < 5) ? "proved by re-reading" : SHORT.format(change.statusAt()), "green", "ti-circle-check"));
		return steps;
	}

	/** How many stations lie behind it, or at which it stands. */
	private static int reached(ChangeStatus status, ChangeReport change) {
		boolean started = change.nodes().stream().anyMatch((node) -> node.since() != null);
		ApprovalReport approval = change.approval();
		return switch (status) {
			case DRAFT -> 0;
			case WAITING_FOR_APPROVAL -> 1;
			case APPROVED -> 2;
			case RUNNING, PAUSED -> 3;
			case RESTART_PENDING -> 4;
			case IN_FORCE -> 5;
			case FAILED, ROLLED_BACK -> 4;
			case DENIED -> 2;
			case WITHDRAWN, EXPIRED -> {
				boolean granted = approval != null && approval.given() >= approval.needed();
				yield started ? 4 : granted ? 3 : (approval != null) ? 2 : 1;
			}
		};
	}

	private static @Nullable FlowStep otherEnd(ChangeStatus status, Instant at) {
		String when = SHORT.format(at);
		return switch (status) {
			case FAILED -> new FlowStep("Failed", when, When.NOW, "red", "ti-circle-x");
			case ROLLED_BACK -> new FlowStep("Rolled back", when, When.NOW, "violet", "ti-arrow-back-up");
			case DENIED -> new FlowStep("Denied", when, When.NOW, "red", "ti-hand-stop");
			case WITHDRAWN -> new FlowStep("Withdrawn", when, When.NOW, "grey", "ti-minus");
			case EXPIRED -> new FlowStep("Expired", when, When.NOW, "grey", "ti-clock-x");
			default -> null;
		};
	}

	private static FlowStep station(int place, int reached, String title, @Nullable String note, String tone,
			String icon) {
		if (place < reached) {
			return new FlowStep(title, note, When.PAST, "green", icon);
		}
		return (place == reached) ? new FlowStep(title, note, When.NOW, tone, icon)
				: new FlowStep(title, note, When.AHEAD, "grey", icon);
	}

	private static @Nullable String waiting(@Nullable ApprovalReport approval, ChangeStatus status) {
		if (approval == null) {
			return null;
		}
		String count = approval.given() + " of " + approval.needed();
		return (status == ChangeStatus.WAITING_FOR_APPROVAL) ? count + ", expires " + DAY.format(approval.expiresAt())
				: count;
	}

	private static @Nullable String approvers(@Nullable ApprovalReport approval) {
		if (approval == null) {
			return null;
		}
		List<String> names = approval.decisions()
			.stream()
			.filter((decision) -> decision.outcome().equals("approved"))
			.map((decision) -> decision.by().name())
			.toList();
		return names.isEmpty() ? null : String.join(", ", names);
	}

}
