package io.virtwise.nova;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold for every edit of every file; 2,000 generated ones, seeded, so that a
 * failure comes again.
 */
class NovaConfEditPropertyTests {

	private static final int FILES = 2000;

	private final NovaConfEditor editor = new DocumentNovaConfEditor();

	@Test
	void writesEveryFileBackAsItWas() {
		GeneratedNovaConf generated = new GeneratedNovaConf(1);
		for (int i = 0; i < FILES; i++) {
			byte[] file = generated.nextFile();
			assertThat(NovaConf.parse(file, "f").bytes()).isEqualTo(file);
		}
	}

	@Test
	void changesNothingButWhatWasAskedFor() {
		GeneratedNovaConf generated = new GeneratedNovaConf(2);
		int edited = 0;
		for (int i = 0; i < FILES; i++) {
			byte[] before = generated.nextFile();
			List<Setting> settings = generated.nextSettings();
			if (NovaConf.parse(before, "f").fault().isPresent()) {
				continue;
			}

			byte[] after = this.editor.apply(before, settings);

			NovaConf now = NovaConf.parse(after, "f");
			for (Setting setting : settings) {
				assertThat(
						now.effective(setting.section(), setting.option()).map(NovaConf.Assignment::value).orElse(null))
					.as(text(before))
					.isEqualTo(setting.value());
			}
			assertOtherLinesAreAsTheyWere(before, after, settings);
			assertThat(this.editor.apply(after, settings)).as("a second time").isEqualTo(after);
			edited++;
		}
		assertThat(edited).isGreaterThan(FILES / 2);
	}

	@Test
	void leavesEveryOtherByteAlone() {
		GeneratedNovaConf generated = new GeneratedNovaConf(7);
		int edits = 0;
		for (int i = 0; i < FILES; i++) {
			for (LosslessEdit edit : LosslessEdit.of(generated.nextFile())) {
				edit.requireNoOtherByte(edit.applied(this.editor));
				edits++;
			}
		}
		assertThat(edits).isGreaterThan(2 * FILES);
	}

	private void assertOtherLinesAreAsTheyWere(byte[] before, byte[] after, List<Setting> settings) {
		List<String> old = otherLines(before, settings);
		List<String> now = otherLines(after, settings);
		List<String> added = new ArrayList<>(now.subList(Math.min(old.size(), now.size()), now.size()));
		Set<String> sections = new HashSet<>();
		settings.forEach((setting) -> sections.add("[" + setting.section() + "]"));
		added.removeIf((line) -> line.isEmpty() || sections.contains(line));

		assertThat(now.subList(0, Math.min(old.size(), now.size()))).as(text(before) + "\n--- became\n" + text(after))
			.isEqualTo(old);
		assertThat(added).isEmpty();
	}

	/** The lines that belong to none of these options. */
	private List<String> otherLines(byte[] file, List<Setting> settings) {
		NovaConf conf = NovaConf.parse(file, "f");
		Set<Integer> touched = new HashSet<>();
		for (Setting setting : settings) {
			conf.values(setting.section(), setting.option()).forEach((assignment) -> {
				for (int line = assignment.line(); line <= assignment.lastLine(); line++) {
					touched.add(line);
				}
			});
		}
		List<String> lines = new ArrayList<>();
		for (int line = 1; line <= conf.lines().size(); line++) {
			if (!touched.contains(line)) {
				lines.add(conf.line(line));
			}
		}
		return lines;
	}

	private static String text(byte[] file) {
		return new String(file, StandardCharsets.UTF_8).replace("\r", "\\r");
	}

}
