package io.virtwise.change.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.NovaFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Into which file settings go, and why.
 */
class PlacingTests {

	private static final Setting KVM = new Setting("libvirt", "virt_type", "kvm");

	private static final NovaFile COMPUTE = new NovaFile("/etc/nova/nova-compute.conf",
			"[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n");

	@Test
	void takesADropInWhereNothingElseSetsTheOption() {
		Placing placing = placing(WriteMode.AUTO, "pike", "[libvirt]\ncpu_mode = none\n", List.of(COMPUTE), KVM);

		assertThat(placing.fault()).isNull();
		assertThat(placing.placement().dropIn()).isTrue();
		assertThat(placing.placement().olderPath()).isNull();
		assertThat(placing.placement().around()).isNotNull();
		assertThat(placing.missing()).containsExactly(KVM);
	}

	@Test
	void saysWhyItIsInPlace() {
		assertInPlace("ocata", "", List.of(), "Ocata (nova 15) does not read the folder nova.conf.d by itself");
		assertInPlace(null, "", List.of(), "it is not known whether its release reads the folder");
		assertInPlace("zed", "", null, "the other files that nova reads are not known from a probe");
		assertInPlace("zed", "[libvirt]\nvirt_type = qemu\n", List.of(),
				"virt_type stands in /etc/nova/nova.conf, line 2: nova started with --config-file");
		assertInPlace("zed", "", List.of(dropIn("90-virtwise.conf", ""), dropIn("90-virtwise-000000001.conf", "")),
				"there is more than one drop-in of ours");
	}

	private static void assertInPlace(@Nullable String release, String main, @Nullable List<NovaFile> others,
			String why) {
		Placing placing = placing(WriteMode.AUTO, release, main, others, KVM);
		assertThat(placing.fault()).isNull();
		assertThat(placing.placement().dropIn()).isFalse();
		assertThat(placing.placement().reason()).contains(why);
	}

	@Test
	void refusesADropInThatWasAskedForAndWouldNotCount() {
		assertThat(placing(WriteMode.DROP_IN, "mitaka", "", List.of(), KVM).fault())
			.contains("cannot be written by drop-in: Mitaka (nova 13) does not read");
		assertThat(placing(WriteMode.DROP_IN, "zed", "[libvirt]\nvirt_type=qemu\n", List.of(), KVM).fault())
			.contains("virt_type stands in /etc/nova/nova.conf, line 2", "in-place or auto");
		assertThat(placing(WriteMode.DROP_IN, "zed", "[libvirt]\nvirt_type=qemu\n", List.of(),
				new Setting("libvirt", "virt_type", null))
			.fault()).contains("a drop-in cannot take it out");
	}

	@Test
	void leavesOutWhatIsThereAlreadyInEitherOrder() {
		Setting mode = new Setting("libvirt", "cpu_mode", "host-model");
		Placing placing = placing(WriteMode.AUTO, "zed", "[libvirt]\nvirt_type = kvm\n", List.of(), KVM, mode);

		assertThat(placing.placement().dropIn()).isTrue();
		assertThat(placing.missing()).containsExactly(mode);
	}

	@Test
	void knowsTheOlderNameOfAnOption() {
		Setting models = new Setting("libvirt", "cpu_models", "Nehalem");

		assertThat(placing(WriteMode.AUTO, "zed", "[libvirt]\ncpu_model = Nehalem\n", List.of(), models).placement()
			.reason()).contains("cpu_model stands in /etc/nova/nova.conf, line 2");
	}

	@Test
	void takesThePlaceOfOurOlderDropIn() {
		Placing placing = placing(WriteMode.AUTO, "zed", "",
				List.of(COMPUTE, dropIn("90-virtwise-000000001.conf", "[libvirt]\nvirt_type = qemu\n")), KVM);

		assertThat(placing.placement().olderPath()).isEqualTo("/etc/nova/nova.conf.d/90-virtwise-000000001.conf");
	}

	@Test
	void refusesInPlaceWhereAnotherFileMayWin() {
		assertThat(placing(WriteMode.IN_PLACE, "zed", "",
				List.of(dropIn("50-site.conf", "[libvirt]\nvirt_type = qemu\n")), KVM)
			.fault()).contains("would not have its effect", "/etc/nova/nova.conf.d/50-site.conf, line 2");
		assertThat(placing(WriteMode.IN_PLACE, "zed", "",
				List.of(dropIn("50-site.conf", "[libvirt]\nvirt_type = kvm\n")), KVM)
			.fault()).isNull();
	}

	@Test
	void anotherFileChangesTheHashAroundAndOurOwnDoesNot() {
		NovaFile site = dropIn("50-site.conf", "[DEFAULT]\ndebug = true\n");
		NovaFile ours = dropIn("90-virtwise-000000001.conf", "[libvirt]\ncpu_mode = none\n");
		var alone = placing(WriteMode.AUTO, "zed", "", List.of(), KVM).placement().around();

		assertThat(placing(WriteMode.AUTO, "zed", "", List.of(ours), KVM).placement().around()).isEqualTo(alone);
		assertThat(placing(WriteMode.AUTO, "zed", "", List.of(site), KVM).placement().around()).isNotEqualTo(alone);
		assertThat(placing(WriteMode.AUTO, "zed", "#\n", List.of(), KVM).placement().around()).isNotEqualTo(alone);
	}

	private static NovaFile dropIn(String name, String text) {
		return new NovaFile("/etc/nova/nova.conf.d/" + name, text);
	}

	private static Placing placing(WriteMode mode, @Nullable String release, String main,
			@Nullable List<NovaFile> others, Setting... settings) {
		Node node = new Node("n1", "cmp-1", "127.0.0.1", 1, Transport.TLS, null, null, release, null, Map.of(),
				Node.DEFAULT_NOVA_CONF, mode, 0, Instant.EPOCH);
		return new Placing(node, new NovaFiles(node.novaConfPath(), main.getBytes(StandardCharsets.UTF_8), others),
				List.of(settings));
	}

}
