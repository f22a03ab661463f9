package io.virtwise.nova;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.virtwise.nova.NovaConf.Assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The real oslo.config judges: we read every file as it does, complaint for complaint,
 * and after an edit of ours it finds exactly what was asked for.
 */
class OsloConfigIT {

	private static final int FILES = 2000;

	private static final Map<String, List<String>> ASKED = Map.of("DEFAULT/compute_driver", List.of("compute_driver"),
			"DEFAULT/debug", List.of("debug"), "libvirt/virt_type", List.of("virt_type"), "libvirt/cpu_mode",
			List.of("cpu_mode"), "libvirt/cpu_models", List.of("cpu_models", "cpu_model"));

	@TempDir
	private Path folder;

	private final NovaConfEditor editor = new DocumentNovaConfEditor();

	@BeforeEach
	void judgeIsThere() {
		OsloConfig.assumeInstalled();
	}

	@Test
	void readsTheDialectCasesAsItDoes() throws Exception {
		assertReadAlike(dialect());
	}

	@Test
	void readsRealFilesAsItDoes() throws Exception {
		List<byte[]> files = new ArrayList<>();
		for (Path file : Corpus.files("nova.conf")) {
			files.add(Files.readAllBytes(file));
		}

		int readable = assertReadAlike(files);

		assertThat(readable).isBetween(8, files.size() - 1);
	}

	@Test
	void readsGeneratedFilesAsItDoes() throws Exception {
		GeneratedNovaConf generated = new GeneratedNovaConf(3);
		List<byte[]> files = new ArrayList<>();
		for (int i = 0; i < FILES; i++) {
			files.add(generated.nextFile());
		}

		int readable = assertReadAlike(files);

		assertThat(readable).isBetween(FILES / 2, FILES * 9 / 10);
	}

	@Test
	void readsSeveralFilesInTheirOrderAsItDoes() throws Exception {
		OsloConfig judge = new OsloConfig(this.folder);
		GeneratedNovaConf generated = new GeneratedNovaConf(4);
		List<List<Path>> items = new ArrayList<>();
		List<NovaConfFiles> ours = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			List<Path> paths = new ArrayList<>();
			List<NovaConf> parsed = new ArrayList<>();
			for (int n = 0; n < 3; n++) {
				byte[] content = generated.nextFile();
				paths.add(judge.file(i + "-" + n + ".conf", content));
				parsed.add(NovaConf.parse(content, paths.get(n).toString()));
			}
			items.add(paths);
			ours.add(new NovaConfFiles(parsed));
		}

		List<JsonNode> judged = judge.judge(items);

		for (int i = 0; i < items.size(); i++) {
			assertServiceSees(judged.get(i), ours.get(i));
		}
	}

	@Test
	void findsExactlyTheIntendedChangeInEditedFiles() throws Exception {
		GeneratedNovaConf generated = new GeneratedNovaConf(5);
		List<byte[]> before = new ArrayList<>();
		List<List<Setting>> settings = new ArrayList<>();
		for (Path file : realFiles()) {
			before.add(Files.readAllBytes(file));
			settings
				.add(List.of(new Setting("libvirt", "virt_type", "qemu"), new Setting("libvirt", "cpu_mode", "none"),
						new Setting("DEFAULT", "compute_driver", "libvirt.LibvirtDriver"),
						new Setting("libvirt", "cpu_models", null)));
		}
		while (before.size() < FILES) {
			byte[] file = generated.nextFile();
			if (NovaConf.parse(file, "f").fault().isEmpty()) {
				before.add(file);
				settings.add(generated.nextSettings());
			}
		}
		List<byte[]> after = new ArrayList<>();
		for (int i = 0; i < before.size(); i++) {
			after.add(this.editor.apply(before.get(i), settings.get(i)));
		}

		List<JsonNode> old = judge(before);
		List<JsonNode> now = judge(after);

		for (int i = 0; i < before.size(); i++) {
			Map<String, List<String>> expected = byLookup(old.get(i));
			Map<String, List<String>> found = byLookup(now.get(i));
			for (Setting setting : settings.get(i)) {
				String name = NovaConf.normalized(setting.section()) + "/" + setting.option();
				List<String> values = found.remove(name);
				assertThat((values != null) ? values.get(values.size() - 1) : null).as(name).isEqualTo(setting.value());
				expected.remove(name);
			}
			assertThat(found).isEqualTo(expected);
		}
	}

	@Test
	void writesDiffsThatPatchTakes() throws Exception {
		assumeThat(Path.of("/usr/bin/patch")).as("the package patch is not installed").exists();
		GeneratedNovaConf generated = new GeneratedNovaConf(6);
		int patched = 0;
		while (patched < 150) {
			byte[] before = generated.nextFile();
			NovaConf conf = NovaConf.parse(before, "f");
			if (conf.fault().isPresent() || conf.firstLineNotUtf8().isPresent()) {
				continue;
			}
			byte[] after = this.editor.apply(before, generated.nextSettings());
			String diff = this.editor.unifiedDiff("nova.conf", before, after);
			assertThat(diff.isEmpty()).isEqualTo(java.util.Arrays.equals(before, after));
			if (!diff.isEmpty()) {
				assertThat(patched(before, diff)).as(diff).isEqualTo(after);
				patched++;
			}
		}
	}

	/** On the files of the dialect, the real ones, and so many generated ones. */
	@Test
	void changesWhatIsIntendedAndNoOtherByte() throws Exception {
		List<byte[]> files = new ArrayList<>(dialect());
		for (Path file : Corpus.files("nova.conf")) {
			files.add(Files.readAllBytes(file));
		}
		GeneratedNovaConf generated = new GeneratedNovaConf(8);
		for (int i = 0; i < FILES; i++) {
			files.add(generated.nextFile());
		}
		List<LosslessEdit> edits = files.stream().flatMap((file) -> LosslessEdit.of(file).stream()).toList();
		List<byte[]> after = new ArrayList<>();
		for (LosslessEdit edit : edits) {
			byte[] edited = edit.applied(this.editor);
			edit.requireNoOtherByte(edited);
			after.add(edited);
		}

		List<JsonNode> old = judge(edits.stream().map(LosslessEdit::before).toList());
		List<JsonNode> now = judge(after);

		for (int i = 0; i < edits.size(); i++) {
			Map<String, List<String>> expected = byLookup(old.get(i));
			Map<String, List<String>> found = byLookup(now.get(i));
			Setting setting = edits.get(i).setting();
			String name = setting.section() + "/" + setting.option();
			List<String> values = found.remove(name);
			assertThat((values != null) ? values.get(values.size() - 1) : null).as(name).isEqualTo(setting.value());
			expected.remove(name);
			assertThat(found).as(edits.get(i)::toString).isEqualTo(expected);
		}
		System.out.println("edits judged by oslo.config: " + edits.size() + " on " + files.size() + " files");
		assertThat(edits).hasSizeGreaterThan(2 * FILES);
	}

	private static List<byte[]> dialect() {
		List<byte[]> files = new ArrayList<>();
		JsonMapper.builder()
			.build()
			.readTree(Corpus.folder("ini-dialect").resolve("cases.json"))
			.forEach((one) -> files.add(one.get("lines")
				.valueStream()
				.map(JsonNode::stringValue)
				.collect(Collectors.joining("\n"))
				.getBytes(StandardCharsets.UTF_8)));
		return files;
	}

	private byte[] patched(byte[] before, String diff) throws IOException, InterruptedException {
		Path file = Files.write(this.folder.resolve("nova.conf"), before);
		Path patch = Files.writeString(this.folder.resolve("nova.diff"), diff);
		Process process = new ProcessBuilder("patch", "--binary", "--fuzz=0", "-s", file.toString(), patch.toString())
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("patch.out").toFile())
			.start();
		assertThat(process.waitFor()).as(() -> diff + "\n" + this.folder).isZero();
		return Files.readAllBytes(file);
	}

	private List<Path> realFiles() {
		return Corpus.files("nova.conf").stream().filter((file) -> {
			try {
				return NovaConf.parse(Files.readAllBytes(file), "f").fault().isEmpty();
			}
			catch (IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
		}).toList();
	}

	private List<JsonNode> judge(List<byte[]> files) throws IOException, InterruptedException {
		OsloConfig judge = new OsloConfig(this.folder);
		List<List<Path>> items = new ArrayList<>();
		for (int i = 0; i < files.size(); i++) {
			items.add(List.of(judge.file(i + ".conf", files.get(i))));
		}
		return judge.judge(items);
	}

	private int assertReadAlike(List<byte[]> files) throws IOException, InterruptedException {
		List<JsonNode> judged = judge(files);
		int readable = 0;
		for (int i = 0; i < files.size(); i++) {
			NovaConf ours = NovaConf.parse(files.get(i), this.folder.resolve(i + ".conf").toString());
			String shown = new String(files.get(i), StandardCharsets.UTF_8);
			JsonNode theirs = judged.get(i);
			if (theirs.has("error")) {
				JsonNode error = theirs.get("error");
				assertThat(ours.fault()).as(shown).hasValueSatisfying((fault) -> {
					assertThat(fault.line()).isEqualTo(error.get("line").intValue());
					assertThat(fault.message()).isEqualTo(error.get("message").stringValue());
					assertThat(fault.sentence()).isEqualTo(error.get("sentence").stringValue());
				});
			}
			else {
				assertThat(ours.fault()).as(shown).isEmpty();
				assertThat(ours.sections()).as(shown).isEqualTo(sections(theirs));
				readable++;
			}
			assertServiceSees(theirs, new NovaConfFiles(List.of(ours)));
		}
		System.out.println("read as oslo.config reads: " + files.size() + " files, " + readable + " of them readable");
		return readable;
	}

	/**
	 * What a service on Python 3 would get, or die of, through oslo.config's front door.
	 */
	private void assertServiceSees(JsonNode theirs, NovaConfFiles ours) {
		if (theirs.has("effective_error")) {
			assertThat(ours.fault()).map(NovaConf.Fault::sentence)
				.contains(theirs.get("effective_error").stringValue());
		}
		else if (theirs.has("not_utf8")) {
			assertThat(ours.files()).anyMatch((file) -> file.firstLineNotUtf8().isPresent());
		}
		else {
			assertThat(ours.files()).allMatch((file) -> file.firstLineNotUtf8().isEmpty());
			Map<String, @Nullable String> values = new TreeMap<>();
			ASKED.forEach((name, names) -> {
				Optional<Assignment> found = ours.effective(name.substring(0, name.indexOf('/')),
						names.toArray(String[]::new));
				values.put(name, found.map(Assignment::value).orElse(null));
			});
			Map<String, @Nullable String> expected = new TreeMap<>();
			theirs.get("effective")
				.forEachEntry((name, value) -> expected.put(name, value.isNull() ? null : value.stringValue()));
			assertThat(values).isEqualTo(expected);
		}
	}

	private static Map<String, List<String>> byLookup(JsonNode judged) {
		Map<String, List<String>> values = new TreeMap<>();
		sections(judged).forEach((section,
				options) -> options.forEach((option, all) -> values
					.computeIfAbsent(NovaConf.normalized(section) + "/" + option, (name) -> new ArrayList<>())
					.addAll(all)));
		return values;
	}

	private static Map<String, Map<String, List<String>>> sections(JsonNode judged) {
		assertThat(judged.has("sections")).as(judged::toString).isTrue();
		Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
		judged.get("sections").forEachEntry((section, options) -> {
			Map<String, List<String>> byOption = new LinkedHashMap<>();
			options.forEachEntry(
					(option, values) -> byOption.put(option, values.valueStream().map(JsonNode::stringValue).toList()));
			sections.put(section, byOption);
		});
		return sections;
	}

}
