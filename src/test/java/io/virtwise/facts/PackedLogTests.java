package io.virtwise.facts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Rotated logs, as they lie on a node.
 */
class PackedLogTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/assessments");

	@Test
	void rotatedLogsAreUnpackedAndKeepTheirOrderAndNames() throws IOException {
		part("nova-compute-log", "nova-compute.log.2.gz", packed("older\n".getBytes(StandardCharsets.UTF_8)));
		part("nova-compute-log", "nova-compute.log", "newer\n".getBytes(StandardCharsets.UTF_8));
		part("kernel-log", null, packed("[    1.000000] x\n".getBytes(StandardCharsets.UTF_8)));

		Evidence evidence = EvidenceParts.ofMultipart(this.request);

		assertThat(evidence.of(EvidenceKind.NOVA_COMPUTE_LOG)).extracting(Evidence.Item::text)
			.containsExactly("older\n", "newer\n");
		assertThat(evidence.of(EvidenceKind.NOVA_COMPUTE_LOG)).extracting(Evidence.Item::source)
			.containsExactly("nova-compute.log.2.gz", "nova-compute.log");
		assertThat(evidence.of(EvidenceKind.KERNEL_LOG)).singleElement()
			.isEqualTo(new Evidence.Item(EvidenceKind.KERNEL_LOG, "kernel log", "[    1.000000] x\n"));
	}

	@Test
	void anEmptyLogIsKnowledge() throws IOException {
		part("kernel-log", null, new byte[0]);
		part("nova-compute-log", "empty.gz", packed(new byte[0]));

		Evidence evidence = EvidenceParts.ofMultipart(this.request);

		assertThat(evidence.items()).extracting(Evidence.Item::text).containsExactly("", "");
	}

	@Test
	void aBombIsRefusedByItsDensity() throws IOException {
		byte[] bomb = packed(new byte[16 * 1024 * 1024]);
		assertThat(bomb).hasSizeLessThan(20_000);
		part("kernel-log", null, bomb);

		assertThatExceptionOfType(Refused.class).isThrownBy(() -> EvidenceParts.ofMultipart(this.request))
			.satisfies((refused) -> assertThat(refused.kind().status()).isEqualTo(413))
			.withMessageContaining("kernel-log")
			.withMessageContaining("300 times its size");
	}

	@Test
	void moreThan32MiBAreRefusedWhereverTheyComeFrom() throws IOException {
		byte[] dull = new byte[EvidenceParts.MAX_BYTES + 1];
		for (int i = 0; i < dull.length; i += 40) {
			dull[i] = (byte) ((i * 31) >> 5);
		}
		part("nova-compute-log", null, packed(dull));

		assertThatExceptionOfType(Refused.class).isThrownBy(() -> EvidenceParts.ofMultipart(this.request))
			.satisfies((refused) -> assertThat(refused.kind().status()).isEqualTo(413))
			.withMessageContaining("unpacks to more than there is room for");
	}

	@Test
	void halfAFileIsNamedAsSuch() throws IOException {
		byte[] whole = packed("a line of a log\n".repeat(100).getBytes(StandardCharsets.UTF_8));
		part("kernel-log", null, Arrays.copyOf(whole, whole.length - 9));

		assertThatExceptionOfType(Refused.class).isThrownBy(() -> EvidenceParts.ofMultipart(this.request))
			.satisfies((refused) -> assertThat(refused.faults()).singleElement().satisfies((fault) -> {
				assertThat(fault.field()).isEqualTo("kernel-log");
				assertThat(fault.message()).contains("cannot be unpacked to its end").contains("unpack it first");
			}));
	}

	@Test
	void onlyLogsAreUnpacked() throws IOException {
		part("cpuinfo", null, packed("flags : vmx".getBytes(StandardCharsets.UTF_8)));

		assertThat(EvidenceParts.ofMultipart(this.request).of(EvidenceKind.CPUINFO).get(0).text())
			.doesNotContain("vmx");
	}

	private void part(String name, @Nullable String file, byte[] bytes) {
		this.request.addPart(new MockPart(name, file, bytes));
	}

	private static byte[] packed(byte[] text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(text);
		}
		return bytes.toByteArray();
	}

}
