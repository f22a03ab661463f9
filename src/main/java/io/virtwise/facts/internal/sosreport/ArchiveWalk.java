package io.virtwise.facts.internal.sosreport;

import java.io.IOException;
import java.io.InputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * Goes once through an archive, entry by entry, and unpacks nothing to disk. A broken
 * archive ends the walk, with everything before the break visited.
 */
final class ArchiveWalk {

	/** The contract's limit for an upload. */
	static final long MOST_PACKED = 256L * 1024 * 1024;

	private static final int MOST_ENTRIES = 500_000;

	/** So much may files with holes hold, which take next to no room in the archive. */
	private static final long MOST_SPARSE = 512L * 1024 * 1024;

	private static final int BLOCK = 10_240;

	private static final int RECORD = 512;

	private final Visitor visitor;

	private int entries;

	private long sparse;

	private ArchiveWalk(Visitor visitor) {
		this.visitor = visitor;
	}

	/**
	 * Visits all entries.
	 * @return why the walk ended before the archive's end, {@code null} if it did not
	 */
	static @Nullable String of(InputStreamSource archive, Visitor visitor) throws IOException {
		try (InputStream upload = archive.getInputStream()) {
			return new ArchiveWalk(visitor).walk(new CountedStream(upload, MOST_PACKED));
		}
	}

	private @Nullable String walk(CountedStream packed) {
		InflatedStream inflated = null;
		try {
			inflated = new InflatedStream(Packing.unpacked(packed), packed);
			entries(inflated);
			if (inflated.ended()) {
				return null;
			}
			return (this.entries > 0) ? "The end of the archive is missing." : noArchive(packed);
		}
		catch (ReportStopped ex) {
			return ex.getMessage();
		}
		catch (IOException ex) {
			boolean none = this.entries == 0 && isNoArchive(inflated) && !Packing.asksTooMuch(ex);
			return none ? noArchive(packed) : Packing.sentence(ex);
		}
		catch (RuntimeException ex) {
			// the libraries promise IOException for odd bytes, and do not always keep it
			return (this.entries == 0) ? noArchive(packed) : "The archive is broken.";
		}
	}

	private static boolean isNoArchive(@Nullable InflatedStream inflated) {
		return inflated == null || inflated.count() <= RECORD;
	}

	private static String noArchive(CountedStream packed) {
		return (packed.count() == 0) ? "The file is empty."
				: "This is no sosreport: it is neither tar nor tar.gz, tar.bz2 or tar.xz, or its beginning is broken.";
	}

	private void entries(InflatedStream inflated) throws IOException {
		// not closed: the upload is its maker's, and closing would read it to its end
		TarArchiveInputStream tar = new TarArchiveInputStream(inflated, BLOCK, RECORD, "UTF-8", true);
		for (TarArchiveEntry entry = next(tar, inflated); entry != null; entry = next(tar, inflated)) {
			this.entries++;
			if (this.entries > MOST_ENTRIES) {
				throw new ReportStopped("It has more than " + MOST_ENTRIES + " entries; the rest was not read.");
			}
			String path = ReportPath.normal(entry.getName());
			if (path != null) {
				visit(entry, path, tar);
			}
			while (tar.skip(Long.MAX_VALUE) > 0) {
				// what the visitor left, so that what follows is read as a header
			}
		}
	}

	private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, InflatedStream inflated)
			throws IOException {
		inflated.headerBegins();
		TarArchiveEntry entry = tar.getNextEntry();
		inflated.headerEnded();
		return entry;
	}

	private void visit(TarArchiveEntry entry, String path, TarArchiveInputStream tar) throws IOException {
		if (entry.isSymbolicLink() || entry.isLink()) {
			this.visitor.link(path, entry.getLinkName(), entry.isLink());
		}
		else if (isText(entry) && tar.canReadEntryData(entry)) {
			this.visitor.file(path, tar);
		}
	}

	/** Devices and pipes hold nothing, and what is mostly holes is no text. */
	private boolean isText(TarArchiveEntry entry) {
		boolean text = entry.isFile() && !entry.isCharacterDevice() && !entry.isBlockDevice() && !entry.isFIFO();
		if (!text || !entry.isSparse()) {
			return text;
		}
		long size = entry.getRealSize();
		boolean fits = size > 0 && size <= MOST_SPARSE - this.sparse;
		this.sparse += fits ? size : 0;
		return fits;
	}

	/**
	 * What looks at the entries.
	 */
	interface Visitor {

		/** A regular file; whatever is not read of it is passed over. */
		void file(String path, InputStream content) throws IOException;

		/** A link, with its target as it is written there. */
		void link(String path, String target, boolean hard);

	}

}
