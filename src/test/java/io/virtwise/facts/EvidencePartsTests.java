package io.virtwise.facts;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

import io.virtwise.facts.internal.sosreport.Reports;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockPart;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Evidence as it comes over HTTP.
 */
class EvidencePartsTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/assessments");

	@Test
	void whatIsAbsentWasNotLookedAtAndWhatIsEmptyWas() {
		part("cpuinfo", null, "processor : 0\n");
		part("modules", "-", "");
		Evidence evidence = EvidenceParts.ofMultipart(this.request);
		assertThat(evidence.of(EvidenceKind.CPUINFO)).extracting(Evidence.Item::text)
			.containsExactly("processor : 0\n");
		assertThat(evidence.of(EvidenceKind.MODULES)).extracting(Evidence.Item::text).containsExactly("");
		assertThat(evidence.of(EvidenceKind.DEV_KVM)).isEmpty();
		assertThat(evidence.release()).isNull();
		assertThat(evidence.intent()).isEqualTo(Intent.UNKNOWN);
	}

	@Test
	void filesOfNovaKeepTheirOrderAndTheirNames() {
		part("nova-conf", "/tmp/upload/nova.conf", "a");
		part("nova-conf", "nova-compute.conf", "b");
		part("nova-conf", "-", "c");
		part("domain-capabilities", "kvm.xml", "d");
		part("domain-capabilities", "qemu.xml", "e");
		Evidence evidence = EvidenceParts.ofMultipart(this.request);
		assertThat(evidence.of(EvidenceKind.NOVA_CONF)).extracting(Evidence.Item::source)
			.containsExactly("nova.conf", "nova-compute.conf", "nova.conf (file 3)");
		assertThat(evidence.of(EvidenceKind.NOVA_CONF)).extracting(Evidence.Item::text).containsExactly("a", "b", "c");
		assertThat(evidence.of(EvidenceKind.DOMAIN_CAPABILITIES)).hasSize(2);
	}

	@Test
	void readsReleaseAndIntent() {
		part("release", null, " mitaka\n");
		part("intent.environment", null, "lab");
		part("intent.live-migration", null, "true");
		part("intent.nested", null, "false");
		part("intent.accept-emulation", null, "");
		part("intent.image-formats", null, "qcow2, RAW");
		Evidence evidence = EvidenceParts.ofMultipart(this.request);
		assertThat(evidence.release()).isEqualTo("mitaka");
		assertThat(evidence.intent()).isEqualTo(new Intent(Intent.Environment.LAB, Known.YES, Known.NO, Known.UNKNOWN,
				Set.of("qcow2", "raw"), Known.UNKNOWN));
	}

	@Test
	void jsonHasTheSameNames() {
		Evidence evidence = json("""
				{"cpuinfo": "flags : vmx", "modules": "", "capabilities": null, "nova-conf": ["a", "b"], "release": 13,
				 "intent.nested": true, "intent.environment": "production"}""");
		assertThat(evidence.of(EvidenceKind.NOVA_CONF)).extracting(Evidence.Item::text).containsExactly("a", "b");
		assertThat(evidence.of(EvidenceKind.MODULES)).hasSize(1);
		assertThat(evidence.of(EvidenceKind.CAPABILITIES)).isEmpty();
		assertThat(evidence.release()).isEqualTo("13");
		assertThat(evidence.intent().nested()).isEqualTo(Known.YES);
		assertThat(evidence.intent().environment()).isEqualTo(Intent.Environment.PRODUCTION);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"cpu-info\": \"x\"} | cpu-info | no part that is known",
					"{\"intent.environment\": \"Production\"} | intent.environment | production or lab",
					"{\"intent.nested\": \"maybe\"} | intent.nested | true or false",
					"{\"intent.image-formats\": \"raw;qcow2\"} | intent.image-formats | with commas",
					"{\"cpuinfo\": {\"a\": 1}} | cpuinfo | not a text",
					"{\"cpuinfo\": [\"a\", \"b\"]} | cpuinfo | give it once",
					"{\"nova-conf\": [null]} | nova-conf | not a text",
					"{\"intent\": {\"nested\": true}} | intent | not a text" })
	void namesTheFieldTheFaultAndTheRemedy(String body, String field, String remedy) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> json(body)).satisfies((refused) -> {
			assertThat(refused.kind()).isEqualTo(Refused.Kind.INVALID);
			assertThat(refused.faults()).first().satisfies((fault) -> {
				assertThat(fault.field()).isEqualTo(field);
				assertThat(fault.message()).contains(remedy);
			});
		});
	}

	@Test
	void namesAllFaultsAtOnce() {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> json("{\"a\": \"\", \"b\": \"\", \"intent.nested\": \"x\"}"))
			.satisfies((refused) -> assertThat(refused.faults()).extracting(Refused.FieldFault::field)
				.containsExactly("a", "b", "intent.nested"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "\"x\"", "1", "null" })
	void aBodyThatIsNoObjectIsRefused(String body) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> json(body))
			.satisfies((refused) -> assertThat(refused.kind().status()).isEqualTo(400));
	}

	@Test
	void ofASosreportOnlyItsTextsAreKept() {
		byte[] archive = Reports.in("r").file("proc/cpuinfo", "flags : vmx").file("etc/shadow", "secret").packed("gz");
		this.request.addPart(
				new MockPart("collector", "c.txt", "=== virtwise collector 1 ===".getBytes(StandardCharsets.UTF_8)));
		this.request.addPart(new MockPart("sosreport", "x.tar.gz", archive));
		Evidence evidence = EvidenceParts.ofMultipart(this.request);

		assertThat(evidence.items()).extracting(Evidence.Item::kind)
			.containsExactly(EvidenceKind.SOSREPORT, EvidenceKind.COLLECTOR);
		assertThat(evidence.of(EvidenceKind.SOSREPORT)).singleElement()
			.satisfies((item) -> assertThat(item.text()).contains("| flags : vmx").doesNotContain("secret"));
	}

	@Test
	void jsonHasASosreportInBase64() {
		String archive = Base64.getEncoder()
			.encodeToString(Reports.in("r").file("proc/cpuinfo", "flags : vmx").packed("xz"));

		assertThat(json("{\"sosreport\": \"" + archive + "\"}").of(EvidenceKind.SOSREPORT)).singleElement()
			.satisfies((item) -> assertThat(item.text()).contains("| flags : vmx"));
	}

	@Test
	void aSosreportIsGivenOnce() {
		part("sosreport", "a", "x");
		part("sosreport", "b", "y");
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> EvidenceParts.ofMultipart(this.request))
			.satisfies((refused) -> assertThat(refused.faults()).singleElement()
				.satisfies((fault) -> assertThat(fault.message()).contains("more than once")));
	}

	@Test
	void aSosreportOfMoreThan256MiBIsRefused() {
		this.request.addPart(new MockPart("sosreport", "x", new byte[0]) {
			@Override
			public long getSize() {
				return 256L * 1024 * 1024 + 1;
			}
		});
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> EvidenceParts.ofMultipart(this.request))
			.satisfies((refused) -> assertThat(refused.kind().status()).isEqualTo(413));
	}

	@Test
	void anAnswerLeftOpenOnPurposeIsNotOneThatIsAbsent() {
		part("intent.nested", null, "");
		part("intent.environment", null, "lab");
		assertThat(EvidenceParts.ofMultipart(this.request).leftOpen()).containsExactly("intent.nested");
	}

	@Test
	void moreThan32MiBAreRefusedAndNotKept() {
		this.request.addPart(new MockPart("cpuinfo", new byte[EvidenceParts.MAX_BYTES / 2]));
		this.request.addPart(new MockPart("modules", new byte[EvidenceParts.MAX_BYTES / 2 + 1]));
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> EvidenceParts.ofMultipart(this.request))
			.satisfies((refused) -> assertThat(refused.kind().status()).isEqualTo(413));
	}

	@Test
	void exactly32MiBAreTaken() {
		this.request.addPart(new MockPart("cpuinfo", new byte[EvidenceParts.MAX_BYTES]));
		assertThat(EvidenceParts.ofMultipart(this.request).items()).hasSize(1);
	}

	@Test
	void bytesThatAreNoTextAreStillTaken() {
		this.request.addPart(new MockPart("cpuinfo", new byte[] { (byte) 0xFF, 0, (byte) 0xC3, '\n' }));
		assertThat(EvidenceParts.ofMultipart(this.request).of(EvidenceKind.CPUINFO).get(0).text())
			.as("the zero so that it can be seen and kept")
			.isEqualTo("\uFFFD\u2400\uFFFD\n");
	}

	private void part(String name, @Nullable String file, String text) {
		this.request.addPart(new MockPart(name, file, text.getBytes(StandardCharsets.UTF_8)));
	}

	private static Evidence json(String body) {
		return EvidenceParts.ofJson(JsonMapper.builder().build().readTree(body));
	}

}
