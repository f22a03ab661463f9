package io.virtwise.recommendation.workorder;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.virtwise.nova.NovaConfEditor;
import io.virtwise.nova.NovaConfSamples;
import io.virtwise.nova.NovaConfSamples.Sample;
import io.virtwise.nova.Setting;
import io.virtwise.recommendation.workorder.MadeUpNode.Run;
import io.virtwise.shared.Refused;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script's way of editing a nova.conf gives the same bytes as the portal's own, whose
 * judge is oslo.config, whichever awk the node has.
 */
class ConfEditIT {

	private static final int FILES = 800;

	private static final String EDIT_ALL = """
			for file in *.conf; do
				[ -f "$file" ] || continue
				cp "$file" work
				state=edited
				while IFS='	' read -r mode section option value; do
					if ! conf_awk "$mode" work "$section" "$option" "$value" >step; then
						state=refused
						cp step work
						break
					fi
					cp step work
				done <"${file%.conf}.settings"
				cp work "${file%.conf}.$state"
			done
			""";

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "mawk", "busybox awk", "gawk", "original-awk" })
	void editsAsThePortalDoes(String awk) throws Exception {
		Assumptions.assumeTrue(Run.of("sh", "-c", "command -v " + awk.split(" ", 2)[0]).status() == 0,
				awk + " is not installed");
		List<Sample> samples = NovaConfSamples.of(20261125, FILES);
		for (int i = 0; i < FILES; i++) {
			Files.write(this.folder.resolve(i + ".conf"), samples.get(i).file());
			StringBuilder settings = new StringBuilder();
			for (Setting setting : samples.get(i).settings()) {
				String value = setting.value();
				settings.append((value != null) ? "set" : "unset")
					.append('\t')
					.append(setting.section())
					.append('\t')
					.append(setting.option())
					.append('\t')
					.append((value != null) ? value : "")
					.append('\n');
			}
			Files.writeString(this.folder.resolve(i + ".settings"), settings);
		}
		Path script = Files.writeString(this.folder.resolve("edit.sh"), "LC_ALL=C\nexport LC_ALL\nawk() { command "
				+ awk + " \"$@\"; }\nsteps=1\n" + ShellParts.of(List.of("conf")) + "cd \"$1\"\n" + EDIT_ALL);
		Run run = Run.of("dash", script.toString(), this.folder.toString());
		assertThat(run.text()).isEmpty();

		int exact = 0;
		int refusedByBoth = 0;
		try (AnnotationConfigApplicationContext nova = new AnnotationConfigApplicationContext("io.virtwise.nova")) {
			NovaConfEditor editor = nova.getBean(NovaConfEditor.class);
			for (int i = 0; i < FILES; i++) {
				byte[] wanted = apply(editor, samples.get(i));
				Path edited = this.folder.resolve(i + ".edited");
				if (Files.exists(edited)) {
					assertThat(wanted).as("file %d was edited, but nova cannot read it", i).isNotNull();
					assertThat(Files.readString(edited, StandardCharsets.ISO_8859_1)).as("file %d", i)
						.isEqualTo(new String(wanted, StandardCharsets.ISO_8859_1));
					exact++;
				}
				else {
					String why = Files.readString(this.folder.resolve(i + ".refused"), StandardCharsets.ISO_8859_1);
					assertThat(wanted == null || why.contains("of an odd kind")).as("file %d: %s", i, why).isTrue();
					refusedByBoth += (wanted == null) ? 1 : 0;
				}
			}
		}
		assertThat(exact).as("files edited to the same bytes").isGreaterThan(FILES / 8);
		assertThat(refusedByBoth).as("files refused by both").isGreaterThan(FILES / 20);
	}

	private static byte @org.jspecify.annotations.Nullable [] apply(NovaConfEditor editor, Sample sample) {
		try {
			return editor.apply(sample.file(), sample.settings());
		}
		catch (Refused ex) {
			return null;
		}
	}

}
