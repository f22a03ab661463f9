package io.virtwise.authoring.internal;

import java.time.Duration;
import java.util.Objects;
import java.util.List;

import io.virtwise.rules.RuleSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link RuleOutline}.
 */
class RuleOutlineTests {

	private static final String TWO = """
			// about

			rule "S1 one"
			@id(S1) @doc("a b")
			when
			then
			end

			rule "S2 two" @id( "S2" )
			when
			then
			end
			""";

	@Test
	void tellsRulesApart() {
		var rules = RuleOutline.of("a.drl", TWO);

		assertThat(rules).containsOnlyKeys("S1", "S2");
		assertThat(Objects.requireNonNull(rules.get("S2")).line()).isEqualTo(9);
		assertThat(Objects.requireNonNull(rules.get("S1")).text()).startsWith("rule \"S1 one\"").endsWith("end\n");
	}

	@Test
	void readsHalfOfATextToo() {
		assertThat(RuleOutline.of("a.drl", "rule \"S9 begun\"\nwhen\nrule \"S8 next\"\nwhen")).containsOnlyKeys("S9",
				"S8");
		assertThat(RuleOutline.of("a.drl", "")).isEmpty();
		assertThat(RuleOutline.of("a.drl", "end\nend\nrule")).isEmpty();
	}

	@Test
	void saysWhichRulesReadOtherwise() {
		var before = RuleOutline.of("a.drl", TWO);

		assertThat(RuleOutline.differing(before, RuleOutline.of("a.drl", "// other\n" + TWO))).isEmpty();
		assertThat(RuleOutline.differing(before, RuleOutline.of("a.drl", TWO.replace("a b", "a c"))))
			.containsExactly("S1");
		assertThat(RuleOutline.differing(before, RuleOutline.of("a.drl", TWO.replace("S2", "S3"))))
			.containsExactly("S2", "S3");
	}

	@Test
	void keepsASecondRuleOfAnIdApart() {
		assertThat(RuleOutline.of(List.of(new RuleSource("a.drl", TWO), new RuleSource("b.drl", TWO))))
			.containsOnlyKeys("S1", "S1#2", "S2", "S2#2");
	}

	@Test
	void comesToAnEndOnHostileTexts() {
		assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
			RuleOutline.of("a.drl", "rule ".repeat(50_000));
			RuleOutline.of("a.drl", "@id( ".repeat(50_000));
			RuleOutline.of("a.drl", "rule \"x\"\n".repeat(20_000));
			RuleOutline.of("a.drl", " ".repeat(250_000));
		});
	}

}
