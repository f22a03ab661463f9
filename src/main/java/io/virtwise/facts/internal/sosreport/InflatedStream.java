package io.virtwise.facts.internal.sosreport;

import java.io.IOException;
import java.io.InputStream;

/**
 * The unpacked bytes of an archive, watched: how many they are altogether, how many for
 * each packed byte, and how many a single header takes. Each of the three is how a small
 * upload would eat a large machine.
 */
final class InflatedStream extends InputStream {

	/** A report unpacks to less. */
	static final long MOST_BYTES = 2L * 1024 * 1024 * 1024;

	/** Text is packed to a twentieth; logs that repeat themselves to much less. */
	private static final int MOST_PER_BYTE = 200;

	/** Up to here nobody asks how well it was packed. */
	private static final long UNSUSPECTED = 64L * 1024 * 1024;

	/**
	 * A name, a link's target and attributes are no longer. The library that reads them
	 * calls itself for each header before a header, so this bounds its depth, too.
	 */
	private static final long LONGEST_HEADER = 128 * 1024;

	private static final int END_OF_ARCHIVE = 512;

	private final InputStream in;

	private final CountedStream packed;

	private long count;

	private long headerEnds = Long.MAX_VALUE;

	private long zeros;

	InflatedStream(InputStream in, CountedStream packed) {
		this.in = in;
		this.packed = packed;
	}

	/** From here on a header is read. */
	void headerBegins() {
		this.headerEnds = this.count + LONGEST_HEADER;
	}

	/** The header was read. */
	void headerEnded() {
		this.headerEnds = Long.MAX_VALUE;
	}

	/** How many bytes were read. */
	long count() {
		return this.count;
	}

	/** Whether the last that was read is the block of zeros that ends an archive. */
	boolean ended() {
		return this.zeros >= END_OF_ARCHIVE;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		int read = this.in.read(buffer, offset, length);
		if (read > 0) {
			this.count += read;
			countZeros(buffer, offset, read);
			check();
		}
		return read;
	}

	@Override
	public int available() {
		return 0;
	}

	private void countZeros(byte[] buffer, int offset, int read) {
		int at = offset + read;
		while (at > offset && buffer[at - 1] == 0) {
			at--;
		}
		this.zeros = (at == offset) ? this.zeros + read : offset + read - at;
	}

	private void check() throws IOException {
		if (this.count > MOST_BYTES) {
			throw new ReportStopped("It unpacks to more than 2 GiB, which is not read further.");
		}
		if (this.count > UNSUSPECTED && this.count / MOST_PER_BYTE > this.packed.count()) {
			throw new ReportStopped("It unpacks to more than " + MOST_PER_BYTE
					+ " times its size, which no report does, and is not read further.");
		}
		if (this.count > this.headerEnds) {
			throw new ReportStopped("One of its entries has a name or attributes of more than 128 KiB.");
		}
	}

}
