package io.virtwise.facts.internal.sosreport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

import io.virtwise.shared.Refused;
import org.springframework.core.io.InputStreamSource;

/**
 * The known texts of a sosreport. The archive is read as a stream, nothing of it is
 * unpacked to disk or kept, and one report takes less than 64 MiB of memory.
 *
 * @param text the texts by their names, written as the collector writes them
 * @param files how many files they are
 * @param problems what was not read, in sentences
 */
public record SosReport(String text, int files, List<String> problems) {

	/** So many bytes an archive may have. */
	public static final long MAX_BYTES = ArchiveWalk.MOST_PACKED;

	/** Each takes memory and a processor; others wait. */
	private static final Semaphore TURNS = new Semaphore(2);

	public SosReport {
		problems = List.copyOf(problems);
	}

	/**
	 * Reads an archive.
	 * @param archive of any bytes, opened twice where links make it necessary
	 * @throws IOException if the upload itself cannot be opened; a broken archive is a
	 * problem, and what could be read before is there
	 */
	public static SosReport read(InputStreamSource archive) throws IOException {
		TURNS.acquireUninterruptibly();
		try {
			return readNow(archive);
		}
		finally {
			TURNS.release();
		}
	}

	private static SosReport readNow(InputStreamSource archive) throws IOException {
		try {
			ReportFiles report = ReportFiles.of(archive);
			Map<String, KeptFile> files = report.files();
			List<String> problems = new ArrayList<>(report.complaints());
			if (files.isEmpty() && problems.isEmpty()) {
				problems.add("It holds none of the files that are read of a sosreport.");
			}
			return new SosReport(new ReportSections(files).all(problems), files.size(), problems);
		}
		catch (ReportStopped ex) {
			List<String> problems = List.of(String.valueOf(ex.getMessage()));
			return new SosReport(new ReportSections(Map.of()).all(problems), 0, problems);
		}
	}

	/** Refuses an archive of this size if it is too large. */
	public static void checkSize(long bytes) {
		if (bytes > MAX_BYTES) {
			throw Refused.tooLarge("The sosreport is larger than " + MAX_BYTES / 1024 / 1024
					+ " MiB. Make a smaller one: sos report -o kernel,processor,hardware,block,virsh,libvirt,openstack_nova");
		}
	}

}
