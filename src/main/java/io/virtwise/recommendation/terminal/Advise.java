package io.virtwise.recommendation.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceParts;
import io.virtwise.facts.FactReader;
import io.virtwise.recommendation.Assessed;
import io.virtwise.recommendation.AssessmentView;
import io.virtwise.recommendation.Counterfactuals;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.recommendation.ReleaseRanges;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Verdict;
import io.virtwise.shared.Refused;

/**
 * Reads the collector's output from standard input and prints what the rulebase says of
 * it. Wires the readers and the rules only: no web, no storage. Not a component, so that
 * the portal does not find it.
 * <p>
 * Its exit status is {@value #STATUS_BASE} and the verdict's own number on top, which
 * {@code bin/advise} takes off again: so a JVM that could not even start, which ends with
 * 1, is no verdict.
 */
@ComponentScan(basePackages = { "io.virtwise.facts", "io.virtwise.nova", "io.virtwise.rules",
		"io.virtwise.recommendation.internal" }, lazyInit = true)
public class Advise {

	static final int STATUS_BASE = 40;

	private static final int USAGE = 64;

	private static final int BAD_INPUT = 65;

	public static void main(String[] args) throws IOException {
		PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
		PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
		int status = run(args, out, err);
		out.flush();
		System.exit(status);
	}

	private static int run(String[] args, PrintStream out, PrintStream err) throws IOException {
		AdviseArguments arguments;
		try {
			arguments = AdviseArguments.parse(List.of(args));
		}
		catch (IllegalArgumentException ex) {
			err.println("advise: " + ex.getMessage());
			return USAGE;
		}
		byte[] input = System.in.readNBytes(EvidenceParts.MAX_BYTES + 1);
		String text = new String(input, StandardCharsets.UTF_8);
		if (!text.contains("=== virtwise collector ")) {
			err.println("advise: this is no output of the collector. On the node: sh collect.sh > facts.txt");
			return BAD_INPUT;
		}
		Evidence evidence;
		try {
			evidence = evidence(text, arguments.parts());
		}
		catch (Refused ex) {
			err.println("advise: " + ex.getMessage());
			ex.faults().forEach((fault) -> err.println("  " + fault.field() + " " + fault.message()));
			return USAGE;
		}
		try (ConfigurableApplicationContext engine = engine()) {
			Assessed assessed = new EvidenceAssessor(engine.getBean(FactReader.class), engine.getBean(Advisor.class),
					engine.getBean(Counterfactuals.class), engine.getBean(ReleaseRanges.class))
				.assess(evidence);
			out.print(arguments.json() ? json(assessed.view()) : new AssessmentText(arguments.colours())
				.of(assessed.facts(), assessed.assessment(), assessed.counterfactuals()));
			return STATUS_BASE + number(assessed.assessment().verdict());
		}
	}

	/**
	 * By the same door as a request to the HTTP API, so that both understand the same.
	 */
	private static Evidence evidence(String text, Map<String, String> parts) {
		ObjectNode body = JsonMapper.shared().createObjectNode();
		body.put(EvidenceKind.COLLECTOR.part(), text);
		parts.forEach(body::put);
		return EvidenceParts.ofJson(body);
	}

	private static ConfigurableApplicationContext engine() {
		return new SpringApplicationBuilder(Advise.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.lazyInitialization(true)
			.registerShutdownHook(false)
			.run("--logging.level.root=off", "--logging.level.io.virtwise=off");
	}

	private static String json(AssessmentView view) {
		return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(view) + "\n";
	}

	private static int number(Verdict verdict) {
		return switch (verdict) {
			case READY -> 0;
			case ACTION_REQUIRED -> 1;
			case BLOCKED -> 2;
			case UNDETERMINED -> 3;
		};
	}

}
