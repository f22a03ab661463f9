package io.virtwise.nova;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One change to a readable file, and what must have become of its bytes: those that the
 * change is not about are all still there, in their order, and nothing else is.
 *
 * @param before the file
 * @param setting the change
 */
record LosslessEdit(byte[] before, Setting setting) {

	private static final Setting NEW_OPTION = new Setting("libvirt", "images_type", "rbd");

	private static final Setting NEW_SECTION = new Setting("virtwise_test", "note", "caf\u00E9 = [x] # y");

	/**
	 * Setting, changing and taking out options of this file; none where it has a fault.
	 */
	static List<LosslessEdit> of(byte[] file) {
		NovaConf conf = NovaConf.parse(file, "f");
		List<LosslessEdit> edits = new ArrayList<>();
		if (conf.fault().isPresent()) {
			return edits;
		}
		edits.add(new LosslessEdit(file, NEW_OPTION));
		edits.add(new LosslessEdit(file, NEW_SECTION));
		conf.assignments()
			.stream()
			.filter(LosslessEdit::namesThatNovaUses)
			.skip(conf.assignments().size() / 3)
			.findFirst()
			.ifPresent((one) -> {
				String section = NovaConf.normalized(one.section());
				edits.add(new LosslessEdit(file, new Setting(section, one.option(), "changed")));
				edits.add(new LosslessEdit(file, new Setting(section, one.option(), "")));
				edits.add(new LosslessEdit(file, new Setting(section, one.option(), null)));
			});
		return edits;
	}

	private static boolean namesThatNovaUses(NovaConf.Assignment assignment) {
		return NovaConf.normalized(assignment.section()).matches("DEFAULT|(?!default$)[a-z][a-z0-9_.-]{0,63}")
				&& assignment.option().matches("[a-z][a-z0-9_]{0,79}");
	}

	/** The file with the change. */
	byte[] applied(NovaConfEditor editor) {
		return editor.apply(this.before, List.of(this.setting));
	}

	/** Fails where any other byte is gone, new or different. */
	void requireNoOtherByte(byte[] after) {
		NovaConf conf = NovaConf.parse(this.before, "f");
		List<NovaConf.Assignment> present = conf.values(this.setting.section(), this.setting.option());
		if (present.isEmpty()) {
			requireInserted(after);
		}
		else if (this.setting.value() == null) {
			requireTakenOut(conf, present, after);
		}
		else {
			requireReplaced(conf, present.get(present.size() - 1), after);
		}
	}

	private void requireInserted(byte[] after) {
		int head = 0;
		while (head < this.before.length && head < after.length && this.before[head] == after[head]) {
			head++;
		}
		int tail = 0;
		while (tail < this.before.length - head
				&& this.before[this.before.length - 1 - tail] == after[after.length - 1 - tail]) {
			tail++;
		}
		assertThat(head + tail).as(this::toString).isEqualTo(this.before.length);
		String inserted = new String(after, head, after.length - head - tail, StandardCharsets.UTF_8).strip();
		// common bytes at both ends may be cut off either end of what was inserted
		String option = this.setting.option() + " ?= ?" + Pattern.quote(String.valueOf(this.setting.value()));
		String whole = new String(after, StandardCharsets.UTF_8);
		assertThat(inserted.lines().filter((line) -> !line.isBlank()).count()).as(this::toString)
			.isLessThanOrEqualTo(2);
		assertThat(whole).as(this::toString).containsPattern("(?m)^" + option);
	}

	private void requireTakenOut(NovaConf conf, List<NovaConf.Assignment> gone, byte[] after) {
		StringBuilder kept = new StringBuilder();
		for (int line = 1; line <= conf.lines().size(); line++) {
			int number = line;
			if (gone.stream().noneMatch((one) -> one.line() <= number && number <= one.lastLine())) {
				kept.append(conf.lines().get(line - 1).whole());
			}
		}
		assertThat(after).as(this::toString).isEqualTo(PythonText.encode(kept.toString()));
	}

	private void requireReplaced(NovaConf conf, NovaConf.Assignment old, byte[] after) {
		byte[] head = bytes(conf, 1, old.line() - 1);
		byte[] tail = bytes(conf, old.lastLine() + 1, conf.lines().size());
		assertThat(after.length).as(this::toString).isGreaterThanOrEqualTo(head.length + tail.length);
		assertThat(Arrays.copyOf(after, head.length)).as(this::toString).isEqualTo(head);
		assertThat(Arrays.copyOfRange(after, after.length - tail.length, after.length)).as(this::toString)
			.isEqualTo(tail);
		String middle = PythonText.decode(Arrays.copyOfRange(after, head.length, after.length - tail.length));
		String line = conf.line(old.line());
		String end = conf.lines().get(old.lastLine() - 1).end();
		if (old.value().equals(this.setting.value())) {
			assertThat(after).as(this::toString).isEqualTo(this.before);
			return;
		}
		assertThat(middle).as(this::toString)
			.startsWith(line.substring(0, NovaConfReader.separator(line) + 1))
			.endsWith(this.setting.value() + end);
		assertThat(PythonText.lines(middle)).as(this::toString).hasSize(1);
	}

	private static byte[] bytes(NovaConf conf, int from, int to) {
		StringBuilder text = new StringBuilder();
		for (int line = from; line <= to; line++) {
			text.append(conf.lines().get(line - 1).whole());
		}
		return PythonText.encode(text.toString());
	}

	@Override
	public String toString() {
		return this.setting + " in " + new String(this.before, StandardCharsets.UTF_8).replace("\r", "\\r");
	}

}
