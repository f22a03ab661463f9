package io.virtwise.authoring.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import io.virtwise.rules.RuleSource;
import io.virtwise.shared.Refused;

/**
 * A rulebase as a zip archive, out and in. The same files give the same archive, byte for
 * byte. What comes in is hostile until it is read.
 */
final class RulebaseZip {

	/** How large an archive may be. */
	static final int MAX_BYTES = 4 * 1024 * 1024;

	/** How much all texts of an archive may come to. */
	private static final long MAX_UNPACKED = 16L * 1024 * 1024;

	private static final int MAX_FILE = 4 * RulePath.MAX_TEXT;

	private static final String FOLDER = "rules/";

	private static final int END_BYTES = 22;

	private static final int MAX_COMMENT = 0xffff;

	/** The least that the format can say. */
	private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

	private RulebaseZip() {
	}

	static byte[] write(List<RuleSource> files) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
			for (RuleSource file : files) {
				ZipEntry entry = new ZipEntry(FOLDER + file.path());
				entry.setTimeLocal(NO_TIME);
				zip.putNextEntry(entry);
				zip.write(file.text().getBytes(StandardCharsets.UTF_8));
				zip.closeEntry();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("an archive in memory cannot fail", ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * The files of an archive. A folder {@code rules/} around them is taken off; anything
	 * that is not a file of a rulebase is refused, so that nothing is left out unseen.
	 */
	static List<RuleSource> read(byte[] archive) {
		if (archive.length > MAX_BYTES) {
			throw Refused.tooLarge("The archive has more than " + MAX_BYTES + " bytes.");
		}
		List<RuleSource> files = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		long total = 0;
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
			if (!hasEnd(archive)) {
				throw new IOException("the archive was cut off");
			}
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				if (entry.isDirectory()) {
					checkFolder(entry.getName());
					continue;
				}
				String path = path(entry.getName());
				if (!seen.add(path)) {
					throw Refused.invalid("file", "holds " + path + " twice");
				}
				if (seen.size() > RulePath.MAX_FILES) {
					throw Refused.tooLarge("The archive holds more than " + RulePath.MAX_FILES + " files.");
				}
				byte[] text = unpack(zip, path);
				total += text.length;
				if (total > MAX_UNPACKED) {
					throw Refused.tooLarge("The archive unpacks to more than " + MAX_UNPACKED + " bytes.");
				}
				files.add(new RuleSource(path, text(path, text)));
			}
		}
		catch (IOException | IllegalArgumentException ex) {
			throw Refused.invalid("file", "is no zip archive that can be read");
		}
		if (files.isEmpty()) {
			throw Refused.invalid("file", "is no zip archive with files in it");
		}
		return files;
	}

	/**
	 * Whether the record is there that every archive ends with; one that was cut off
	 * between two files would otherwise look whole.
	 */
	private static boolean hasEnd(byte[] archive) {
		for (int i = archive.length - END_BYTES; i >= Math.max(0, archive.length - END_BYTES - MAX_COMMENT); i--) {
			if (archive[i] == 'P' && archive[i + 1] == 'K' && archive[i + 2] == 5 && archive[i + 3] == 6) {
				return true;
			}
		}
		return false;
	}

	/** A text from bytes that must be UTF-8. */
	static String text(String path, byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return RulePath.check(path, text);
		}
		catch (CharacterCodingException ex) {
			throw Refused.invalid(path, "is no text in UTF-8; save it as UTF-8");
		}
	}

	private static byte[] unpack(InputStream zip, String path) throws IOException {
		byte[] text = zip.readNBytes(MAX_FILE + 1);
		if (text.length > MAX_FILE) {
			throw Refused.tooLarge(path + " unpacks to more than " + MAX_FILE + " bytes.");
		}
		return text;
	}

	private static void checkFolder(String name) {
		if (!name.equals(FOLDER)) {
			throw Refused.invalid("file", "holds a folder other than rules/; a rulebase has no folders");
		}
	}

	private static String path(String name) {
		String path = name.startsWith(FOLDER) ? name.substring(FOLDER.length()) : name;
		if (!RulePath.valid(path)) {
			throw Refused.invalid("file",
					"holds something that is no file of a rulebase; take out everything but *.drl, *.cases.yaml,"
							+ " base-nodes.yaml and index.yaml");
		}
		return path;
	}

}
