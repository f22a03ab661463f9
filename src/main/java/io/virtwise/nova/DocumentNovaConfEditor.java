package io.virtwise.nova;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.stereotype.Component;

import io.virtwise.shared.Refused;

/**
 * Edits nova.conf as a document of lines and proves each edit by reading it back: exactly
 * the options asked for have changed, and no other.
 */
@Component
class DocumentNovaConfEditor implements NovaConfEditor {

	private static final String SOURCE = "nova.conf";

	@Override
	public byte[] apply(byte[] present, List<Setting> settings) {
		List<Setting> checked = SettingCheck.checked(settings);
		NovaConf before = NovaConf.parse(present, SOURCE);
		before.fault().ifPresent((fault) -> {
			throw Refused.conflict("nova-conf-unreadable",
					"nova cannot read this nova.conf, so it is not edited: line " + fault.line() + ", "
							+ fault.message() + ". Mend that line on the node, then read the node again.");
		});
		NovaConf edited = before;
		for (Setting setting : checked) {
			edited = NovaConf.parse(new NovaConfEdit(edited).apply(setting), SOURCE);
		}
		byte[] content = edited.bytes();
		requireExactly(before, NovaConf.parse(content, SOURCE), checked);
		return content;
	}

	@Override
	public String unifiedDiff(String path, byte[] before, byte[] after) {
		return UnifiedDiff.of(path, before, after);
	}

	private static void requireExactly(NovaConf before, NovaConf after, List<Setting> settings) {
		Map<Name, List<String>> old = values(before);
		Map<Name, List<String>> now = values(after);
		boolean exact = after.fault().isEmpty();
		for (Setting setting : settings) {
			Name name = new Name(NovaConf.normalized(setting.section()), setting.option());
			List<String> values = now.getOrDefault(name, List.of());
			String last = values.isEmpty() ? null : values.get(values.size() - 1);
			exact &= (setting.value() == null) ? values.isEmpty() : setting.value().equals(last);
			old.remove(name);
			now.remove(name);
		}
		if (!exact || !old.equals(now)) {
			Set<Name> other = new HashSet<>(old.keySet());
			other.addAll(now.keySet());
			other.removeIf((name) -> old.getOrDefault(name, List.of()).equals(now.getOrDefault(name, List.of())));
			throw Refused.conflict("edit-not-proven",
					"The edited nova.conf does not read back as asked for, so it was thrown away"
							+ (other.isEmpty() ? "" : "; also changed: " + other) + ". Edit this file by hand.");
		}
	}

	private static Map<Name, List<String>> values(NovaConf conf) {
		Map<Name, List<String>> values = new LinkedHashMap<>();
		for (NovaConf.Assignment assignment : conf.assignments()) {
			Name name = new Name(NovaConf.normalized(assignment.section()), assignment.option());
			values.computeIfAbsent(name, (n) -> new java.util.ArrayList<>()).add(assignment.value());
		}
		return values;
	}

	/**
	 * An option as oslo.config looks it up.
	 *
	 * @param section its normalized name
	 * @param option its name
	 */
	private record Name(String section, String option) {

		@Override
		public String toString() {
			return this.section + "/" + this.option;
		}

	}

}
