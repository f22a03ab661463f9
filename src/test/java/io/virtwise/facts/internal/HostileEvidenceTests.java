package io.virtwise.facts.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.FactsView;
import io.virtwise.facts.Intent;
import io.virtwise.facts.Known;
import io.virtwise.facts.NodeFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Texts that want to do harm, or that are no text at all: nothing is thrown, nothing else
 * is read, and time stays linear.
 */
class HostileEvidenceTests {

	private static final String BOMB = """
			<!DOCTYPE capabilities [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
			<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
			<capabilities><host><cpu><arch>&d;</arch></cpu></host></capabilities>
			""";

	private final EvidenceReader reader = new EvidenceReader();

	@Test
	void readsNoOtherFile(@TempDir Path folder) throws Exception {
		Path secret = Files.writeString(folder.resolve("secret"), "canary-in-a-file");
		String document = "<!DOCTYPE capabilities [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n"
				+ "<capabilities><host><cpu><arch>&x;</arch></cpu></host></capabilities>";
		NodeFacts facts = read(EvidenceKind.CAPABILITIES, document);
		assertThat(facts.capabilities().hostArch()).isNull();
		assertThat(facts.toString()).doesNotContain("canary");
		assertThat(facts.problems()).isNotEmpty();
		String domain = document.replace("capabilities", "domainCapabilities");
		assertThat(read(EvidenceKind.DOMAIN_CAPABILITIES, domain).toString()).doesNotContain("canary");
	}

	@Test
	void expandsNoEntities() {
		NodeFacts facts = read(EvidenceKind.CAPABILITIES, BOMB);
		assertThat(facts.capabilities().hostArch()).isNull();
		assertThat(facts.toString()).doesNotContain("lollol");
		assertThat(facts.problems()).isNotEmpty();
	}

	@Test
	void aDocumentTypeInsideTheElementIsNoXml() {
		assertThat(read(EvidenceKind.CAPABILITIES, "<capabilities><!DOCTYPE x></capabilities>").problems())
			.isNotEmpty();
	}

	@Test
	void deepNestingIsRefused() {
		NodeFacts facts = read(EvidenceKind.CAPABILITIES, "<capabilities>" + "<a>".repeat(200_000) + "</capabilities>");
		assertThat(facts.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.message()).contains("nested deeper"));
		assertThat(facts.capabilities().kvmForHostArch()).isEqualTo(Known.UNKNOWN);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOSREPORT")
	void aLineOf32MiBTakesNoLongerThanReadingIt(EvidenceKind kind) {
		String line = "flags\t: " + "vm svmx vmxx kvm=: ".repeat(32 * 1024 * 1024 / 19);
		long before = System.nanoTime();
		NodeFacts facts = read(kind, line);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
		assertThat(FactsView.of(facts, facts.platform().firmware()).toString()).hasSizeLessThan(100_000);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOSREPORT")
	void manyShortLinesStayWithinBounds(EvidenceKind kind) {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 100_000; i++) {
			lines.append("kvm").append(i).append(" 1 1 <a> : =\n");
		}
		NodeFacts facts = read(kind, lines.toString());
		assertThat(facts.modules().loaded()).hasSizeLessThanOrEqualTo(20_001);
		assertThat(facts.problems()).hasSizeLessThan(10);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOSREPORT")
	void neverThrowsOnNoise(EvidenceKind kind) {
		Random random = new Random(42);
		for (int round = 0; round < 200; round++) {
			byte[] bytes = new byte[random.nextInt(600)];
			random.nextBytes(bytes);
			String text = new String(bytes, StandardCharsets.UTF_8);
			assertThatCode(() -> FactsView.of(read(kind, text), Known.UNKNOWN)).doesNotThrowAnyException();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOSREPORT")
	void neverThrowsOnPiecesOfRealTexts(EvidenceKind kind) {
		List<String> pieces = List.of("<capabilities", ">", "<domainCapabilities>", "</capabilities>", "<host>",
				"<cpu>", "<guest><arch name='", "'/>", "processor", " 0", ":", "\t", "\n", "\r", "\0", "\uD800",
				"\uFEFF", "flags :", " vmx", "crw-rw----", " 1 root kvm", " /dev/kvm", "Module Size", "[libvirt]",
				"virt_type", "=", "'", "=== begin cpuinfo: x ===", "=== end cpuinfo: ok ===", "| ", "\u001B[",
				"(0660/crw-rw----)", "# file: ", "group::", "platform", "->", "Uid: ( 0/ root)",
				"2014-04-17 14:49:58.757", " 1455 ", "ERROR", "TRACE", " nova.compute.manager ", "[req-", "[-]",
				"[    1.234567]", "Nov  9 09:00:32 host kernel: ", "[Tue Nov  9 09:00:32 2010]", "kvm: ",
				"disabled by bios", "no supported architecture for os type", "hvm", "libvirtError: ",
				"Starting compute node (version ", ")", "://a:", "@", "password=", "99999999999",
				"2014-13-45 99:99:99");
		Random random = new Random(7);
		for (int round = 0; round < 500; round++) {
			StringBuilder text = new StringBuilder();
			Stream.generate(() -> pieces.get(random.nextInt(pieces.size())))
				.limit(random.nextInt(40))
				.forEach(text::append);
			assertThatCode(() -> FactsView.of(read(kind, text.toString()), Known.UNKNOWN)).as(text.toString())
				.doesNotThrowAnyException();
		}
	}

	@Test
	void showsNoTerminalCodesOfAText() {
		NodeFacts facts = read(EvidenceKind.CPUINFO,
				"processor : 0\nvendor_id : \u001B[31mGenuineIntel\u001B[0m\u0007\n");
		assertThat(facts.toString()).doesNotContain("\u001B").doesNotContain("\u0007");
	}

	private NodeFacts read(EvidenceKind kind, String text) {
		return this.reader.read(new Evidence(List.of(new Evidence.Item(kind, text)), null, Intent.UNKNOWN));
	}

}
