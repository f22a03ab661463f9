package io.virtwise.recommendation.web;

import java.util.List;

import io.virtwise.recommendation.web.CauseTree.Branch;
import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.Document;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.rules.Severity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CauseTree}.
 */
class CauseTreeTests {

	@Test
	void hangsEvidenceUnderTheRuleThatRestsOnIt() {
		List<Branch> tree = CauseTree.of(finding(new Cause("P11", "KVM is not usable", List.of("P02", "no /dev/kvm")),
				new Cause("P02", "Virtualization is off", List.of("kernel log, line 412"))));

		assertThat(tree).containsExactly(new Branch("KVM is not usable", "P11",
				List.of(new Branch("Virtualization is off", "P02",
						List.of(new Branch("kernel log, line 412", null, List.of()))),
						new Branch("no /dev/kvm", null, List.of()))));
	}

	@Test
	void startsBelowTheFindingsOwnRule() {
		List<Branch> tree = CauseTree.of(finding(new Cause("S19", "kvm_intel is not loaded", List.of("S17", "lsmod")),
				new Cause("S17", "Intel", List.of("line 2"))));

		assertThat(tree).extracting(Branch::text).containsExactly("Intel", "lsmod");
	}

	@Test
	void endsWhereRulesRestOnEachOther() {
		List<Branch> tree = CauseTree.of(finding(new Cause("S19", "top", List.of("A")),
				new Cause("A", "a", List.of("B")), new Cause("B", "b", List.of("A"))));

		assertThat(tree).containsExactly(new Branch("a", "A", List.of(new Branch("b", "B", List.of()))));
	}

	@Test
	void keepsBothConclusionsOfOneRule() {
		List<Branch> tree = CauseTree.of(finding(new Cause("S19", "top", List.of("A")),
				new Cause("A", "one", List.of()), new Cause("A", "two", List.of())));

		assertThat(tree).extracting(Branch::text).containsExactly("one", "two");
	}

	private static Finding finding(Cause... chain) {
		return new Finding("S19", Severity.BLOCK, false, "t", "r", List.of(), List.of(), List.of(),
				new Document("d", "s"), List.of(chain));
	}

}
