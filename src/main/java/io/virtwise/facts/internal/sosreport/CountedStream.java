package io.virtwise.facts.internal.sosreport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the bytes of an upload, and reads no more of them than an upload may have.
 */
final class CountedStream extends FilterInputStream {

	private final long most;

	private long count;

	CountedStream(InputStream in, long most) {
		super(in);
		this.most = most;
	}

	/** How many bytes were read. */
	long count() {
		return this.count;
	}

	@Override
	public int read() throws IOException {
		int read = super.read();
		add((read < 0) ? 0 : 1);
		return read;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		int read = super.read(buffer, offset, length);
		add(Math.max(read, 0));
		return read;
	}

	@Override
	public long skip(long n) throws IOException {
		long skipped = super.skip(n);
		add(skipped);
		return skipped;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	private void add(long more) throws IOException {
		this.count += more;
		if (this.count > this.most) {
			throw new ReportStopped("The archive is larger than " + this.most / 1024 / 1024 + " MiB.");
		}
	}

}
