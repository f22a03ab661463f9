package io.virtwise.recommendation.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.virtwise.access.CurrentUser;
import io.virtwise.node.Node;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.NodeAssessed;
import io.virtwise.recommendation.Waiver;
import io.virtwise.recommendation.Waiver.Ending;
import io.virtwise.recommendation.Waivers;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps waivers and looks after their end. It takes who decides over changes: living with
 * a risk is that kind of decision.
 */
@Service
class StoredWaivers implements Waivers {

	private static final int MAX_REASON = 2000;

	private static final int MAX_OWNER = 200;

	private final WaiverTable table;

	private final AssessmentStore assessments;

	private final Nodes nodes;

	private final CurrentUser currentUser;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private final int longest;

	StoredWaivers(WaiverTable table, AssessmentStore assessments, Nodes nodes, CurrentUser currentUser,
			ApplicationEventPublisher events, Clock clock, @Value("${virtwise.waivers.longest-days:365}") int longest) {
		this.table = table;
		this.assessments = assessments;
		this.nodes = nodes;
		this.currentUser = currentUser;
		this.events = events;
		this.clock = clock;
		this.longest = longest;
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:decide')")
	public Waiver waive(Wish wish) {
		Node node = this.nodes.get(wish.nodeId());
		LocalDate until = checked(wish);
		this.assessments.lock(node.id());
		Finding finding = finding(node, wish);
		Waiver waiver = new Waiver(Ids.next(), node.id(), node.name(), finding.rule(), finding.title(),
				wish.reason().strip(), wish.owner().strip(), until, FindingFacts.of(finding),
				this.currentUser.require().id(), now(), null, null, null);
		this.table.overdue(today())
			.stream()
			.filter((old) -> old.nodeId().equals(node.id()) && old.covers(finding.rule(), finding.title()))
			.forEach((old) -> end(old, Ending.RAN_OUT, null));
		try {
			this.table.insert(waiver);
		}
		catch (DuplicateKeyException ex) {
			throw Refused.conflict("waived-already", "This finding of " + node.name()
					+ " is waived already. Take that waiver back first, then waive it anew.");
		}
		tell("waiver.given", waiver, null, waiver.rule() + " " + waiver.title() + ", until " + until + ", owner "
				+ waiver.owner() + ": " + waiver.reason());
		return waiver;
	}

	@Override
	@Transactional
	@PreAuthorize("hasAuthority('change:decide')")
	public Waiver takeBack(String id) {
		Waiver waiver = found(id);
		if (!end(waiver, Ending.TAKEN_BACK, this.currentUser.require().id())) {
			throw Refused.conflict("waiver-ended", "This waiver has ended already.");
		}
		return found(id);
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('node:read')")
	public Waiver get(String id) {
		return found(id);
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('node:read')")
	public Slice<Waiver> list(Which which, @Nullable String nodeId, SliceRequest request) {
		return this.table.list(which, nodeId, today(), request);
	}

	@Override
	@Transactional(readOnly = true)
	@PreAuthorize("hasAuthority('node:read')")
	public List<Waiver> active(String nodeId) {
		return this.table.open(nodeId).stream().filter((one) -> one.countsOn(today())).toList();
	}

	/** Each end is told once, by whichever portal comes first. */
	@Override
	@Transactional
	@Scheduled(fixedDelayString = "${virtwise.waivers.sweep:5m}", initialDelayString = "${virtwise.waivers.sweep:5m}")
	public void endOverdue() {
		this.table.overdue(today()).forEach((waiver) -> end(waiver, Ending.RAN_OUT, null));
	}

	/**
	 * A finding that comes back on other facts is open again. One that is gone needs
	 * nothing: should it come back on the same facts, the waiver still says why.
	 */
	@EventListener
	@Transactional
	public void on(NodeAssessed event) {
		String nodeId = event.assessment().nodeId();
		List<Waiver> open = this.table.open(nodeId);
		if (open.isEmpty()) {
			return;
		}
		List<Finding> findings = this.assessments.latest(nodeId).orElseThrow().assessment().findings();
		for (Waiver waiver : open) {
			boolean moved = findings.stream()
				.anyMatch((finding) -> waiver.covers(finding.rule(), finding.title())
						&& !FindingFacts.of(finding).equals(waiver.facts()));
			if (moved) {
				end(waiver, Ending.FACTS_CHANGED, null);
			}
		}
	}

	private boolean end(Waiver waiver, Ending ending, @Nullable String personId) {
		boolean ended = this.table.end(waiver.id(), ending, personId, now());
		if (ended) {
			tell((ending == Ending.TAKEN_BACK) ? "waiver.taken-back" : "waiver.ended", waiver,
					waiver.rule() + " " + waiver.title() + ", until " + waiver.until(), ending.words());
		}
		return ended;
	}

	private void tell(String action, Waiver waiver, @Nullable String before, String after) {
		this.events.publishEvent(new AuditableEvent(action, "node", waiver.nodeId(), waiver.nodeName(), before, after));
	}

	private LocalDate checked(Wish wish) {
		List<FieldFault> faults = new ArrayList<>();
		if (wish.rule().isBlank()) {
			faults.add(new FieldFault("rule", "is missing; give the id of the rule whose finding it is"));
		}
		check(faults, "reason", wish.reason(), MAX_REASON, "say why one can live with it");
		check(faults, "owner", wish.owner(), MAX_OWNER, "say who answers for it, a person or a team");
		LocalDate until = wish.until();
		LocalDate latest = today().plusDays(this.longest);
		if (until == null) {
			faults.add(new FieldFault("until", "is missing; give the last day, as " + latest));
		}
		else if (!until.isAfter(today()) || until.isAfter(latest)) {
			faults.add(new FieldFault("until",
					"is " + until + "; give a day after today, " + today() + ", and not after " + latest));
		}
		if (!faults.isEmpty() || until == null) {
			throw Refused.invalid(faults);
		}
		return until;
	}

	private static void check(List<FieldFault> faults, String field, String text, int most, String remedy) {
		if (text.isBlank()) {
			faults.add(new FieldFault(field, "is empty; " + remedy));
		}
		else if (text.strip().length() > most) {
			faults.add(new FieldFault(field, "is longer than " + most + " characters; shorten it"));
		}
	}

	private Finding finding(Node node, Wish wish) {
		StoredAssessment latest = this.assessments.latest(node.id())
			.orElseThrow(() -> Refused.conflict("never-assessed",
					node.name() + " was never assessed, so nothing was found. Probe it, or hand in facts."));
		List<Finding> matching = latest.assessment()
			.findings()
			.stream()
			.filter((finding) -> finding.rule().equals(wish.rule())
					&& (wish.title() == null || wish.title().equals(finding.title())))
			.toList();
		if (matching.isEmpty()) {
			throw Refused.invalid("rule",
					"names no finding of the latest assessment of " + node.name() + "; its findings are of " + String
						.join(", ", latest.assessment().findings().stream().map(Finding::rule).distinct().toList()));
		}
		if (matching.size() > 1) {
			throw Refused.invalid("title", "is missing; " + wish.rule() + " found more than one thing: "
					+ String.join("; ", matching.stream().map(Finding::title).toList()));
		}
		return matching.get(0);
	}

	private Waiver found(String id) {
		return this.table.find(id).orElseThrow(() -> Refused.notFound("waiver", id));
	}

	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

}
