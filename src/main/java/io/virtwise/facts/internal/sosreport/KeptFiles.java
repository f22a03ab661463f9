package io.virtwise.facts.internal.sosreport;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The files that were read so far, by their path in the archive, within what one report
 * may keep.
 */
final class KeptFiles {

	/** For texts that tell facts. */
	private static final int MOST_FACTS = 6 * 1024 * 1024;

	/** For logs. */
	private static final int MOST_LOGS = 4 * 1024 * 1024;

	private static final int MOST_FILES = 3000;

	/** A packed log in the report is unpacked so far. */
	private static final long MOST_OF_A_LOG = 256L * 1024 * 1024;

	private final Map<String, KeptFile> files = new HashMap<>();

	private final Set<String> complaints = new LinkedHashSet<>();

	private int facts;

	private int logs;

	/** Reads a file, in the place of one that the archive had at the same path. */
	void take(String archivePath, KnownFile kind, String path, InputStream content) throws IOException {
		drop(archivePath);
		if (this.files.size() >= MOST_FILES) {
			this.complaints.add("It has more than " + MOST_FILES + " files of those that are read.");
			return;
		}
		KeptFile file = kind.isLog() ? log(kind, path, content) : whole(kind, path, content);
		boolean fits = kind.isLog() ? this.logs + file.bytes().length <= MOST_LOGS
				: this.facts + file.bytes().length <= MOST_FACTS;
		if (!fits) {
			this.complaints.add(path + " was left out: there is more text in the report than is read of one.");
			return;
		}
		add(archivePath, file);
		if (kind == KnownFile.COMPUTE_LOG || kind == KnownFile.LIBVIRT_LOG) {
			RotatedLogs.oldestBeyond(this.files, kind).forEach(this::drop);
		}
	}

	private static KeptFile whole(KnownFile kind, String path, InputStream content) throws IOException {
		byte[] bytes = content.readNBytes(kind.limit() + 1);
		boolean tooLong = bytes.length > kind.limit();
		return new KeptFile(kind, path, tooLong ? new byte[0] : bytes, tooLong, 0);
	}

	private KeptFile log(KnownFile kind, String path, InputStream content) throws IOException {
		boolean packed = path.endsWith(".gz");
		try {
			LogTail tail = LogTail.of(packed ? Packing.gzip(content) : content, kind.limit(), kind == KnownFile.JOURNAL,
					packed ? MOST_OF_A_LOG : Long.MAX_VALUE);
			return new KeptFile(kind, path, tail.bytes(), false, tail.linesBefore());
		}
		catch (ReportStopped ex) {
			throw ex;
		}
		catch (IOException ex) {
			if (!packed) {
				throw ex;
			}
			// if it is the archive itself that is broken, its next header says so
			this.complaints.add(path + " could not be unpacked.");
			return new KeptFile(kind, path, new byte[0], false, 0);
		}
	}

	/** Puts a file that is kept already at another place as well. */
	void add(String archivePath, KeptFile file) {
		this.files.put(archivePath, file);
		this.facts += file.kind().isLog() ? 0 : file.bytes().length;
		this.logs += file.kind().isLog() ? file.bytes().length : 0;
	}

	private void drop(String archivePath) {
		KeptFile file = this.files.remove(archivePath);
		if (file != null) {
			this.facts -= file.kind().isLog() ? 0 : file.bytes().length;
			this.logs -= file.kind().isLog() ? file.bytes().length : 0;
		}
	}

	/** All files. */
	Map<String, KeptFile> files() {
		return this.files;
	}

	/** What could not be kept, in sentences. */
	Set<String> complaints() {
		return this.complaints;
	}

}
