package io.virtwise.recommendation.web;

import java.util.List;

import io.virtwise.recommendation.web.CauseTree.Branch;
import io.virtwise.rules.Assessment.Cause;
import io.virtwise.rules.Assessment.How;
import io.virtwise.rules.Assessment.Source;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CauseTree}.
 */
class CauseTreeTests {

	@Test
	void saysHowEachPartIsRestedOnDownToWhatWasSeen() {
		List<Branch> tree = CauseTree.of("S19", List.of(
				Cause.of("S19", "top",
						List.of(new Source(How.BECAUSE, "P11"), new Source(How.ALTHOUGH, "S07"),
								new Source(How.UNKNOWN, "nobody looked at lsmod"))),
				Cause.of("P11", "KVM is not usable", List.of(new Source(How.SEEN, "no /dev/kvm"))),
				Cause.of("S07", "nova.conf asks for KVM", List.of(new Source(How.SEEN, "nova.conf, line 60")))));

		assertThat(tree).extracting(Branch::word).containsExactly("because", "although", "unknown");
		assertThat(tree).extracting(Branch::unknown).containsExactly(false, false, true);
		assertThat(tree.get(0)).isEqualTo(new Branch(How.BECAUSE, "KVM is not usable", "P11", false,
				List.of(new Branch(How.SEEN, "no /dev/kvm", null, false, List.of()))));
	}

	@Test
	void unfoldsWhatIsRestedOnTwiceOnlyOnce() {
		List<Branch> tree = CauseTree.of("S19",
				List.of(Cause.of("S19", "top", List.of(new Source(How.BECAUSE, "A"), new Source(How.AND, "B"))),
						Cause.of("A", "a", List.of(new Source(How.BECAUSE, "B"))),
						Cause.of("B", "b", List.of(new Source(How.SEEN, "line 2")))));

		assertThat(tree.get(0).below().get(0).below()).extracting(Branch::text).containsExactly("line 2");
		assertThat(tree.get(1).again()).isTrue();
		assertThat(tree.get(1).below()).isEmpty();
	}

	@Test
	void keepsBothConclusionsOfOneRule() {
		List<Branch> tree = CauseTree.of("S19", List.of(new Cause("S19", "top", List.of("A")),
				new Cause("A", "one", List.of()), new Cause("A", "two", List.of())));

		assertThat(tree).extracting(Branch::text).containsExactly("one", "two");
	}

	@Test
	void readsChainsThatWereStoredWithoutTheirFirstLink() {
		List<Branch> tree = CauseTree.of("S19",
				List.of(new Cause("P11", "KVM is not usable", List.of("P02", "no /dev/kvm")),
						new Cause("P02", "Virtualization is off", List.of("kernel log, line 412"))));

		assertThat(tree).extracting(Branch::text).containsExactly("KVM is not usable");
		assertThat(tree.get(0).below()).extracting(Branch::word).containsExactly("because", "seen");
	}

}
