package io.virtwise.facts.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceLine;
import io.virtwise.facts.Known;
import io.virtwise.facts.LogFacts;
import io.virtwise.facts.LogSignature;
import io.virtwise.facts.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Reads logs of the kernel, of libvirt and of nova-compute, all of one node, in one pass
 * each. One record is one occurrence, however often it tells its fault.
 */
final class LogReader {

	/** More kinds of errors are only counted. */
	private static final int KINDS_OF_ERRORS = 20;

	/** After one of these, what libvirt offered before is no proof any more. */
	private static final Set<Signature> KVM_FAULTS = Set.of(Signature.HVM_NOT_SUPPORTED,
			Signature.KVM_CAPABILITIES_MISSING, Signature.DOMAIN_REQUIRES_KVM, Signature.KVM_NOT_SUPPORTED_ON_HOST,
			Signature.KVM_DEVICE_MISSING, Signature.KVM_PERMISSION_DENIED);

	private final ReadingNotes notes = new ReadingNotes();

	private final Map<Signature, LogTally> signatures = new LinkedHashMap<>();

	private final Map<String, LogTally> errors = new LinkedHashMap<>();

	private final Map<Signature, LogRecord.Sight> lastLoose = new LinkedHashMap<>();

	private LastWord firmware = LastWord.NONE;

	private LastWord hypMode = LastWord.NONE;

	private @Nullable Place novaStart;

	private LoggedDocuments documents = LoggedDocuments.NONE;

	private int moreErrors;

	private String source = "";

	private LogReader() {
	}

	/**
	 * Reads the logs.
	 * @param items those of one node, of any kinds; other kinds are left alone
	 */
	static LogReading read(List<Evidence.Item> items) {
		LogReader reader = new LogReader();
		boolean kernel = false;
		boolean nova = false;
		for (Evidence.Item item : items) {
			if (item.kind() == EvidenceKind.KERNEL_LOG || item.kind() == EvidenceKind.NOVA_COMPUTE_LOG) {
				kernel |= item.kind() == EvidenceKind.KERNEL_LOG;
				nova |= item.kind() == EvidenceKind.NOVA_COMPUTE_LOG;
				reader.read(item);
			}
		}
		return reader.result(kernel, nova);
	}

	private void read(Evidence.Item item) {
		boolean kernelLog = item.kind() == EvidenceKind.KERNEL_LOG;
		this.source = item.source();
		this.lastLoose.clear();
		LogRecord open = null;
		int lastFault = 0;
		for (LogLines.Piece line : new LogLines(item.text())) {
			if (line.text().isBlank()) {
				continue;
			}
			LogPrefix prefix = LogPrefix.of(line.text());
			if (open == null || !open.takes(prefix, line)) {
				close(open);
				open = new LogRecord(prefix, line, kernelLog);
			}
			SignaturePhrases.Found found = SignaturePhrases.in(line.text());
			open.add(prefix, line, found);
			if (found.isSomething()) {
				signs(found, open, line);
				lastFault = found.signatures().keySet().stream().anyMatch(KVM_FAULTS::contains) ? line.number()
						: lastFault;
			}
		}
		close(open);
		this.documents = this.documents.after(LoggedDocuments.in(item), lastFault);
	}

	private void signs(SignaturePhrases.Found found, LogRecord record, LogLines.Piece line) {
		boolean off = found.signatures().containsKey(Signature.FIRMWARE_OFF)
				|| found.signatures().containsKey(Signature.FIRMWARE_OFF_INTEL)
				|| found.signatures().containsKey(Signature.FIRMWARE_OFF_AMD);
		if (off) {
			this.firmware = new LastWord(Known.NO, new Place(this.source, line, "bios"));
		}
		else if (found.signatures().containsKey(Signature.HYP_MODE_NOT_AVAILABLE)) {
			this.hypMode = new LastWord(Known.NO, new Place(this.source, line, "hyp mode"));
		}
		else if (record.isKernels()) {
			kernels(found.signs(), line);
		}
		if (found.signs().contains(SignaturePhrases.Sign.NOVA_STARTS)) {
			this.novaStart = new Place(this.source, line, "starting compute node");
		}
	}

	private void kernels(Set<SignaturePhrases.Sign> signs, LogLines.Piece line) {
		if (signs.contains(SignaturePhrases.Sign.HYP_MODE_WORKS)) {
			this.hypMode = new LastWord(Known.YES, new Place(this.source, line, "mode initialized"));
		}
		else if (signs.contains(SignaturePhrases.Sign.KVM_WORKS)) {
			this.firmware = new LastWord(Known.YES, new Place(this.source, line, "kvm"));
		}
		else if (signs.contains(SignaturePhrases.Sign.KERNEL_STARTS)) {
			this.firmware = LastWord.NONE;
			this.hypMode = LastWord.NONE;
		}
	}

	private void close(@Nullable LogRecord record) {
		if (record == null) {
			return;
		}
		Map<Signature, LogRecord.Sight> sights = record.sights();
		sights.forEach((signature, sight) -> {
			LogTally tally = this.signatures.computeIfAbsent(signature,
					(key) -> tally(new Place(this.source, sight.line(), sight.words())));
			if (!(record.isLoose() && continues(signature, sight))) {
				tally.add(record.time());
			}
		});
		if (sights.isEmpty() && LogError.is(record)) {
			error(record);
		}
	}

	/**
	 * QEMU tells one fault in two lines; where nothing else holds them together, the
	 * second is known by its other words.
	 */
	private boolean continues(Signature signature, LogRecord.Sight sight) {
		LogRecord.Sight before = this.lastLoose.put(signature, sight);
		return before != null && before.line().number() + 1 == sight.line().number()
				&& !before.words().equals(sight.words());
	}

	private void error(LogRecord record) {
		String shape = LogError.shape(record);
		LogTally tally = this.errors.get(shape);
		if (tally == null) {
			if (this.errors.size() >= KINDS_OF_ERRORS) {
				this.moreErrors++;
				return;
			}
			LogLines.Piece telling = record.telling();
			tally = new LogTally(this.source, telling.number(), ShownLogLine.of(telling, record.tellingMessage()));
			this.errors.put(shape, tally);
		}
		tally.add(record.time());
	}

	private static LogTally tally(Place place) {
		EvidenceLine line = place.evidence();
		return new LogTally(line.source(), line.line(), line.text());
	}

	private LogReading result(boolean kernel, boolean nova) {
		List<LogSignature> found = new ArrayList<>();
		this.signatures.forEach((signature, tally) -> found.add(tally.of(signature)));
		List<LogFacts.UnexplainedError> unexplained = this.errors.values().stream().map(LogTally::asError).toList();
		if (this.moreErrors > 0) {
			this.notes.problem(nova ? EvidenceKind.NOVA_COMPUTE_LOG : EvidenceKind.KERNEL_LOG, null,
					"Beside the errors of the first " + KINDS_OF_ERRORS + " kinds there are " + this.moreErrors
							+ " more. Give an excerpt to see them.");
		}
		return new LogReading(new LogFacts(kernel, nova, found, unexplained), this.firmware.state(),
				this.firmware.evidence(), this.hypMode.state(), this.hypMode.evidence(),
				(this.novaStart != null) ? this.novaStart.evidence() : null, this.documents, this.notes.problems());
	}

	/**
	 * What the kernel said last of something, and where.
	 */
	private record LastWord(Known state, @Nullable Place place) {

		static final LastWord NONE = new LastWord(Known.UNKNOWN, null);

		private @Nullable EvidenceLine evidence() {
			return (this.place != null) ? this.place.evidence() : null;
		}

	}

	/**
	 * A line that counts, and the words in it that do.
	 */
	private record Place(String source, LogLines.Piece line, String words) {

		private EvidenceLine evidence() {
			return new EvidenceLine(this.source, this.line.number(), ShownLogLine.of(this.line, this.words));
		}

	}

}
