package io.virtwise.rules.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.virtwise.rules.RuleProblem;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.RuleWorkshop;
import io.virtwise.rules.RulebaseAtStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code bin/rules} says and how it ends.
 */
class RulesTests {

	static final String RULE = """
			rule "V901 The processor can"
			@id(V901) @doc("test 1") @severity(INFO)
			when
			    CpuInfo(vmx == Known.YES)
			then
			    conclude.that(Topic.HARDWARE, Answer.YES, "It can.");
			end
			""";

	@TempDir
	private Path folder;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@Test
	void saysPlaceAndRemedyOfAMistake() throws IOException {
		write("a.drl", RULE.replace("vmx", "vmxx"));

		assertThat(run("check", this.folder.toString())).isEqualTo(Rules.STATUS_BASE + 1);
		assertThat(said()).contains("a.drl:4:13: error: CpuInfo has no field vmxx", "Write vmx instead.",
				"1 files, 1 error, 0 warnings");
	}

	@Test
	void endsWellWhereCasesComeOutAsExpected() throws IOException {
		write("a.drl", RULE);
		write("base-nodes.yaml", "intel: { cpuinfo: { vmx: true } }\nnothing: {}\n");
		write("a.cases.yaml", """
				- { rule: V901, case: it can, base: intel, fires: [V901] }
				- { rule: V901, case: nobody knows, base: nothing, silent: [V901] }
				""");

		assertThat(run("test", this.folder.toString())).isEqualTo(Rules.STATUS_BASE);
		assertThat(said()).contains("2 cases, 0 failed");
	}

	@Test
	void saysWhichCaseFailed() throws IOException {
		write("a.drl", RULE);
		write("base-nodes.yaml", "nothing: {}\n");
		write("a.cases.yaml", "# one case\n- { rule: V901, case: it can, base: nothing, fires: [V901] }\n");

		assertThat(run("test", this.folder.toString())).isEqualTo(Rules.STATUS_BASE + 1);
		assertThat(said()).contains("a.cases.yaml:2: failed: V901 › it can: V901 did not fire",
				"V901 has no case in which it stays silent", "1 case, 1 failed");
	}

	@Test
	void runsNoCaseOfRulesWithErrors() throws IOException {
		write("a.drl", RULE.replace("Known", "Knows"));

		assertThat(run("test", this.folder.toString())).isEqualTo(Rules.STATUS_BASE + 1);
		assertThat(said()).contains("No case was run: 1 error");
	}

	/**
	 * What the portal shows is a problem with these parts, and a case with these faults.
	 */
	@Test
	void saysWordForWordWhatThePortalSays() throws IOException {
		List<RuleSource> wrong = List.of(new RuleSource("a.drl", RULE.replace("vmx", "vmxx").replace("INFO", "INFOS")),
				new RuleSource("b.drl", RULE.replace("Known.YES", "\"yes\"") + "import java.io.File;\n"),
				new RuleSource("c.cases.yaml", "- rule: V901\n  case: x\n  base: nobody\n"),
				new RuleSource("d.drl", "rule \"V902 Open"));
		List<RuleSource> red = List.of(new RuleSource("a.drl", RULE),
				new RuleSource("base-nodes.yaml", "nothing: {}\n"), new RuleSource("a.cases.yaml",
						"- { rule: V901, case: it can, base: nothing, fires: [V901], verdict: blocked }\n"));
		try (AnnotationConfigApplicationContext portal = new AnnotationConfigApplicationContext()) {
			portal.registerBean(Clock.class, Clock::systemUTC);
			portal.registerBean(RulebaseAtStart.class, () -> () -> Optional.of(new RulebaseAtStart.Revision(7, red)));
			portal.scan("io.virtwise.nova", "io.virtwise.rules");
			portal.refresh();
			RuleWorkshop workshop = portal.getBean(RuleWorkshop.class);

			List<String> checked = lines("check", wrong);
			List<String> tested = lines("test", red);

			List<RuleProblem> problems = workshop.check(wrong);
			assertThat(problems).hasSizeGreaterThan(4);
			assertThat(checked).startsWith(problems.stream().map(RuleProblem::toString).toArray(String[]::new));
			assertThat(problems).allSatisfy((one) -> assertThat(checked)
				.anySatisfy((line) -> assertThat(line).startsWith(one.file() + ":" + one.line() + ":")
					.contains(one.severity().key() + ": " + one.message())));
			assertThat(workshop.cases(red).results()).singleElement()
				.satisfies((one) -> assertThat(one.faults()).hasSizeGreaterThan(1)
					.allSatisfy(
							(fault) -> assertThat(tested).contains("a.cases.yaml:1: failed: V901 › it can: " + fault)));
		}
	}

	private List<String> lines(String what, List<RuleSource> files) throws IOException {
		Path own = Files.createDirectory(this.folder.resolve(what));
		for (RuleSource file : files) {
			Files.writeString(own.resolve(file.path()), file.text());
		}
		this.out.reset();
		assertThat(run(what, own.toString())).isEqualTo(Rules.STATUS_BASE + 1);
		return said().lines().toList();
	}

	@Test
	void saysWhatItNeeds() throws IOException {
		assertThat(run("check")).isEqualTo(64);
		assertThat(run("what", this.folder.toString())).isEqualTo(64);
		assertThat(run("check", this.folder.toString())).isEqualTo(65);
		assertThat(run("check", this.folder.resolve("nowhere").toString())).isEqualTo(65);
		Files.write(this.folder.resolve("a.drl"), new byte[] { (byte) 0xC3, (byte) 0x28 });
		assertThat(run("check", this.folder.toString())).isEqualTo(65);
		assertThat(said()).contains("not in UTF-8");
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.folder.resolve(name), text);
	}

	private int run(String... args) {
		PrintStream stream = new PrintStream(this.out, true, StandardCharsets.UTF_8);
		return Rules.run(args, stream, stream);
	}

	private String said() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

}
