package io.virtwise.facts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

import io.virtwise.shared.Refused;

/**
 * A rotated log as logrotate leaves it, packed by gzip. It is unpacked piece by piece,
 * and no further than a log may be long.
 */
final class PackedLog {

	/**
	 * Logs shrink to a tenth, the dullest ones to a hundredth; a bomb to a thousandth.
	 */
	private static final int DENSEST = 300;

	/** What is small does no harm, however dense it is. */
	private static final int HARMLESS = 1024 * 1024;

	private PackedLog() {
	}

	/** Whether these bytes begin as gzip's do. */
	static boolean isPacked(byte[] bytes) {
		return bytes.length > 2 && (bytes[0] & 0xFF) == 0x1F && (bytes[1] & 0xFF) == 0x8B;
	}

	/**
	 * Unpacks a log.
	 * @param part the name of the part or field
	 * @param room how many bytes may come out
	 * @throws Refused if more comes out, or more than a log ever holds
	 * @throws Damaged if it cannot be unpacked to its end
	 */
	static byte[] unpack(String part, byte[] packed, int room) throws Damaged {
		ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(packed.length * 4, HARMLESS));
		byte[] piece = new byte[64 * 1024];
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), piece.length)) {
			for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
				if (out.size() + read > room) {
					throw Refused.tooLarge("The part " + part + " unpacks to more than there is room for: all parts "
							+ "together may have " + EvidenceParts.MAX_BYTES / 1024 / 1024
							+ " MiB. Send an excerpt of it.");
				}
				if (out.size() > HARMLESS && out.size() / DENSEST > packed.length) {
					throw Refused.tooLarge("The part " + part + " unpacks to more than " + DENSEST
							+ " times its size, which no log does. Send the log itself, or an excerpt of it.");
				}
				out.write(piece, 0, read);
			}
		}
		catch (IOException ex) {
			throw new Damaged();
		}
		return out.toByteArray();
	}

	/**
	 * The bytes begin as gzip's do, but cannot be unpacked to their end.
	 */
	static final class Damaged extends Exception {

		private static final long serialVersionUID = 1;

		private Damaged() {
			super("begins as a gzip file does, but cannot be unpacked to its end; send it whole, or unpack it first");
		}

		@Override
		public String getMessage() {
			return String.valueOf(super.getMessage());
		}

	}

}
