package io.virtwise.facts.internal;

import java.util.Arrays;
import java.util.List;

import io.virtwise.Corpus;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.NovaConfFacts;
import io.virtwise.facts.NovaOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is picked from nova's files.
 */
class NovaConfFactsReaderTests {

	/** Written down by reading the files. */
	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|',
			textBlock = """
					ansible-template            | -                                  | -    | -                | -                              | -
					devstack-docker-qemu        | libvirt.LibvirtDriver              | qemu | -                | -                              | -
					director-ipv6               | -                                  | -    | -                | -                              | -
					docker-driver               | novadocker.virt.docker.DockerDriver | -   | -                | -                              | -
					docker-openstack            | -                                  | -    | -                | DEFAULT/enabled_apis           | libvirt_use_virtio_for_bridges
					generated-sample-31.0.0-debian | -                               | -    | -                | -                              | -
					nova-compute-hostpassthrough | libvirt.LibvirtDriver             | kvm  | host-passthrough | -                              | -
					nova-compute-kvm-debian     | libvirt.LibvirtDriver              | kvm  | -                | -                              | -
					nova-compute-qemu-debian    | libvirt.LibvirtDriver              | qemu | -                | -                              | -
					packstack-kvm-hostmodel     | nova.virt.libvirt.LibvirtDriver    | kvm  | host-model       | DEFAULT/notification_driver    | -
					ubuntu-sample-edited        | -                                  | -    | -                | -                              | -
					""")
	void readsRealFiles(String file, String driver, String virtType, String cpuMode, String repeated, String old) {
		NovaConfFacts conf = read(Corpus.text("nova.conf/" + file + ".conf")).fact();
		assertThat(conf).isEqualTo(new NovaConfFacts(true, true, null, null, driver, virtType, cpuMode, null, null,
				List.of(), List.of(), names(old), names(repeated)));
		assertThat(Corpus.files("nova.conf")).hasSize(12);
	}

	@Test
	void readsTheOtherOptionsThatRulesAskFor() {
		List<Evidence.Item> files = List.of(conf("nova.conf", """
				[DEFAULT]
				force_raw_images = yes
				virt_mkfs = default=mkfs.ext4
				virt_mkfs = windows=mkfs.ntfs, fast
				[database]
				connection = mysql://nova:secret@db/nova
				"""), conf("extra.conf", "[DEFAULT]\nforce_raw_images = False\n[libvirt]\nimages_type=rbd\n"));

		Reading<NovaConfSeen> reading = NovaConfFactsReader.readAll(files);

		assertThat(reading.fact().options()).containsExactlyInAnyOrder(
				new NovaOption("DEFAULT/force_raw_images", "False"),
				new NovaOption("DEFAULT/virt_mkfs", "default=mkfs.ext4\nwindows=mkfs.ntfs, fast"),
				new NovaOption("libvirt/images_type", "rbd"));
		assertThat(reading.seen().get("NovaOption.DEFAULT/force_raw_images")).singleElement()
			.satisfies((line) -> assertThat(line.source()).isEqualTo("extra.conf"));
		assertThat(reading.toString()).doesNotContain("secret");
	}

	private static Evidence.Item conf(String source, String text) {
		return new Evidence.Item(EvidenceKind.NOVA_CONF, source, text);
	}

	@Test
	void saysWhereARealFlagFileStopsNova() {
		Reading<NovaConfFacts> reading = read(Corpus.text("nova.conf/flagfile-2011.conf"));
		assertThat(reading.fact().parses()).isFalse();
		assertThat(reading.fact().errorLine()).isEqualTo(2);
		assertThat(reading.fact().error()).isEqualTo("Section must be started before assignment: None");
		assertThat(reading.fact().virtType()).isNull();
	}

	@Test
	void theLastFileThatSetsAnOptionDecides() {
		Reading<NovaConfFacts> reading = NovaConfFactsReader
			.read(List.of(file("/etc/nova/nova.conf", "[libvirt]\nvirt_type = qemu\ncpu_mode = custom\n"),
					file("/etc/nova/nova-compute.conf",
							"[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n[libvirt]\nvirt_type=kvm\n")));
		assertThat(reading.fact().virtType()).isEqualTo("kvm");
		assertThat(reading.fact().cpuMode()).isEqualTo("custom");
		assertThat(reading.fact().repeatedOptions()).isEmpty();
		assertThat(Items.seen(reading, "NovaConfFacts.virtType"))
			.containsExactly(new EvidenceLine("/etc/nova/nova-compute.conf", 4, "virt_type = kvm"));
		assertThat(Items.seen(reading, "NovaConfFacts.cpuMode"))
			.containsExactly(new EvidenceLine("/etc/nova/nova.conf", 3, "cpu_mode = custom"));
	}

	@Test
	void theLastValueInAFileCountsAndTheRepetitionIsKept() {
		Reading<NovaConfFacts> reading = read(
				"[libvirt]\nvirt_type = kvm\npassword = hunter2\npassword = hunter3\nvirt_type: qemu\n");
		assertThat(reading.fact().virtType()).isEqualTo("qemu");
		assertThat(reading.fact().repeatedOptions()).containsExactly("libvirt/password", "libvirt/virt_type");
		assertThat(reading.seen().toString()).doesNotContain("hunter");
	}

	@Test
	void splitsModelsUnderEitherName() {
		NovaConfFacts models = read("[libvirt]\ncpu_models = Nehalem, SandyBridge ,Haswell\n").fact();
		assertThat(models.cpuModels()).containsExactly("Nehalem", "SandyBridge", "Haswell");
		assertThat(models.cpuModelsOption()).isEqualTo("Nehalem, SandyBridge ,Haswell");
		assertThat(models.cpuModel()).isNull();
		NovaConfFacts model = read("[libvirt]\ncpu_model = Nehalem\ncpu_model_extra_flags = pcid, vmx\n").fact();
		assertThat(model.cpuModels()).containsExactly("Nehalem");
		assertThat(model.cpuModel()).isEqualTo("Nehalem");
		assertThat(model.cpuModelExtraFlags()).containsExactly("pcid", "vmx");
	}

	/** Nova looks an empty name up like any other, and refuses it. */
	@ParameterizedTest
	@CsvSource({ "'A,,B', A||B", "',A', |A", "'A,', A", "'A,,', A", "', ,', |", "',', ''", "' , ', ''" })
	void countsAnEmptyModelBeforeAnotherAsNovaDoes(String value, String models) {
		NovaConfFacts facts = read("[libvirt]\ncpu_models = " + value + "\n").fact();
		assertThat(String.join("|", facts.cpuModels())).isEqualTo(models);
		assertThat(facts.cpuModels().isEmpty()).isEqualTo(models.isEmpty());
	}

	@Test
	void anOptionLeftBlankIsSetToNothing() {
		NovaConfFacts conf = read("[libvirt]\ncpu_model =\nvirt_type =\n").fact();
		assertThat(conf.cpuModel()).isEmpty();
		assertThat(conf.virtType()).isEmpty();
		assertThat(conf.cpuModels()).isEmpty();
	}

	@Test
	void findsTheNamesOfIcehouse() {
		Reading<NovaConfFacts> reading = read(
				"[DEFAULT]\nlibvirt_type = qemu\nlibvirt_cpu_mode=none\n[libvirt]\nlibvirt_x = 1\n");
		assertThat(reading.fact().oldNames()).containsExactly("libvirt_type", "libvirt_cpu_mode");
		assertThat(reading.fact().virtType()).isNull();
	}

	@Test
	void anOptionWithoutAFileIsUnset() {
		Reading<NovaConfFacts> reading = read("");
		assertThat(reading.fact().known()).isTrue();
		assertThat(reading.fact().parses()).isTrue();
		assertThat(Items.seen(reading, "NovaConfFacts.computeDriver"))
			.containsExactly(new EvidenceLine("nova.conf", 0, "[DEFAULT] compute_driver is not set"));
		assertThat(NovaConfFactsReader.read(List.of()).fact()).isEqualTo(NovaConfFacts.UNKNOWN);
	}

	@Test
	void saysWhichFileAndLineNovaStumblesOver() {
		Reading<NovaConfFacts> reading = NovaConfFactsReader.read(List.of(file("/etc/nova/nova.conf", "[DEFAULT]\n"),
				file("/etc/nova/b.conf", "[libvirt]\n\nvirt_type\n")));
		assertThat(reading.fact().errorLine()).isEqualTo(3);
		assertThat(reading.fact().error()).isEqualTo("No ':' or '=' found in assignment: 'virt_type'");
		assertThat(reading.fact().fault()).isEqualTo("No ':' or '=' found in assignment");
		assertThat(Items.seen(reading, "NovaConfFacts.error"))
			.containsExactly(new EvidenceLine("/etc/nova/b.conf", 3, "virt_type"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"it's one\t| No ':' or '=' found in assignment: \"it's one\"",
			"[x] # \u00a0y | Invalid section (must end with ]): '[x] # \\xa0y'",
			"x = 1 | Section must be started before assignment: None",
			"[transport_url rabbit://nova:s3cr3t@h/ | Invalid section (must end with ]): '[transport_url rabbit://nova:***@h/'" })
	void printsTheLineAsNovaDoes(String line, String error) {
		assertThat(read(line + "\n").fact().error()).isEqualTo(error);
		assertThat(read(line + "\n").fact().fault()).isEqualTo(error.substring(0, error.indexOf(": ")));
	}

	/** As oslo.config 9.0 with nova 26 reads them. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "$virt_type | kvm", "${virt_type}x | kvmx", "$libvirt.virt_type | kvm",
					"${LIBVIRT.virt_type} | ${LIBVIRT.virt_type}", "a$$b | a$b", "a\\$virt_type | a$virt_type",
					"$$virt_type | $virt_type", "$$$virt_type | $kvm", "x$my_ip | x10.0.0.1",
					"$DEFAULT.my_ip | $DEFAULT.my_ip", "<$cpu_mode> | <custom>", "<$compute_driver> | <>", "$ | $",
					"${ | ${", "$1 | $1", "$mine | $mine", "$VIRT_TYPE | $VIRT_TYPE", "$virt_type. | $virt_type.",
					"${virt_type | ${virt_type" })
	void readsReferencesAsNovaDoes(String value, String read) {
		Reading<NovaConfFacts> reading = read("[DEFAULT]\nmy_ip = 10.0.0.1\nmine = x\n[libvirt]\ncpu_mode = custom\n"
				+ "cpu_models = " + value + "\n");

		assertThat(reading.fact().cpuModels()).containsExactly(read);
	}

	@Test
	void takesForBlanksWhatPythonDoes() {
		assertThat(read("[libvirt]\ncpu_models = \"\u00A0Nehalem\u00A0,\u2007Haswell\u0085\"\n").fact().cpuModels())
			.containsExactly("Nehalem", "Haswell");
	}

	@Test
	void aReferenceToItselfHasAnEnd() {
		assertThat(read("[libvirt]\nvirt_type = a$virt_type\n").fact().virtType()).startsWith("aaa")
			.endsWith("$virt_type");
	}

	/** Two that refer to each other many times would fill the memory of the portal. */
	@Test
	void leavesReferencesThatGrowWithoutEndAsTheyAreWritten() {
		String each = "$host".repeat(20_000);

		assertThat(read(
				"[DEFAULT]\ncompute_driver = $my_ip\nmy_ip = " + each + "\nhost = " + "$my_ip".repeat(20_000) + "\n")
			.fact()
			.computeDriver()).isEqualTo("$my_ip");
		assertThat(read("[DEFAULT]\nmy_ip = " + "x".repeat(200_000) + "\ncompute_driver = $my_ip\n").fact()
			.computeDriver()).isEqualTo("$my_ip");
		assertThat(read("[DEFAULT]\nhost = cmp\ncompute_driver = " + each + "\n").fact().computeDriver())
			.isEqualTo(each);
	}

	@ParameterizedTest
	@CsvSource({ "\uFFFDx, 1", "caf\uFFFD, 1", "a/\uFFFD, 2", "a//x\uFFFD, 3" })
	void saysWhichLineIsNotUtf8(String comment, int line) {
		Reading<NovaConfFacts> reading = read("#" + comment.replace("/", "\n#") + "\n[libvirt]\nvirt_type = kvm\n");

		assertThat(reading.fact().virtType()).isEqualTo("kvm");
		assertThat(reading.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.line()).isEqualTo(line);
			assertThat(problem.message()).contains("not UTF-8").contains("Python 3");
		});
		assertThat(read("# caf\u00e9\n").problems()).isEmpty();
	}

	@Test
	void refusesAFileOfAnAbsurdSize() {
		Reading<NovaConfFacts> reading = read("#\n".repeat(3 * 1024 * 1024));
		assertThat(reading.fact()).isEqualTo(NovaConfFacts.UNKNOWN);
		assertThat(reading.problems()).hasSize(1);
	}

	private static List<String> names(String told) {
		return (told != null) ? Arrays.asList(told.split(" ")) : List.of();
	}

	private static Reading<NovaConfFacts> read(String text) {
		return NovaConfFactsReader.read(List.of(Items.of(EvidenceKind.NOVA_CONF, text)));
	}

	private static Evidence.Item file(String path, String text) {
		return new Evidence.Item(EvidenceKind.NOVA_CONF, path, text);
	}

}
