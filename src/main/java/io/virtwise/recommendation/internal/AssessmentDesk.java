package io.virtwise.recommendation.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactReader;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.facts.NodeFactsReader.CheckStep;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.Assessed;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.recommendation.FactSource;
import io.virtwise.recommendation.NodeAssessed;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.recommendation.NodeAssessments;
import io.virtwise.recommendation.OptionComparison;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Verdict;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes assessments of registered nodes and keeps them. Talking to a node happens outside
 * any transaction; merging, judging and storing what came of it is one.
 */
@Service
public class AssessmentDesk implements NodeAssessments {

	private final Nodes nodes;

	private final NodeFactsReader reader;

	private final FactReader facts;

	private final EvidenceAssessor assessor;

	private final AssessmentStore store;

	private final TransactionTemplate transaction;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private final Duration deadline;

	AssessmentDesk(Nodes nodes, NodeFactsReader reader, FactReader facts, EvidenceAssessor assessor,
			AssessmentStore store, TransactionTemplate transaction, ApplicationEventPublisher events, Clock clock,
			@Value("${virtwise.probe.deadline:10s}") Duration deadline) {
		this.nodes = nodes;
		this.reader = reader;
		this.facts = facts;
		this.assessor = assessor;
		this.store = store;
		this.transaction = transaction;
		this.events = events;
		this.clock = clock;
		this.deadline = deadline;
	}

	@Override
	public Optional<NodeAssessment> latest(String nodeId) {
		return this.store.latest(nodeId).map(StoredAssessment::published);
	}

	@Override
	public List<NodeAssessment> history(String nodeId, int limit) {
		return this.store.newest(nodeId, limit).stream().map(StoredAssessment::published).toList();
	}

	@Override
	public Map<Verdict, Long> countsByVerdict() {
		return this.store.countsByVerdict();
	}

	@Override
	@PreAuthorize("hasAuthority('node:write')")
	public NodeAssessment probe(String nodeId) {
		return renew(nodeId);
	}

	@Override
	public NodeAssessment renew(String nodeId) {
		Node node = this.nodes.get(nodeId);
		NodeReading reading;
		try {
			reading = this.reader.read(node, this.deadline);
		}
		catch (NodeFailure ex) {
			this.transaction.executeWithoutResult((status) -> failed(node, ex));
			throw ex;
		}
		return stored(node, FactSource.LIBVIRT, reading.evidence(), reading);
	}

	/**
	 * Stores evidence that somebody handed in, merged with what is held already, and the
	 * assessment of it.
	 * @throws Refused if there is no such node, or nothing was handed in
	 */
	@PreAuthorize("hasAnyAuthority('node:write', 'change:request')")
	public NodeAssessment submit(String nodeId, Evidence evidence) {
		Node node = this.nodes.get(nodeId);
		if (evidence.items().isEmpty() && evidence.release() == null && evidence.intent().equals(Intent.UNKNOWN)
				&& !takesBack(nodeId, evidence.leftOpen())) {
			throw Refused.invalid("cpuinfo",
					"and all other parts are absent; hand in at least one, an empty one if a command printed nothing");
		}
		return stored(node, FactSource.SUBMITTED, evidence, null);
	}

	private boolean takesBack(String nodeId, Set<String> leftOpen) {
		Intent held = this.store.latest(nodeId).map((latest) -> latest.evidence().intent()).orElse(Intent.UNKNOWN);
		return !held.without(leftOpen).equals(held);
	}

	/**
	 * Tries the connection of a node step by step. Nothing is stored.
	 * @throws Refused if there is no such node
	 */
	@PreAuthorize("hasAuthority('node:write')")
	public List<CheckStep> check(String nodeId) {
		return this.reader.check(this.nodes.get(nodeId), this.deadline);
	}

	private NodeAssessment stored(Node node, FactSource source, Evidence newer, @Nullable NodeReading reading) {
		return Objects.requireNonNull(this.transaction.execute((status) -> store(node, source, newer, reading)))
			.published();
	}

	private StoredAssessment store(Node node, FactSource source, Evidence newer, @Nullable NodeReading reading) {
		this.store.lock(node.id());
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS); // what a
																			// database
																			// keeps
		Optional<StoredAssessment> before = this.store.latest(node.id());
		HeldEvidence held = before.map(StoredAssessment::evidence)
			.orElse(HeldEvidence.NONE)
			.with(newer, covered(newer), now, source);
		HostReading host = (reading != null) ? HostReading.of(reading, now)
				: before.map(StoredAssessment::reading).orElse(null);
		Assessed assessed = this.assessor.assess(held.toEvidence(node.release()));
		StoredAssessment stored = new StoredAssessment(Ids.next(), node.id(), Ids.next(), now, source, held,
				held.hash(node.release()), assessed.facts(), host, assessed.assessment(), assessed.counterfactuals());
		this.store.add(stored, differing(assessed.facts(), assessed.assessment()));
		if (source == FactSource.LIBVIRT) {
			this.store.failure(node.id(), null, now);
		}
		this.events
			.publishEvent(new AuditableEvent((source == FactSource.LIBVIRT) ? "node.probed" : "node.facts-submitted",
					"node", node.id(), node.name(), before.map((each) -> summary(each)).orElse(null), summary(stored)));
		this.events.publishEvent(new NodeAssessed(stored.published()));
		return stored;
	}

	/**
	 * The kinds about which the collector's output or a sosreport tells by itself, so
	 * that older texts of them are stale.
	 */
	private Set<EvidenceKind> covered(Evidence newer) {
		Set<EvidenceKind> covered = EnumSet.noneOf(EvidenceKind.class);
		List<Evidence.Item> together = newer.items()
			.stream()
			.filter((item) -> item.kind() == EvidenceKind.COLLECTOR || item.kind() == EvidenceKind.SOSREPORT)
			.toList();
		if (together.isEmpty()) {
			return covered;
		}
		NodeFacts told = this.facts.read(new Evidence(together, null, Intent.UNKNOWN));
		addIf(covered, told.cpuinfo().known(), EvidenceKind.CPUINFO);
		addIf(covered, told.modules().known(), EvidenceKind.MODULES);
		addIf(covered, told.devKvm().present() != Known.UNKNOWN, EvidenceKind.DEV_KVM);
		addIf(covered, told.capabilities().known(), EvidenceKind.CAPABILITIES);
		addIf(covered, !told.domainCapabilities().isEmpty(), EvidenceKind.DOMAIN_CAPABILITIES);
		addIf(covered, told.novaConf().known(), EvidenceKind.NOVA_CONF);
		addIf(covered, told.logs().kernelLog(), EvidenceKind.KERNEL_LOG);
		addIf(covered, told.logs().novaComputeLog(), EvidenceKind.NOVA_COMPUTE_LOG);
		return covered;
	}

	private static void addIf(Set<EvidenceKind> kinds, boolean told, EvidenceKind kind) {
		if (told) {
			kinds.add(kind);
		}
	}

	private void failed(Node node, NodeFailure failure) {
		this.store.lock(node.id());
		this.store.failure(node.id(), failure.getMessage(), this.clock.instant());
		this.events.publishEvent(
				new AuditableEvent("node.probe-failed", "node", node.id(), node.name(), null, failure.getMessage()));
	}

	private static @Nullable Integer differing(NodeFacts facts, Assessment assessment) {
		return facts.novaConf().known()
				? OptionComparison.differing(OptionComparison.of(facts.novaConf(), assessment.recommendation())) : null;
	}

	private static String summary(StoredAssessment stored) {
		return "verdict=" + stored.assessment().verdict().key() + "\nfacts=" + stored.evidenceHash() + "\nrulebase="
				+ stored.assessment().rulebase().revision();
	}

}
