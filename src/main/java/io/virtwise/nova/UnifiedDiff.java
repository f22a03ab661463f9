package io.virtwise.nova;

import java.util.ArrayList;
import java.util.List;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;

/**
 * The difference between two versions of a file as people and {@code patch} read it.
 */
final class UnifiedDiff {

	private static final int CONTEXT = 3;

	/** The lines that name the two files. */
	private static final int HEADER = 2;

	/** Said below a last line without an end, in the words that {@code patch} knows. */
	private static final String NO_END = "\n\\ No newline at end of file";

	private UnifiedDiff() {
	}

	/**
	 * Three lines of context; empty where nothing differs. Carriage returns stay in their
	 * lines.
	 */
	static String of(String path, byte[] before, byte[] after) {
		List<String> old = lines(before);
		List<String> now = lines(after);
		Patch<String> patch = DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>(String::equals));
		if (patch.getDeltas().isEmpty()) {
			return "";
		}
		List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(path, path, old, patch, CONTEXT);
		return shown(String.join("\n", takenOutFirst(diff))) + "\n";
	}

	/**
	 * Each change with its removed lines first, as everybody writes it: this algorithm,
	 * which needs little memory for any two files, gives them in either order.
	 */
	private static List<String> takenOutFirst(List<String> diff) {
		List<String> sorted = new ArrayList<>(diff.subList(0, HEADER));
		int at = HEADER;
		for (String line : diff.subList(HEADER, diff.size())) {
			if (line.startsWith("-")) {
				sorted.add(at++, line);
			}
			else {
				sorted.add(line);
				at = line.startsWith("+") ? at : sorted.size();
			}
		}
		return sorted;
	}

	private static List<String> lines(byte[] content) {
		String text = PythonText.decode(content);
		List<String> lines = new ArrayList<>();
		int from = 0;
		for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
			lines.add(text.substring(from, end));
			from = end + 1;
		}
		if (from < text.length()) {
			lines.add(text.substring(from) + NO_END);
		}
		return lines;
	}

	/** Bytes that are not UTF-8 as {@code \xE9}, for a diff is text. */
	private static String shown(String text) {
		StringBuilder out = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			if (PythonText.isEscapedByte(text, i)) {
				out.append(String.format("\\x%02X", text.charAt(i) & 0xFF));
			}
			else {
				out.append(text.charAt(i));
			}
		}
		return out.toString();
	}

}
