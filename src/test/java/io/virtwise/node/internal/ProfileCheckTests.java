package io.virtwise.node.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.node.NodeNetwork;
import io.virtwise.node.NodeProfile;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ProfileCheck}.
 */
class ProfileCheckTests {

	private final ProfileCheck check = new ProfileCheck(false, new NodeNetwork(List.of(), true),
			(given) -> Optional.empty());

	@Test
	void fillsInWhatNobodySaid() {
		NodeProfile profile = this.check.check(draft("name", "node17"));

		assertThat(profile.transport()).isEqualTo(Transport.TLS);
		assertThat(profile.port()).isEqualTo(16514);
		assertThat(profile.novaConfPath()).isEqualTo("/etc/nova/nova.conf");
		assertThat(profile.writeMode()).isEqualTo(WriteMode.AUTO);
		assertThat(profile.user()).isNull();
	}

	@Test
	void keepsEverythingThatWasSaid() {
		NodeProfile profile = this.check
			.check(new NodeDraft(" rack 7 ", "Node17.Example.NET", "2222", "ssh", "virtwise", "dc1-key", "mitaka",
					"dc1", Map.of("rack", "r 07"), "/var/lib/config-data/nova/etc/nova/nova.conf", "in-place"));

		assertThat(profile).isEqualTo(new NodeProfile("rack 7", "node17.example.net", 2222, Transport.SSH, "virtwise",
				"dc1-key", "mitaka", "dc1", Map.of("rack", "r 07"), "/var/lib/config-data/nova/etc/nova/nova.conf",
				WriteMode.IN_PLACE));
	}

	@Test
	void namesEveryPartThatIsWrong() {
		NodeDraft draft = new NodeDraft("", "qemu:///system", "0", "telnet", null, "../key", "zebra", "a\nb",
				Map.of("b d", "x"), "nova.conf", "copy");

		assertThat(faults(draft)).extracting(FieldFault::field)
			.containsExactly("name", "host", "transport", "port", "credential", "release", "group", "labels",
					"novaConfPath", "writeMode");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "65536", "-1", "16514x", "1e3", " 22", "99999999999999", "٢٢" })
	void refusesPortsThatAreNone(String port) {
		assertThat(faults(draft("port", port))).extracting(FieldFault::field).containsExactly("port");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-root", "ro ot", "root@x", "a/b", "root;id", "$(id)", "1root", "ro\not" })
	void refusesUsersThatCouldMeanMore(String user) {
		NodeDraft draft = new NodeDraft("n", "h", null, "ssh", user, null, null, null, Map.of(), null, null);

		assertThat(faults(draft)).extracting(FieldFault::field).containsExactly("user");
	}

	@Test
	void refusesUserWithoutSsh() {
		NodeDraft draft = new NodeDraft("n", "h", null, "tls", "root", null, null, null, Map.of(), null, null);

		assertThat(faults(draft))
			.containsExactly(new FieldFault("user", "is only for the ssh transport; leave it empty"));
	}

	@ParameterizedTest
	@CsvSource({ "etc/nova/nova.conf, absolute", "/etc/nova/../shadow, plain", "/etc//nova.conf, plain",
			"/etc/./nova.conf, plain", "/etc/nova/, plain", "/etc/no va/nova.conf, plain",
			"'/etc/nova/<a>.conf', plain", "/nova.conf, root directory", "/proc/1/environ, /proc",
			"/sys/kernel/x, /sys", "/dev/kvm/x, /dev", "/.., plain" })
	void refusesPathsThatAreNotPlain(String path, String why) {
		assertThat(faults(draft("path", path))).singleElement().satisfies((fault) -> {
			assertThat(fault.field()).isEqualTo("novaConfPath");
			assertThat(fault.message()).contains(why);
		});
	}

	@Test
	void takesTcpOnlyWhereItWasSwitchedOn() {
		NodeDraft draft = draft("transport", "tcp");

		assertThat(faults(draft)).singleElement()
			.satisfies((fault) -> assertThat(fault.message()).contains("virtwise.libvirt.allow-tcp=true"));
		assertThat(new ProfileCheck(true, new NodeNetwork(List.of(), true), (given) -> Optional.empty()).check(draft)
			.port()).isEqualTo(16509);
	}

	@Test
	void countsTheNameInCharacters() {
		assertThat(this.check.check(draft("name", "x".repeat(120))).name()).hasSize(120);
		assertThat(faults(draft("name", "x".repeat(121)))).singleElement()
			.satisfies((fault) -> assertThat(fault.message()).contains("121"));
		assertThat(faults(draft("name", "a\u202Eb"))).hasSize(1);
	}

	private List<FieldFault> faults(NodeDraft draft) {
		Refused refused = catchThrowableOfType(Refused.class, () -> this.check.check(draft));
		assertThat(refused.kind()).isEqualTo(Refused.Kind.INVALID);
		return refused.faults();
	}

	private static NodeDraft draft(String part, @Nullable String value) {
		return new NodeDraft(part.equals("name") ? value : "node17", "node17.example.net",
				part.equals("port") ? value : null, part.equals("transport") ? value : null, null, null, null, null,
				Map.of(), part.equals("path") ? value : null, null);
	}

}
