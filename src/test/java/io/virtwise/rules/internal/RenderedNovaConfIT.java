package io.virtwise.rules.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.virtwise.facts.NodeFacts;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.libvirt.DemoFleet;
import io.virtwise.node.Node;
import io.virtwise.nova.NovaConfEditor;
import io.virtwise.nova.NovaJudge;
import io.virtwise.nova.NovaRelease;
import io.virtwise.rules.Advisor;
import io.virtwise.rules.Assessment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every nova.conf that we render for release 26 is one that nova 26 takes: all its
 * options exist there, and it loads.
 */
class RenderedNovaConfIT {

	private static final NovaRelease ZED = NovaRelease.parse("26.2.2").orElseThrow();

	@TempDir
	private Path folder;

	@BeforeEach
	void judgeIsThere() {
		NovaJudge.assumeInstalled();
	}

	@Test
	void novaTakesWhatWeRenderForEveryCase() throws Exception {
		Map<String, Rendered> rendered = rendered();
		List<Path> files = new ArrayList<>();
		for (Rendered one : rendered.values()) {
			files.add(Files.writeString(this.folder.resolve("rendered-" + files.size() + ".conf"), one.fragment()));
			files.add(Files.writeString(this.folder.resolve("edited-" + files.size() + ".conf"), one.edited()));
		}

		List<JsonNode> validated = validate(files);
		Node node = DemoFleet.shared().node(1);
		try (NovaJudge nova = new NovaJudge(this.folder, "qemu+tcp://" + node.host() + ":" + node.port() + "/system")) {
			int at = 0;
			for (Rendered one : rendered.values()) {
				assertThat(validated.get(at++).get("complaints").valueStream().map(JsonNode::stringValue))
					.as(one.toString())
					.isEmpty();
				assertThat(validated.get(at++).get("complaints").valueStream().map(JsonNode::stringValue))
					.as(one.toString())
					.allMatch(RenderedNovaConfIT::isTheOperatorsOwn);
				assertThat(nova.judge(one.fragment()).path("when").asString("")).as(one.toString())
					.isNotEqualTo("load");
				JsonNode judged = nova.judge(one.edited());
				// a case's processor is not that of this machine, so its model may be
				// beyond it
				assertThat(judged.path("message").asString("Configured CPU model: none")).as(one + "\n" + judged)
					.startsWith("Configured CPU model: ");
			}
		}
		System.out.println("rendered for nova 26: " + RuleCase.shipped().size() + " cases, " + rendered.size()
				+ " different pairs of fragment and edited file, all valid and loaded");
		assertThat(rendered).hasSizeGreaterThan(8);
	}

	/** What was in the file before, and what nova still reads. */
	private static boolean isTheOperatorsOwn(String complaint) {
		return complaint.equals("Deprecated opt libvirt/cpu_model found");
	}

	@Test
	void theValidatorDoesComplain() throws Exception {
		Path wrong = Files.writeString(this.folder.resolve("wrong.conf"), "[libvirt]\ncpu_mods = none\n");
		Path old = Files.writeString(this.folder.resolve("old.conf"), "[libvirt]\ncpu_model = Nehalem\n");

		assertThat(validate(List.of(wrong, old))).extracting((one) -> one.get("status").intValue())
			.containsExactly(1, 1);
	}

	/** What is rendered for the cases, each different pair once. */
	private static Map<String, Rendered> rendered() {
		Map<String, Rendered> rendered = new TreeMap<>();
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext("io.virtwise.nova",
				"io.virtwise.rules.internal")) {
			Advisor advisor = context.getBean(Advisor.class);
			NovaConfEditor editor = context.getBean(NovaConfEditor.class);
			for (RuleCase one : RuleCase.shipped()) {
				NovaRelease own = one.facts().release();
				boolean zed = own != null && own.major() == ZED.major();
				NodeFacts facts = zed ? one.facts() : with(one.facts(), ZED);
				Assessment assessment = advisor.assess(facts);
				if (assessment.recommendation().virtType() == null) {
					continue; // nothing is said about what a node should have of which
								// that is unknown
				}
				byte[] edited = editor.apply(present(facts.novaConf()).getBytes(StandardCharsets.UTF_8),
						assessment.recommendation()
							.settings()
							.stream()
							.map(Assessment.RecommendedSetting::setting)
							.toList());
				Rendered pair = new Rendered(one.file() + " " + one, assessment.novaConf(),
						new String(edited, StandardCharsets.UTF_8));
				rendered.putIfAbsent(pair.fragment() + pair.edited(), pair);
			}
		}
		return rendered;
	}

	/** A nova.conf with these facts. */
	private static String present(NovaConfFacts facts) {
		StringBuilder text = new StringBuilder("[DEFAULT]\n");
		line(text, "compute_driver", facts.computeDriver());
		text.append("[libvirt]\n");
		line(text, "virt_type", facts.virtType());
		line(text, "cpu_mode", facts.cpuMode());
		line(text, "cpu_model", facts.cpuModel());
		line(text, "cpu_models", facts.cpuModelsOption());
		return text.toString();
	}

	private static void line(StringBuilder text, String option, @Nullable String value) {
		if (value != null) {
			text.append(option).append(" = ").append(value).append('\n');
		}
	}

	private static NodeFacts with(NodeFacts facts, @Nullable NovaRelease release) {
		return new NodeFacts(facts.platform(), facts.cpuinfo(), facts.modules(), facts.devKvm(), facts.capabilities(),
				facts.domainCapabilities(), facts.novaConf(), release, facts.intent(), facts.seen(), facts.problems(),
				facts.host(), facts.options(), facts.logs());
	}

	private List<JsonNode> validate(List<Path> files) throws IOException, InterruptedException {
		Path script = NovaJudge.script(this.folder, "validate.py");
		Path listing = Files.write(this.folder.resolve("listing"), files.stream().map(Path::toString).toList());
		Path answers = this.folder.resolve("answers");
		Path log = this.folder.resolve("validate.log");
		Process python = new ProcessBuilder("/usr/bin/python3", "-W", "ignore", script.toString(), listing.toString())
			.redirectOutput(answers.toFile())
			.redirectError(log.toFile())
			.start();
		assertThat(python.waitFor(5, TimeUnit.MINUTES)).isTrue();
		assertThat(python.exitValue()).as(() -> log + " tells more").isZero();
		JsonMapper json = JsonMapper.builder().build();
		List<JsonNode> validated = Files.readAllLines(answers, StandardCharsets.UTF_8)
			.stream()
			.map(json::readTree)
			.toList();
		assertThat(validated).hasSameSizeAs(files);
		return validated;
	}

	/**
	 * What comes out for a case.
	 *
	 * @param rendered the case
	 * @param fragment the lines to add
	 * @param edited the node's nova.conf with all settings in force
	 */
	private record Rendered(String rendered, String fragment, String edited) {
	}

}
