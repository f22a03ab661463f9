package io.virtwise.nova;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.virtwise.shared.Refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Edits of a nova.conf: what changes, and that nothing else does.
 */
class NovaConfEditorTests {

	private final NovaConfEditor editor = new DocumentNovaConfEditor();

	@Test
	void changesTheValueAndNoOtherByte() {
		assertThat(
				edit("# ours\n[libvirt]\n; why\nvirt_type   =   qemu  \n\n\n[neutron]\nx=1\n", set("virt_type", "kvm")))
			.isEqualTo("# ours\n[libvirt]\n; why\nvirt_type   =   kvm\n\n\n[neutron]\nx=1\n");
	}

	@Test
	void changesOnlyTheLastOfRepeatedOptions() {
		assertThat(edit("[libvirt]\nvirt_type=a\n[x]\n[LIBVIRT]\nvirt_type: b\n", set("virt_type", "kvm")))
			.isEqualTo("[libvirt]\nvirt_type=a\n[x]\n[LIBVIRT]\nvirt_type: kvm\n");
	}

	@Test
	void changesNothingWhereTheValueIsInForceAlready() {
		String text = "[libvirt]\nvirt_type = qemu\nvirt_type = \"kvm\"\n";

		assertThat(edit(text, set("virt_type", "kvm"))).isEqualTo(text);
		assertThat(edit(text, set("cpu_mode", null))).isEqualTo(text);
		assertThat(edit(text)).isEqualTo(text);
	}

	@Test
	void replacesAValueWithItsContinuationLines() {
		assertThat(
				edit("[libvirt]\ncpu_models = Haswell,\n  Broadwell,\n\tIcelake\n# end\n", set("cpu_models", "EPYC")))
			.isEqualTo("[libvirt]\ncpu_models = EPYC\n# end\n");
	}

	@Test
	void takesOutEveryAssignmentWithItsContinuationLines() {
		assertThat(edit(
				"[libvirt]\ncpu_model = a\nx = 1\n[DEFAULT]\ncpu_model = stays\n[libvirt]\ncpu_model = b,\n  c\n\ny=2\n",
				set("cpu_model", null)))
			.isEqualTo("[libvirt]\nx = 1\n[DEFAULT]\ncpu_model = stays\n[libvirt]\n\ny=2\n");
	}

	@Test
	void putsAMissingOptionBelowTheLastOneOfItsSection() {
		assertThat(edit("[libvirt]\na=1\n[DEFAULT]\nb = 2\n\n[libvirt]\nc=3,\n  4\n# end\n\n[x]\ny = 1\n",
				set("virt_type", "kvm")))
			.isEqualTo(
					"[libvirt]\na=1\n[DEFAULT]\nb = 2\n\n[libvirt]\nc=3,\n  4\nvirt_type=kvm\n# end\n\n[x]\ny = 1\n");
	}

	@Test
	void putsAMissingOptionBelowTheHeaderOfASectionOfComments() {
		assertThat(edit("[libvirt]\n\n# From nova.conf\n#virt_type = kvm\n\n[x]\n", set("virt_type", "kvm")))
			.isEqualTo("[libvirt]\nvirt_type = kvm\n\n# From nova.conf\n#virt_type = kvm\n\n[x]\n");
	}

	@Test
	void appendsAMissingSection() {
		assertThat(edit("[DEFAULT]\na=1\n", set("virt_type", "kvm"), set("cpu_mode", "none")))
			.isEqualTo("[DEFAULT]\na=1\n\n[libvirt]\nvirt_type=kvm\ncpu_mode=none\n");
		assertThat(edit("", set("virt_type", "kvm"))).isEqualTo("[libvirt]\nvirt_type = kvm\n");
		assertThat(edit("[default]\n\n", new Setting("DEFAULT", "compute_driver", "libvirt.LibvirtDriver")))
			.isEqualTo("[default]\n\n[DEFAULT]\ncompute_driver = libvirt.LibvirtDriver\n");
	}

	@Test
	void keepsCarriageReturns() {
		assertThat(edit("[libvirt]\r\nvirt_type = qemu\r\nx = 1\r\n", set("virt_type", "kvm"), set("cpu_mode", "none"),
				new Setting("DEFAULT", "compute_driver", "y")))
			.isEqualTo(
					"[libvirt]\r\nvirt_type = kvm\r\nx = 1\r\ncpu_mode = none\r\n\r\n[DEFAULT]\r\ncompute_driver = y\r\n");
	}

	@Test
	void keepsAMissingNewlineAtTheEndUnlessALineFollows() {
		assertThat(edit("[libvirt]\nvirt_type = qemu", set("virt_type", "kvm")))
			.isEqualTo("[libvirt]\nvirt_type = kvm");
		assertThat(edit("[libvirt]\ncpu_models = a,\n  b", set("cpu_models", "c")))
			.isEqualTo("[libvirt]\ncpu_models = c");
		assertThat(edit("[libvirt]\r\na = 1", set("virt_type", "kvm")))
			.isEqualTo("[libvirt]\r\na = 1\r\nvirt_type = kvm\r\n");
		assertThat(edit("[libvirt]", set("virt_type", "kvm"))).isEqualTo("[libvirt]\nvirt_type = kvm\n");
		assertThat(edit("[x]\na=1", set("virt_type", "kvm"))).isEqualTo("[x]\na=1\n\n[libvirt]\nvirt_type=kvm\n");
	}

	@Test
	void fillsAndEmptiesAValue() {
		assertThat(edit("[libvirt]\ncpu_mode=\n", set("cpu_mode", "none"))).isEqualTo("[libvirt]\ncpu_mode=none\n");
		assertThat(edit("[libvirt]\ncpu_mode =\n", set("cpu_mode", "none"))).isEqualTo("[libvirt]\ncpu_mode = none\n");
		assertThat(edit("[libvirt]\ncpu_mode = none\n", set("cpu_mode", ""))).isEqualTo("[libvirt]\ncpu_mode =\n");
	}

	@Test
	void keepsBytesThatAreNotUtf8() {
		byte[] before = "[libvirt]\n# caf\u00E9\nx = \u00FF\u00FE\nvirt_type = qemu\n"
			.getBytes(StandardCharsets.ISO_8859_1);

		byte[] after = this.editor.apply(before, List.of(set("virt_type", "kvm")));

		assertThat(after).isEqualTo(
				"[libvirt]\n# caf\u00E9\nx = \u00FF\u00FE\nvirt_type = kvm\n".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(this.editor.unifiedDiff("nova.conf", before, after)).isEqualTo("""
				--- nova.conf
				+++ nova.conf
				@@ -1,4 +1,4 @@
				 [libvirt]
				 # caf\\xE9
				 x = \\xFF\\xFE
				-virt_type = qemu
				+virt_type = kvm
				""");
	}

	@Test
	void refusesAFileThatNovaCannotReadAndNamesTheLine() {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> edit("[libvirt] # x\n", set("virt_type", "kvm")))
			.withMessageContaining("line 1, Invalid section (must end with ])")
			.satisfies((refused) -> assertThat(refused.kind()).isEqualTo(Refused.Kind.CONFLICT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "kvm\n[DEFAULT]\nx=1", "kvm ", "\"kvm\"", "kvm\r" })
	void refusesValuesThatWouldReadBackDifferently(String value) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> edit("[libvirt]\n", set("virt_type", value)));
	}

	@Test
	void showsNoDifferenceOfEqualFiles() {
		assertThat(diff("a\nb\n", "a\nb\n")).isEmpty();
	}

	@Test
	void showsThreeLinesOfContext() {
		assertThat(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nV\n6\n7\n8\n9\n"))
			.isEqualTo("--- /f\n+++ /f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+V\n 6\n 7\n 8\n");
	}

	@Test
	void marksALastLineWithoutNewline() {
		assertThat(diff("a\nb", "a\nc\n"))
			.isEqualTo("--- /f\n+++ /f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n");
		assertThat(diff("a\nb", "a\nb\n"))
			.isEqualTo("--- /f\n+++ /f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
		assertThat(diff("x\nb", "y\nb"))
			.isEqualTo("--- /f\n+++ /f\n@@ -1,2 +1,2 @@\n-x\n+y\n b\n\\ No newline at end of file\n");
	}

	@Test
	void showsAFileThatWasEmpty() {
		assertThat(diff("", "a\nb\n")).isEqualTo("--- /f\n+++ /f\n@@ -0,0 +1,2 @@\n+a\n+b\n");
		assertThat(diff("a\n", "")).isEqualTo("--- /f\n+++ /f\n@@ -1,1 +0,0 @@\n-a\n");
	}

	private String diff(String before, String after) {
		return this.editor.unifiedDiff("/f", before.getBytes(StandardCharsets.UTF_8),
				after.getBytes(StandardCharsets.UTF_8));
	}

	private String edit(String text, Setting... settings) {
		byte[] after = this.editor.apply(text.getBytes(StandardCharsets.UTF_8), List.of(settings));
		return new String(after, StandardCharsets.UTF_8);
	}

	private static Setting set(String option, @org.jspecify.annotations.Nullable String value) {
		return new Setting("libvirt", option, value);
	}

}
