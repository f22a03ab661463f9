package io.virtwise.facts.internal;

import java.util.HexFormat;
import java.util.Optional;

import io.virtwise.facts.Known;
import io.virtwise.facts.ProcessorRegisters;
import org.jspecify.annotations.Nullable;

/**
 * Reads the processor's registers from lines of a number in eight hexadecimal digits and
 * its bytes, lowest first (rows P01 and P03).
 */
final class RegistersReader {

	private static final String LEAF_FEATURES = "00000001";

	private static final String LEAF_EXTENDED_FEATURES = "80000001";

	private static final String FEATURE_CONTROL = "0000003a";

	private static final String VM_CR = "c0010114";

	/** In both leaves the register that counts, ECX, comes third. */
	private static final int ECX = 8;

	private final HostTexts texts;

	private final ReadingNotes notes;

	RegistersReader(HostTexts texts, ReadingNotes notes) {
		this.texts = texts;
		this.notes = notes;
	}

	ProcessorRegisters registers() {
		Known vmx = bit("cpuid", LEAF_FEATURES, 16, ECX, 5, "ProcessorRegisters.cpuidVmx");
		Known svm = bit("cpuid", LEAF_EXTENDED_FEATURES, 16, ECX, 2, "ProcessorRegisters.cpuidSvm");
		Known locked = bit("msr", FEATURE_CONTROL, 8, 0, 0, "ProcessorRegisters.locked");
		Known enabled = bit("msr", FEATURE_CONTROL, 8, 0, 2, "ProcessorRegisters.vmxEnabled");
		Known svmOff = bit("msr", VM_CR, 8, 0, 4, "ProcessorRegisters.svmDisabled");
		boolean known = vmx != Known.UNKNOWN || svm != Known.UNKNOWN || locked != Known.UNKNOWN
				|| svmOff != Known.UNKNOWN;
		return known ? new ProcessorRegisters(true, vmx, svm, locked, enabled, svmOff) : ProcessorRegisters.UNKNOWN;
	}

	/**
	 * One bit of the byte at that place; a line that lacks some of its bytes tells
	 * nothing.
	 */
	private Known bit(String section, String number, int length, int place, int bit, String fact) {
		Optional<HostText> text = this.texts.of(section);
		Optional<TextLine> line = text.flatMap((all) -> all.line((one) -> one.startsWith(number + " ")));
		byte @Nullable [] bytes = line.map((one) -> bytes(one.text().substring(number.length()), length)).orElse(null);
		if (bytes == null) {
			return Known.UNKNOWN;
		}
		this.notes.saw(fact, line.orElseThrow().seenIn(text.orElseThrow().source()));
		return Known.of((bytes[place] & (1 << bit)) != 0);
	}

	private static byte @Nullable [] bytes(String hexadecimal, int length) {
		String digits = hexadecimal.replace(" ", "");
		if (digits.length() != 2 * length || !digits.matches("[0-9a-f]+")) {
			return null;
		}
		return HexFormat.of().parseHex(digits);
	}

}
