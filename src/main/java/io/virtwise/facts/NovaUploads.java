package io.virtwise.facts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.virtwise.shared.Refused.FieldFault;
import org.springframework.web.multipart.MultipartFile;

/**
 * Files of nova that somebody chose all at once, brought into nova's reading order: a
 * browser hands them over in an order of its own.
 */
final class NovaUploads {

	/** The field for them. */
	static final String FIELD = "nova-conf-file";

	private static final int MOST = 100;

	/** Each of these is read after the one before it, and all other files after them. */
	private static final List<String> FIRST = List.of("nova-dist.conf", "nova.conf", "nova-compute.conf");

	private static final Comparator<Evidence.Item> READING_ORDER = Comparator
		.comparingInt(
				(Evidence.Item item) -> FIRST.contains(item.source()) ? FIRST.indexOf(item.source()) : FIRST.size())
		.thenComparing(Evidence.Item::source);

	private NovaUploads() {
	}

	/**
	 * Reads the files.
	 * @param faults takes what cannot be taken
	 */
	static List<Evidence.Item> read(List<MultipartFile> files, List<FieldFault> faults) throws IOException {
		List<MultipartFile> chosen = files.stream().filter((file) -> !name(file).isEmpty()).toList();
		long size = chosen.stream().mapToLong(MultipartFile::getSize).sum();
		if (chosen.size() > MOST || size > EvidenceParts.MAX_BYTES) {
			faults.add(new FieldFault(FIELD,
					"are more than " + MOST + " files or larger than " + EvidenceParts.MAX_BYTES / 1024 / 1024
							+ " MiB, which no configuration of nova is; choose only those that nova-compute reads"));
			return List.of();
		}
		List<Evidence.Item> items = new ArrayList<>();
		for (MultipartFile file : chosen) {
			String name = name(file);
			if (items.stream().anyMatch((item) -> item.source().equals(name))) {
				faults.add(new FieldFault(FIELD, "holds " + name + " twice; choose each file once"));
			}
			try (InputStream content = file.getInputStream()) {
				String text = new String(content.readNBytes(EvidenceParts.MAX_BYTES), StandardCharsets.UTF_8);
				items.add(new Evidence.Item(EvidenceKind.NOVA_CONF, name, text));
			}
		}
		items.sort(READING_ORDER);
		return List.copyOf(items);
	}

	/**
	 * All of them in the order in which nova reads them.
	 */
	static List<Evidence.Item> inReadingOrder(List<Evidence.Item> pasted, List<Evidence.Item> uploaded) {
		List<Evidence.Item> all = new ArrayList<>(pasted);
		all.addAll(uploaded);
		all.sort(READING_ORDER);
		return List.copyOf(all);
	}

	private static String name(MultipartFile file) {
		String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
		return EvidenceParts.shown(name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1));
	}

}
