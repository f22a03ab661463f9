package io.virtwise.nova;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.rules.Assessment;
import io.virtwise.testing.Engine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What nova of each release says to a nova.conf, row by row of the truth tables: each row
 * with all its values, for every release that it speaks about.
 */
class NovaTruthTableTests {

	private static final String CAPABILITIES = """
			<capabilities><host><cpu><arch>%1$s</arch>%2$s</cpu></host>
			<guest><os_type>hvm</os_type><arch name='%1$s'><domain type='qemu'/><domain type='kvm'/></arch></guest>
			</capabilities>""";

	private static final String DOMAIN_CAPABILITIES = """
			<domainCapabilities><path>/usr/bin/qemu-kvm</path><domain>kvm</domain><machine>pc</machine><arch>%s</arch>
			<cpu><mode name='host-passthrough' supported='yes'/><mode name='host-model' supported='yes'/>
			<mode name='custom' supported='yes'>%s</mode></cpu></domainCapabilities>""";

	private static final Map<String, String> HOSTS = Map.of("x86", "x86_64", "power", "ppc64le", "arm", "aarch64",
			"s390", "s390x");

	private static final AtomicInteger FILES = new AtomicInteger();

	@AfterAll
	static void stop() {
		System.out.println("truth tables: " + TruthTable.rows().size() + " rows, " + cells().count()
				+ " rows x releases, " + FILES + " files judged");
	}

	@TestFactory
	Stream<DynamicTest> saysWhatNovaSays() {
		return cells();
	}

	@Test
	void speaksAboutEveryReleaseInEveryTable() {
		for (NovaRelease release : NovaRelease.all()) {
			Set<String> tables = TruthTable.rows()
				.stream()
				.filter((row) -> row.releases().contains(release.series()))
				.map((row) -> row.text("row").split("[. ]", -1)[0])
				.collect(Collectors.toCollection(TreeSet::new));
			assertThat(tables).as(release.series()).contains(release.atLeast(20) ? "b2" : "b1", "b3", "b4");
		}
	}

	private static Stream<DynamicTest> cells() {
		return TruthTable.rows()
			.stream()
			.flatMap((row) -> row.releases()
				.stream()
				.map((release) -> DynamicTest.dynamicTest(row.text("row") + " › " + release,
						() -> check(row, release))));
	}

	private static void check(TruthTable.Row row, String text) {
		NovaRelease release = text.equals("unknown") ? null : NovaRelease.parse(text).orElseThrow();
		List<Map<String, String>> files = row.files(release);
		assertThat(files).isNotEmpty();
		for (Map<String, String> file : files) {
			Assessment assessment = assess(novaConf(file), row.text("host"), release);
			assertThat(said(assessment)).as(file.toString()).isEqualTo(expected(row, file));
			if (!row.text("mode").isEmpty()) {
				assertThat(assessment.conclusions()).as(file.toString())
					.anySatisfy((one) -> assertThat(one.topic() + " " + one.value())
						.isEqualTo("PRESENT_MODE " + row.text("mode")));
			}
			FILES.incrementAndGet();
		}
	}

	private static String said(Assessment assessment) {
		Assessment.NovaVerdict nova = assessment.nova();
		assertThat(nova).isNotNull();
		if (nova.accepted() == null) {
			return "undecided";
		}
		return nova.accepted() ? "accepted" : nova.when() + ": " + nova.message();
	}

	private static String expected(TruthTable.Row row, Map<String, String> file) {
		String result = row.text("result");
		if (result.equals("accepted") || result.equals("undecided")) {
			return result;
		}
		String message = row.text("message");
		for (Map.Entry<String, String> value : file.entrySet()) {
			message = message.replace("{" + value.getKey() + "}", literal(value.getValue()));
		}
		return result + ": " + message;
	}

	private static String literal(String value) {
		return value.equals("blank") ? "" : value;
	}

	private static String novaConf(Map<String, String> file) {
		StringBuilder text = new StringBuilder("[DEFAULT]\n");
		line(text, "compute_driver", file.getOrDefault("compute_driver", "libvirt.LibvirtDriver"));
		text.append("[libvirt]\n");
		for (String option : List.of("virt_type", "cpu_mode", "cpu_model", "cpu_models")) {
			line(text, option, file.getOrDefault(option, "unset"));
		}
		line(text, "cpu_model_extra_flags", file.getOrDefault("flags", "unset"));
		return text.toString();
	}

	private static void line(StringBuilder text, String option, String value) {
		if (!value.equals("unset")) {
			text.append(option).append(" = ").append(literal(value)).append('\n');
		}
	}

	private static Assessment assess(String novaConf, String host, @Nullable NovaRelease release) {
		List<Evidence.Item> items = new ArrayList<>();
		items.add(new Evidence.Item(EvidenceKind.NOVA_CONF, novaConf));
		if (HOSTS.containsKey(host)) {
			boolean x86 = host.equals("x86");
			String arch = HOSTS.get(host);
			items.add(new Evidence.Item(EvidenceKind.CAPABILITIES, CAPABILITIES.formatted(arch,
					x86 ? "<model>Westmere</model><vendor>Intel</vendor><feature name='pcid'/>" : "")));
			items.add(new Evidence.Item(EvidenceKind.DOMAIN_CAPABILITIES, DOMAIN_CAPABILITIES.formatted(arch, x86
					? models("yes", "qemu64", "Nehalem", "Westmere") + models("no", "SandyBridge", "EPYC")
					: host.equals("power") ? models("yes", "POWER8") : models("unknown", "cortex-a57", "max"))));
		}
		String given = (release == null) ? null : (release.version() != null) ? release.version() : release.series();
		return Engine.judge(new Evidence(items, given, Intent.UNKNOWN));
	}

	private static String models(String usable, String... names) {
		return Stream.of(names)
			.map((name) -> "<model usable='" + usable + "'>" + name + "</model>")
			.collect(Collectors.joining());
	}

}
