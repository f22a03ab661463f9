package io.virtwise.facts.internal.sosreport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Makes archives for tests.
 */
public final class Reports {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final TarArchiveOutputStream tar;

	private final String top;

	private Reports(String top) {
		this.top = top.isEmpty() ? "" : top + "/";
		this.tar = new TarArchiveOutputStream(this.bytes, "UTF-8");
		this.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
		this.tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
	}

	/** A report in a folder; empty for none. */
	public static Reports in(String top) {
		return new Reports(top);
	}

	/** With GNU's way to write long names. */
	Reports gnu() {
		this.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
		return this;
	}

	public Reports file(String path, String text) {
		return file(path, text.getBytes(StandardCharsets.UTF_8));
	}

	public Reports file(String path, byte[] content) {
		return entry(path, TarConstants.LF_NORMAL, "", content);
	}

	public Reports link(String path, String target) {
		return entry(path, TarConstants.LF_SYMLINK, target, new byte[0]);
	}

	Reports hardLink(String path, String target) {
		return entry(path, TarConstants.LF_LINK, target, new byte[0]);
	}

	Reports entry(String path, byte type, String target, byte[] content) {
		try {
			TarArchiveEntry entry = new TarArchiveEntry(this.top + path, type, true);
			entry.setModTime(0);
			entry.setLinkName(target);
			entry.setSize(content.length);
			this.tar.putArchiveEntry(entry);
			this.tar.write(content);
			this.tar.closeArchiveEntry();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public byte[] tar() {
		try {
			this.tar.close();
			return this.bytes.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public byte[] packed(String how) {
		return pack(tar(), how);
	}

	public static byte[] pack(byte[] plain, String how) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (OutputStream packer = packer(packed, how)) {
			packer.write(plain);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return packed.toByteArray();
	}

	static OutputStream packer(OutputStream packed, String how) throws IOException {
		return switch (how) {
			case "gz" -> new GZIPOutputStream(packed);
			case "bz2" -> new BZip2CompressorOutputStream(packed);
			case "xz" -> new XZOutputStream(packed, new LZMA2Options(6));
			case "xz8" -> new XZOutputStream(packed, withDictionary(32));
			case "xz9" -> new XZOutputStream(packed, withDictionary(64));
			default -> packed;
		};
	}

	/** As the higher presets have it, but packed in no time. */
	private static LZMA2Options withDictionary(int mebibytes) throws IOException {
		LZMA2Options options = new LZMA2Options(0);
		options.setDictSize(mebibytes * 1024 * 1024);
		return options;
	}

	/** Reads an archive as the portal does. */
	public static SosReport read(byte[] archive) {
		try {
			return SosReport.read(() -> new ByteArrayInputStream(archive));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
