package io.virtwise.nova;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.virtwise.nova.NovaConf.Assignment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What oslo.config reads, line by line.
 */
class NovaConfTests {

	private static final String SOURCE = "/etc/nova/nova.conf";

	@Test
	void tellsValueAndLinesOfEachAssignment() {
		NovaConf conf = parse("# ours\n[libvirt]\nvirt_type = kvm\ncpu_models = Haswell,\n    Broadwell\n\tIcelake\n");

		assertThat(conf.fault()).isEmpty();
		assertThat(conf.assignments()).containsExactly(new Assignment(SOURCE, "libvirt", "virt_type", "kvm", 3, 3),
				new Assignment(SOURCE, "libvirt", "cpu_models", "Haswell,\nBroadwell\nIcelake", 4, 6));
		assertThat(conf.line(5)).isEqualTo("    Broadwell");
	}

	@Test
	void takesTheLastOfRepeatedOptionsAlsoAcrossRepeatedSections() {
		NovaConf conf = parse("[libvirt]\nvirt_type = kvm\n[DEFAULT]\ndebug = 1\n[libvirt]\nvirt_type: qemu\n");

		assertThat(conf.values("libvirt", "virt_type")).extracting(Assignment::value).containsExactly("kvm", "qemu");
		assertThat(conf.effective("libvirt", "virt_type")).map(Assignment::line).contains(6);
		assertThat(conf.effective("libvirt", "cpu_mode")).isEmpty();
	}

	@Test
	void matchesSectionsInAnyCaseButNotDefaultAndNotOptions() {
		NovaConf conf = parse("[LibVirt]\nvirt_type = kvm\nCPU_MODE = none\n[default]\ncompute_driver = x\n");

		assertThat(conf.effective("libvirt", "virt_type")).map(Assignment::value).contains("kvm");
		assertThat(conf.effective("libvirt", "cpu_mode")).isEmpty();
		assertThat(conf.effective("DEFAULT", "compute_driver")).isEmpty();
		assertThat(conf.sections()).containsOnlyKeys("LibVirt", "default");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "[a]~foo - bar| 2 | No ':' or '=' found in assignment | `'foo - bar'`",
					"[a]~: bar | 2 | Key cannot be empty | `': bar'`",
					"[a]~   baz| 2 | Unexpected continuation line | `'   baz'`",
					"[a]~b=1~~  c | 4 | Unexpected continuation line | `'  c'`",
					"[a]~b=1~# c~ d | 4 | Unexpected continuation line | `' d'`",
					"[section | 1 | Invalid section (must end with ]) | `'[section'`",
					"[libvirt] # x~ | 1 | Invalid section (must end with ]) | `'[libvirt] # x'`",
					"[] | 1 | Empty section name | `'[]'`",
					"[a]~it's | 2 | No ':' or '=' found in assignment | `\"it's\"`",
					"foo = bar | 1 | Section must be started before assignment | None",
					"foo = bar~~[a] | 2 | Section must be started before assignment | None",
					"foo = bar~ more~oops | 3 | Section must be started before assignment | None" })
	void complainsAsOsloConfigDoes(String text, int line, String message, String printed) {
		NovaConf conf = parse(text.replace('~', '\n'));

		assertThat(conf.fault()).hasValueSatisfying((fault) -> {
			assertThat(fault.line()).isEqualTo(line);
			assertThat(fault.message()).isEqualTo(message);
			assertThat(fault.sentence()).isEqualTo("Failed to parse /etc/nova/nova.conf: at /etc/nova/nova.conf:" + line
					+ ", " + message + ": " + printed);
		});
		assertThat(conf.assignments()).isEmpty();
		assertThat(conf.sections()).isEmpty();
	}

	@Test
	void findsAByteOrderMarkFatal() {
		assertThat(parse("\uFEFF[libvirt]\nvirt_type = kvm\n").fault())
			.hasValueSatisfying((fault) -> assertThat(fault.sentence())
				.endsWith(":1, No ':' or '=' found in assignment: '\\ufeff[libvirt]'"));
	}

	@Test
	void stripsWhatPythonCallsABlank() {
		NovaConf conf = parse("[libvirt]\n\u00A0virt_type\u2003=\u3000kvm\u0085\u001C\ncpu_mode = \u200Bnone\n");

		assertThat(conf.sections().get("libvirt"))
			.isEqualTo(Map.of("virt_type", List.of("kvm"), "cpu_mode", List.of("\u200Bnone")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "`\"kvm\"` | kvm", "'kvm' | kvm", "`'kvm\"` | `'kvm\"`", "`\"` | ``", "`\"\"kvm\"\"` | `\"kvm\"`",
					"`' a '` | ` a `", "kvm # or qemu | kvm # or qemu", "a=b:c | a=b:c" })
	void takesOffOnePairOfQuotesAndNothingElse(String written, String read) {
		assertThat(parse("[a]\nb = " + written + "\n").effective("a", "b")).map(Assignment::value).contains(read);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "url: http://h=1 | url | http://h=1",
			"url = http://h:5/v3 | url | http://h:5/v3", "--libvirt_type=kvm | --libvirt_type | kvm" })
	void splitsAtTheFirstOfTheTwoSigns(String line, String option, String value) {
		assertThat(parse("[a]\n" + line).effective("a", option)).map(Assignment::value).contains(value);
	}

	@Test
	void endsLinesAtCarriageReturnsAndNewlinesOfAnyKind() {
		NovaConf conf = parse("[a]\r\nb = 1\rc = 2\n\r\nd = 3");

		assertThat(conf.assignments()).extracting(Assignment::option, Assignment::line)
			.containsExactly(org.assertj.core.groups.Tuple.tuple("b", 2), org.assertj.core.groups.Tuple.tuple("c", 3),
					org.assertj.core.groups.Tuple.tuple("d", 5));
	}

	@Test
	void keepsBytesThatAreNotUtf8AndSaysWhere() {
		byte[] bytes = "[a]\n# caf\u00E9\nb = \u00FF\u00FE\u00F0\u0090\n".getBytes(StandardCharsets.ISO_8859_1);
		NovaConf conf = NovaConf.parse(bytes, SOURCE);

		assertThat(conf.firstLineNotUtf8()).contains(2);
		assertThat(conf.effective("a", "b")).map(Assignment::value).contains("\uDCFF\uDCFE\uDCF0\uDC90");
		assertThat(PythonText.encode(PythonText.decode(bytes))).isEqualTo(bytes);
		assertThat(parse("[a]\nb = \u00E9\uD83D\uDE00\n").firstLineNotUtf8()).isEmpty();
	}

	@Test
	void readsNothingFromNothing() {
		assertThat(parse("").fault()).isEmpty();
		assertThat(parse("").assignments()).isEmpty();
		assertThat(parse("\n \t\n# only\n").sections()).isEmpty();
	}

	@Test
	void letsTheLastFileWinAndInItTheNewerName() {
		NovaConf main = parse("[libvirt]\nvirt_type = kvm\ncpu_models = Haswell\n");
		NovaConf second = NovaConf.parse("[libvirt]\nvirt_type = qemu\ncpu_model = Broadwell\n", "nova-compute.conf");
		NovaConfFiles files = new NovaConfFiles(List.of(main, second));

		assertThat(files.effective("libvirt", "virt_type")).map(Assignment::source).contains("nova-compute.conf");
		assertThat(files.effective("libvirt", "cpu_models", "cpu_model")).map(Assignment::value).contains("Broadwell");
		assertThat(files.effective("libvirt", "cpu_models")).map(Assignment::value).contains("Haswell");
		assertThat(files.values("libvirt", "virt_type")).extracting(Assignment::value).containsExactly("kvm", "qemu");
		assertThat(files.fault()).isEmpty();
	}

	@Test
	void stopsAtTheFirstFileWithAFault() {
		NovaConfFiles files = new NovaConfFiles(
				List.of(parse("[a]\n"), NovaConf.parse("x\n", "second"), NovaConf.parse("[\n", "third")));

		assertThat(files.fault()).map(NovaConf.Fault::source).contains("second");
	}

	private static NovaConf parse(String text) {
		return NovaConf.parse(text, SOURCE);
	}

}
