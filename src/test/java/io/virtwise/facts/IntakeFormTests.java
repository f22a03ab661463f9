package io.virtwise.facts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.mock.web.MockMultipartHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the page's form says, and how nothing of it is lost.
 */
class IntakeFormTests {

	private final MockMultipartHttpServletRequest request = new MockMultipartHttpServletRequest();

	@Test
	void tellsPastedFromPrintedNothingAndNotLooked() {
		answer("cpuinfo", "given", "flags : vmx");
		answer("modules", "empty", "");
		answer("dev-kvm", "unknown", "");
		Evidence evidence = form().toEvidence();
		assertThat(evidence.of(EvidenceKind.CPUINFO)).extracting(Evidence.Item::text).containsExactly("flags : vmx");
		assertThat(evidence.of(EvidenceKind.MODULES)).extracting(Evidence.Item::text).containsExactly("");
		assertThat(evidence.items()).hasSize(2);
		assertThat(evidence.release()).isNull();
		assertThat(evidence.intent()).isEqualTo(Intent.UNKNOWN);
	}

	@Test
	void aTextThatWasPastedCountsThoughNobodyChoseSo() {
		answer("cpuinfo", "unknown", "flags : vmx");
		assertThat(form().answer(PasteField.CPUINFO)).isEqualTo(IntakeForm.Answer.GIVEN);
		assertThat(form().toEvidence().items()).hasSize(1);
	}

	@Test
	void contradictionsAreNamedAndNothingIsLost() {
		answer("cpuinfo", "given", " ");
		answer("modules", "empty", "kvm 1 0");
		this.request.setParameter("intent.nested", "perhaps");
		this.request.setParameter("release", "mitaka");
		IntakeForm form = form();
		assertThat(form.faults()).extracting(FieldFault::field).containsExactly("cpuinfo", "modules", "intent.nested");
		assertThat(form.text(PasteField.MODULES)).isEqualTo("kvm 1 0");
		assertThat(form.answer(PasteField.MODULES)).isEqualTo(IntakeForm.Answer.EMPTY);
		assertThat(form.release()).isEqualTo("mitaka");
		assertThatExceptionOfType(Refused.class).isThrownBy(form::toEvidence)
			.satisfies((refused) -> assertThat(refused.faults()).isEqualTo(form.faults()));
	}

	@Test
	void readsTheAnswersAndTheTickedFormats() {
		this.request.setParameter("intent.environment", "production");
		this.request.setParameter("intent.live-migration", "true");
		this.request.setParameter("intent.nested", "");
		this.request.setParameter("intent.image-formats", "raw", "qcow2");
		this.request.setParameter("release", "2024.1");
		IntakeForm form = form();
		assertThat(form.toEvidence().intent()).isEqualTo(new Intent(Intent.Environment.PRODUCTION, Known.YES,
				Known.UNKNOWN, Known.UNKNOWN, Set.of("raw", "qcow2"), Known.UNKNOWN));
		assertThat(form.toEvidence().release()).isEqualTo("2024.1");
		assertThat(form.hasFormat("qcow2")).isTrue();
		assertThat(form.hasFormat("qed")).isFalse();
		assertThat(form.intent("intent.environment")).isEqualTo("production");
	}

	@Test
	void theSecondFileOfNovaIsReadAfterTheFirst() {
		answer("nova-conf", "given", "[libvirt]\nvirt_type = qemu\n");
		answer("nova-compute-conf", "given", "[libvirt]\nvirt_type = kvm\n");
		assertThat(form().toEvidence().of(EvidenceKind.NOVA_CONF)).extracting(Evidence.Item::source)
			.containsExactly("nova.conf", "nova-compute.conf");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[root@cmp1 ~]# cat /etc/nova/nova.conf\r\n[DEFAULT]\r\n",
			"# cat /etc/nova/nova.conf\n[DEFAULT]\r\n", "operator@cmp1:~$ sudo cat /etc/nova/nova.conf\n[DEFAULT]\r\n",
			"[DEFAULT]\r\n" })
	void theCommandInFrontOfAFileIsNotPartOfIt(String text) {
		answer("nova-conf", "given", text);
		assertThat(form().toEvidence().of(EvidenceKind.NOVA_CONF)).extracting(Evidence.Item::text)
			.containsExactly("[DEFAULT]\r\n");
	}

	@Test
	void theComplaintThatThereIsNoSuchFileMeansThatThereIsNone() {
		answer("nova-compute-conf", "given", "cat: /etc/nova/nova-compute.conf: No such file or directory\n");
		assertThat(form().toEvidence().of(EvidenceKind.NOVA_CONF)).extracting(Evidence.Item::text).containsExactly("");
	}

	@Test
	void takesTheCollectorsOutputFromAFileAndKeepsIt() {
		this.request.setParameter("by", "collector");
		this.request.setParameter("collector", "");
		upload("=== virtwise collector 1 ===\n");
		IntakeForm form = form();
		assertThat(form.way()).isEqualTo(IntakeForm.Way.COLLECTOR);
		assertThat(form.collector()).isEqualTo("=== virtwise collector 1 ===\n");
		assertThat(form.toEvidence().of(EvidenceKind.COLLECTOR)).hasSize(1);
	}

	@Test
	void theSameTextTwiceIsNoContradiction() {
		this.request.setParameter("by", "collector");
		this.request.setParameter("collector", "a\r\nb");
		upload("a\nb\n");
		assertThat(form().faults()).isEmpty();
	}

	@Test
	void aFileThatContradictsTheTextIsAFaultAndTheTextStays() {
		this.request.setParameter("by", "collector");
		this.request.setParameter("collector", "a\r\nb");
		upload("c");
		assertThat(form().faults()).extracting(FieldFault::field).containsExactly("collector-file");
		assertThat(form().collector()).isEqualTo("a\r\nb");
	}

	@Test
	void takesALogFromAFileAndTellsItByItsName() throws IOException {
		log("nova-compute-log-file", "C:\\logs\\nova-compute.log.1.gz", packed("2020-02-02 00:00:02 1 ERROR a b"));
		log("kernel-log-file", "", new byte[0]);
		IntakeForm form = form();
		assertThat(form.faults()).isEmpty();
		assertThat(form.answer(PasteField.NOVA_COMPUTE_LOG)).isEqualTo(IntakeForm.Answer.GIVEN);
		assertThat(form.toEvidence().items()).containsExactly(new Evidence.Item(EvidenceKind.NOVA_COMPUTE_LOG,
				"nova-compute.log.1.gz", "2020-02-02 00:00:02 1 ERROR a b"));
	}

	@Test
	void aLogThatIsAnEmptyFileWasLookedAt() {
		log("kernel-log-file", "dmesg.txt", new byte[0]);
		assertThat(form().toEvidence().items())
			.containsExactly(new Evidence.Item(EvidenceKind.KERNEL_LOG, "dmesg.txt", ""));
	}

	@Test
	void aDamagedLogOrTwoDifferentOnesAreFaultsOfTheField() throws IOException {
		log("nova-compute-log-file", "a.gz", Arrays.copyOf(packed("a line\n".repeat(99)), 20));
		answer("kernel-log", "given", "one");
		log("kernel-log-file", "b.log", "other".getBytes(StandardCharsets.UTF_8));
		assertThat(form().faults()).extracting(FieldFault::field)
			.containsExactly("kernel-log-file", "nova-compute-log-file", "kernel-log-file");
		assertThat(form().faults()).extracting(FieldFault::message)
			.satisfiesExactly((message) -> assertThat(message).contains("something else than the text above"),
					(message) -> assertThat(message).contains("cannot be unpacked to its end"),
					(message) -> assertThat(message).contains("has to be chosen again"));
	}

	@Test
	void aLogThatIsTooLongIsAFaultOfTheField() throws IOException {
		log("kernel-log-file", "bomb.gz", packed("x".repeat(40 * 1024 * 1024)));
		assertThat(form().faults()).singleElement().satisfies((fault) -> {
			assertThat(fault.field()).isEqualTo("kernel-log-file");
			assertThat(fault.message()).contains("is refused").contains("times its size");
		});
	}

	private void log(String field, String name, byte[] bytes) {
		this.request.addFile(new MockMultipartFile(field, name, "application/octet-stream", bytes));
	}

	private static byte[] packed(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	@Test
	void nothingOfTheCollectorIsAFault() {
		this.request.setParameter("by", "collector");
		assertThat(form().faults()).extracting(FieldFault::field).containsExactly("collector");
	}

	@ParameterizedTest
	@CsvSource({ "paste, PASTE", "collector, COLLECTOR", "sosreport, SOSREPORT", "nonsense, PASTE" })
	void knowsTheWays(String key, IntakeForm.Way way) {
		assertThat(IntakeForm.Way.of(key)).isEqualTo(way);
	}

	@Test
	void aBlankFormHasNoFaults() {
		IntakeForm form = IntakeForm.blank(IntakeForm.Way.PASTE);
		assertThat(form.faults()).isEmpty();
		assertThat(form.toEvidence().items()).isEmpty();
		assertThat(form.answer(PasteField.CPUINFO)).isEqualTo(IntakeForm.Answer.UNKNOWN);
	}

	private void upload(String text) {
		this.request.addFile(new MockMultipartFile("collector-file", "facts.txt", "text/plain",
				text.getBytes(StandardCharsets.UTF_8)));
	}

	private void answer(String field, String answer, String text) {
		this.request.setParameter(field + ".answer", answer);
		this.request.setParameter(field, text);
	}

	private IntakeForm form() {
		return IntakeForm.of(this.request);
	}

}
