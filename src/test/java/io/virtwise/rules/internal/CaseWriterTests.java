package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.virtwise.facts.NodeFacts;
import io.virtwise.rules.RuleSource;
import io.virtwise.rules.StoredCase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CaseWriter}.
 */
class CaseWriterTests {

	private static final OfflineWorkshop WORKSHOP = new OfflineWorkshop();

	private static final List<RuleSource> SHIPPED = ShippedRules.all();

	/** Whatever the node, what is written can be read and comes out as it says. */
	@Test
	void writesCasesThatComeOutAsTheySay() {
		RandomNodes nodes = new RandomNodes(7);
		int whole = 0;
		for (int at = 0; at < 20; at++) {
			StoredCase made = WORKSHOP.caseOf(SHIPPED, nodes.next());
			List<RuleSource> files = new ArrayList<>(SHIPPED);
			files.removeIf((file) -> file.path().equals(made.file()));
			files.add(new RuleSource(made.file(), made.text()));

			var report = WORKSHOP.cases(files, (one) -> one.name().equals("on a stored node"));

			assertThat(report.problems()).as(made.text()).noneMatch((one) -> one.file().equals(made.file()));
			assertThat(report.results()).as(made.text()).hasSize(1);
			assertThat(report.results().get(0).faults()).as(made.text()).isEmpty();
			whole += made.lost().isEmpty() ? 1 : 0;
		}
		assertThat(whole).as("cases on which every rule comes out as on the node").isGreaterThan(10);
	}

	@Test
	void takesOutWhatNamesASiteOrIsSecret() {
		NodeFacts facts = CaseFacts.of(Map.of(), Map.of("platform", Map.of("family", "X86", "arch", "x86_64"),
				"cpuinfo", Map.of("vendorId", "GenuineIntel", "modelName", "Xeon E5 of db-7.acme.example/secret"),
				"devKvm", Map.of("present", true, "mode", "crw-rw----", "owner", "root", "group", "acme-admins"),
				"qemuUser", Map.of("name", "acme-qemu", "uid", 107), "novaConf",
				Map.of("computeDriver", "acme.Driver", "virtType", "kvm", "error", "password = hunter2"), "options",
				Map.of("libvirt/rbd_user", "acme", "libvirt/images_type", "rbd", "libvirt/live_migration_inbound_addr",
						"10.9.8.7", "DEFAULT/force_raw_images", "True")));

		StoredCase made = WORKSHOP.caseOf(SHIPPED, facts);

		assertThat(made.text()).doesNotContain("acme", "secret", "hunter2", "10.9.8.7")
			.contains("libvirt/images_type: rbd", "DEFAULT/force_raw_images: \"True\"", "libvirt/rbd_user: stripped",
					"vendorId: GenuineIntel", "virtType: kvm", "uid: 107", "owner: root");
	}

	@Test
	void quotesWhatYamlWouldReadOtherwise() {
		assertThat(PlainYaml.entry(Map.of("case", "a: \"b\" \\ c\n#\u0001")))
			.isEqualTo("- case: \"a: \\\"b\\\" \\\\ c\\n#\\x01\"\n");
		assertThat(PlainYaml.entry(Map.of("x", List.of("no", "26", "a b", true, 3))))
			.isEqualTo("- x: [\"no\", \"26\", a b, true, 3]\n");
	}

}
