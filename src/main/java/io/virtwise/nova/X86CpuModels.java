package io.virtwise.nova;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The x86 CPU models that libvirt knows by name, and the CPU features of each. With it we
 * can tell what libvirt answers when nova, at its start, has it compare a model with the
 * host: a host fits a model if it has all its features.
 */
public final class X86CpuModels {

	/** The libvirt, as it counts, that knows every model which has no heading. */
	private static final int LIBVIRT = 9_000_000;

	private static final String TABLE = "x86-cpu-models.txt";

	private static final List<String> MADE_UP = List.of("qemu", "kvm", "cpu64", "486");

	private static final List<String> OF_AMD = List.of("athlon", "phenom", "opteron", "epyc");

	private static final X86CpuModels KNOWN = new X86CpuModels();

	private final Map<String, Set<String>> byName = new HashMap<>();

	private final Set<String> features = new HashSet<>();

	private final List<String> names = new ArrayList<>();

	private final Map<String, Integer> since = new HashMap<>();

	private int heading = LIBVIRT;

	private X86CpuModels() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(Objects.requireNonNull(X86CpuModels.class.getResourceAsStream(TABLE), TABLE),
						StandardCharsets.US_ASCII))) {
			lines.lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).forEach(this::read);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read(String line) {
		String[] words = line.split(" ", -1);
		if (words[0].equals("also")) {
			this.features.addAll(Set.of(words));
			this.features.remove("also");
			return;
		}
		if (words[0].equals("since")) {
			this.heading = counted(words[1]);
			return;
		}
		boolean part = words[0].equals("part");
		Set<String> features = new HashSet<>();
		for (int at = part ? 3 : 2; at < words.length; at++) {
			String word = words[at];
			switch (word.charAt(0)) {
				case '+' -> features.add(word.substring(1));
				case '-' -> features.remove(word.substring(1));
				default -> features.addAll(Objects.requireNonNull(this.byName.get(folded(word)), line));
			}
		}
		this.byName.put(folded(words[part ? 1 : 0]), Set.copyOf(features));
		if (!part) {
			this.names.add(words[0]);
			this.since.put(folded(words[0]), this.heading);
			if (this.heading == LIBVIRT) {
				this.features.addAll(features);
			}
		}
	}

	private static int counted(String version) {
		int counted = 0;
		for (String number : version.split("\\.", -1)) {
			counted = counted * 1000 + Integer.parseInt(number);
		}
		return counted;
	}

	/** The features of a model, its name in any case; empty where we do not know it. */
	public static Optional<Set<String>> features(String model) {
		String name = folded(model);
		return KNOWN.since.containsKey(name) ? Optional.of(Objects.requireNonNull(KNOWN.byName.get(name), name))
				: Optional.empty();
	}

	/** Whether a libvirt of this version, as it counts, surely knows the name. */
	public static boolean knows(int libvirt, String model) {
		Integer since = KNOWN.since.get(folded(model));
		return since != null && libvirt >= since;
	}

	/** Whether every libvirt that matters knows a CPU feature of that name. */
	public static boolean isFeature(String name) {
		return KNOWN.features.contains(name);
	}

	/**
	 * All models from old to new. A model that has everything that another one has, and
	 * more, comes after it; what it gives guests that run guests themselves counts last,
	 * because old models say nothing of that.
	 */
	public static List<String> oldToNew() {
		return KNOWN.names.stream()
			.sorted(Comparator.comparing(X86CpuModels::ownFeatures)
				.thenComparing((name) -> features(name).orElseThrow().size())
				.thenComparing(Comparator.naturalOrder()))
			.toList();
	}

	private static long ownFeatures(String name) {
		return features(name).orElseThrow().stream().filter((one) -> !one.startsWith("vmx-")).count();
	}

	/**
	 * Who made the processors that a model is named after, as libvirt spells it; empty
	 * for one that QEMU made up, and one that we do not know.
	 */
	public static Optional<String> vendor(String model) {
		String name = folded(model);
		if (!KNOWN.since.containsKey(name) || MADE_UP.stream().anyMatch(name::startsWith)) {
			return Optional.empty();
		}
		if (name.equals("dhyana")) {
			return Optional.of("Hygon");
		}
		return Optional.of(OF_AMD.stream().anyMatch(name::startsWith) ? "AMD" : "Intel");
	}

	private static String folded(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
