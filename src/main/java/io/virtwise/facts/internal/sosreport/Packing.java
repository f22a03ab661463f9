package io.virtwise.facts.internal.sosreport;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/**
 * What an archive is packed with. Its first bytes tell, whatever its name says.
 */
enum Packing {

	/** Not packed. */
	NONE(""),
	/** gzip, also several streams in a row. */
	GZIP("\u001F\u008B"),
	/** bzip2, also several streams in a row. */
	BZIP2("BZh"),
	/** xz, also several streams in a row. */
	XZ("\u00FD7zXZ\0");

	/** Presets 0 to 8 of xz need less than this; 9 needs twice as much. */
	private static final int XZ_MEMORY_KIB = 40 * 1024;

	private static final int BUFFER = 64 * 1024;

	/** Its first bytes, each as one character. */
	private final String magic;

	Packing(String magic) {
		this.magic = magic;
	}

	/** What the bytes begin with, unpacked; the caller closes what it gave. */
	static InputStream unpacked(InputStream packed) throws IOException {
		BufferedInputStream bytes = new BufferedInputStream(packed, BUFFER);
		return switch (of(bytes)) {
			case NONE -> bytes;
			case GZIP -> gzip(bytes);
			case BZIP2 -> new BZip2CompressorInputStream(bytes, true);
			case XZ -> xz(bytes);
		};
	}

	/** Unpacks gzip. */
	static InputStream gzip(InputStream packed) throws IOException {
		return GzipCompressorInputStream.builder().setInputStream(packed).setDecompressConcatenated(true).get();
	}

	private static InputStream xz(InputStream packed) throws IOException {
		return new XZInputStream(packed, XZ_MEMORY_KIB);
	}

	/** Whether unpacking would take more memory than there is for it. */
	static boolean asksTooMuch(IOException fault) {
		return fault instanceof MemoryLimitException;
	}

	/** The sentence for a fault that a packer's reader found. */
	static String sentence(IOException fault) {
		return asksTooMuch(fault)
				? "It was packed with xz -9, which takes more memory than is given to one report. Pack it again: "
						+ "xz -dc report.tar.xz | xz -6 > again.tar.xz"
				: "The archive is broken or cut off.";
	}

	private static Packing of(BufferedInputStream bytes) throws IOException {
		bytes.mark(8);
		byte[] first = bytes.readNBytes(6);
		bytes.reset();
		for (Packing packing : values()) {
			if (packing != NONE && packing.begins(first)) {
				return packing;
			}
		}
		return NONE;
	}

	private boolean begins(byte[] first) {
		return new String(first, StandardCharsets.ISO_8859_1).startsWith(this.magic);
	}

}
