package io.virtwise.change;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.virtwise.shared.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Walks every pair of status and verb. The expected moves are written down here a second
 * time, as the life cycle of the house plan draws them.
 */
class ChangeStatusTests {

	private static final String MOVES = """
			draft                submit        waiting-for-approval
			draft                withdraw      withdrawn
			waiting-for-approval approve       approved
			waiting-for-approval deny          denied
			waiting-for-approval withdraw      withdrawn
			waiting-for-approval expire        expired
			approved             start         running
			approved             withdraw      withdrawn
			approved             expire        expired
			running              pause         paused
			running              stop          running
			running              await-restart restart-pending
			running              prove         in-force
			running              fail          failed
			running              undo          rolled-back
			running              abandon       withdrawn
			paused               resume        running
			paused               stop          running
			restart-pending      prove         in-force
			restart-pending      roll-back     running
			in-force             roll-back     running
			failed               roll-back     running
			failed               rerun         running
			""";

	private static final Map<String, String> EXPECTED = new HashMap<>();

	static {
		MOVES.lines()
			.map((line) -> line.trim().split(" +"))
			.forEach((part) -> EXPECTED.put(part[0] + " " + part[1], part[2]));
	}

	@ParameterizedTest
	@EnumSource
	void allowsExactlyTheMovesOfTheLifeCycle(ChangeStatus status) {
		for (ChangeVerb verb : ChangeVerb.values()) {
			String expected = EXPECTED.get(status.key() + " " + verb.key());
			if (expected != null) {
				assertThat(status.allows(verb)).as("%s %s", status, verb).isTrue();
				assertThat(status.after(verb).key()).as("%s %s", status, verb).isEqualTo(expected);
			}
			else {
				assertThat(status.allows(verb)).as("%s %s", status, verb).isFalse();
				assertThatExceptionOfType(Refused.class).as("%s %s", status, verb)
					.isThrownBy(() -> status.after(verb))
					.withMessageContaining(status.word())
					.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.CONFLICT));
			}
		}
	}

	@Test
	void knowsEveryStatusOfTheContractAndNoOther() {
		assertThat(ChangeStatus.values()).extracting(ChangeStatus::key)
			.containsExactlyInAnyOrder("draft", "waiting-for-approval", "approved", "running", "paused", "in-force",
					"restart-pending", "failed", "rolled-back", "denied", "withdrawn", "expired");
		assertThat(NodeStatus.values()).extracting(NodeStatus::key)
			.containsExactlyInAnyOrder("pending", "writing", "written", "in-force", "restart-pending", "failed",
					"rolled-back", "skipped");
	}

	@Test
	void theDiagramInTheRecordOfDecisionsShowsTheSameMoves() throws IOException {
		Path record;
		try (Stream<Path> records = Files.list(Path.of("docs/adr"))) {
			record = records.filter((path) -> path.getFileName().toString().endsWith("-approval-policy.md"))
				.findFirst()
				.orElseThrow();
		}
		Map<String, String> drawn = new HashMap<>();
		Pattern arrow = Pattern.compile("\\s+(\\w+) --> (\\w+): ([\\w-]+)");
		Files.readAllLines(record)
			.stream()
			.map(arrow::matcher)
			.filter(Matcher::matches)
			.forEach((one) -> drawn.put(one.group(1).replace('_', '-') + " " + one.group(3),
					one.group(2).replace('_', '-')));

		assertThat(drawn).isEqualTo(EXPECTED);
	}

	@Test
	void readsItsOwnNames() {
		for (ChangeStatus status : ChangeStatus.values()) {
			assertThat(ChangeStatus.ofKey(status.key())).contains(status);
		}
		for (NodeStatus status : NodeStatus.values()) {
			assertThat(NodeStatus.ofKey(status.key())).isEqualTo(status);
		}
		assertThat(ChangeStatus.ofKey("done")).isEmpty();
	}

}
