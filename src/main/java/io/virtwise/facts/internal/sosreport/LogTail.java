package io.virtwise.facts.internal.sosreport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The end of a log, which is where the present faults stand, and how many lines went
 * before it.
 */
final class LogTail {

	private static final int MARK = 512;

	private final byte[] ring;

	private final boolean kernelOnly;

	private final byte[] line = new byte[8192];

	private int length;

	private long written;

	private int linesOverwritten;

	private LogTail(int limit, boolean kernelOnly) {
		this.ring = new byte[limit];
		this.kernelOnly = kernelOnly;
	}

	/**
	 * Reads a log to its end.
	 * @param limit how many bytes are kept
	 * @param kernelOnly whether only the kernel's lines count
	 * @param most after so many bytes no more are read
	 */
	static LogTail of(InputStream log, int limit, boolean kernelOnly, long most) throws IOException {
		LogTail tail = new LogTail(limit, kernelOnly);
		byte[] buffer = new byte[32 * 1024];
		long total = 0;
		int read = log.read(buffer);
		while (read >= 0 && total < most) {
			total += read;
			tail.take(buffer, read);
			read = log.read(buffer);
		}
		if (tail.length > 0) {
			tail.endLine();
		}
		return tail;
	}

	private void take(byte[] buffer, int count) {
		for (int i = 0; i < count; i++) {
			byte b = buffer[i];
			if (b == '\n') {
				endLine();
			}
			else if (this.length < this.line.length) {
				this.line[this.length] = b;
				this.length++;
			}
		}
	}

	private void endLine() {
		if (this.length > 0 && (!this.kernelOnly || isKernels())) {
			for (int i = 0; i < this.length; i++) {
				put(this.line[i]);
			}
			put((byte) '\n');
		}
		else if (this.length == 0 && !this.kernelOnly) {
			put((byte) '\n');
		}
		this.length = 0;
	}

	/** A journal and a syslog name who wrote a line in front of it. */
	private boolean isKernels() {
		String head = new String(this.line, 0, Math.min(this.length, MARK), StandardCharsets.ISO_8859_1);
		return head.contains(" kernel: ") || head.startsWith("kernel: ");
	}

	private void put(byte b) {
		int at = (int) (this.written % this.ring.length);
		if (this.written >= this.ring.length && this.ring[at] == '\n') {
			this.linesOverwritten++;
		}
		this.ring[at] = b;
		this.written++;
	}

	/** How many lines went before. */
	int linesBefore() {
		return this.linesOverwritten + (isWhole() ? 0 : 1);
	}

	private boolean isWhole() {
		return this.written <= this.ring.length;
	}

	/** What was kept, from the beginning of a line on. */
	byte[] bytes() {
		if (isWhole()) {
			return Arrays.copyOf(this.ring, (int) this.written);
		}
		int start = (int) (this.written % this.ring.length);
		byte[] whole = new byte[this.ring.length];
		System.arraycopy(this.ring, start, whole, 0, this.ring.length - start);
		System.arraycopy(this.ring, 0, whole, this.ring.length - start, start);
		int from = 0;
		while (from < whole.length && whole[from] != '\n') {
			from++;
		}
		return Arrays.copyOfRange(whole, Math.min(from + 1, whole.length), whole.length);
	}

}
