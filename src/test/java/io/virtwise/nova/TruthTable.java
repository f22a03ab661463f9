package io.virtwise.nova;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The rows of {@code truth-table.yaml}, and the files that each of them stands for.
 */
final class TruthTable {

	private static final List<String> OPTIONS = List.of("compute_driver", "virt_type", "cpu_mode", "cpu_model",
			"cpu_models", "models", "flags");

	private static final List<String> OTHER_KEYS = List.of("row", "releases", "versions", "host", "result", "message",
			"mode");

	private TruthTable() {
	}

	static List<Row> rows() {
		try (InputStream in = Objects.requireNonNull(TruthTable.class.getResourceAsStream("truth-table.yaml"))) {
			List<Map<String, Object>> rows = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
			return rows.stream().map(Row::new).toList();
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	/**
	 * One row.
	 */
	record Row(Map<String, Object> entry) {

		Row {
			for (String key : entry.keySet()) {
				if (!OPTIONS.contains(key) && !OTHER_KEYS.contains(key)) {
					throw new IllegalArgumentException("unknown key " + key + " in " + entry);
				}
			}
		}

		String text(String key) {
			return String.valueOf(this.entry.getOrDefault(key, ""));
		}

		/** The releases it speaks about, as an operator would name them. */
		List<String> releases() {
			List<String> releases = new ArrayList<>();
			String range = text("releases");
			if (!range.isEmpty()) {
				String[] edges = range.split("-", -1);
				IntStream.rangeClosed(Integer.parseInt(edges[0]), Integer.parseInt(edges[1]))
					.forEach((major) -> NovaSeries.counted(major).ifPresent((series) -> releases.add(series.series())));
			}
			list("versions").forEach(releases::add);
			return releases;
		}

		/** The values of all options, one map for each file. */
		List<Map<String, String>> files(@Nullable NovaRelease release) {
			List<Map<String, String>> files = List.of(Map.of());
			for (String option : OPTIONS) {
				List<Map<String, String>> more = new ArrayList<>();
				for (String name : option.equals("models") ? List.of("cpu_models", "cpu_model") : List.of(option)) {
					for (String value : values(option, release)) {
						if (name.equals("cpu_model") && option.equals("models") && value.equals("unset")) {
							continue;
						}
						for (Map<String, String> file : files) {
							Map<String, String> wider = new LinkedHashMap<>(file);
							wider.put(name, value);
							more.add(wider);
						}
					}
				}
				files = this.entry.containsKey(option) ? more : files;
			}
			return files;
		}

		private static Stream<String> expanded(String value, @Nullable NovaRelease release) {
			return switch (value) {
				case "kq" -> Stream.of("unset", "kvm", "qemu");
				case "other" -> Stream.of("lxc", "parallels", "xen", "uml")
					.filter((type) -> release == null || release.virtTypes().contains(type)
							|| !release.choicesEnforced());
				default -> Stream.of(value);
			};
		}

		private List<String> values(String option, @Nullable NovaRelease release) {
			return list(option).flatMap((value) -> expanded(value, release)).toList();
		}

		private Stream<String> list(String key) {
			return ((List<?>) this.entry.getOrDefault(key, List.of())).stream().map(String::valueOf);
		}

	}

}
