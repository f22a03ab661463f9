package io.virtwise.audit.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.HexFormat;

import io.virtwise.audit.AuditEntry;
import io.virtwise.audit.internal.AuditExport.ExportHeading;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks an exported log without the portal: every hash from the first entry to the last,
 * then the signature. The first entry that does not fit is named.
 */
public final class ExportCheck {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private long read;

	private String previous = Chain.START;

	private ExportCheck() {
	}

	/**
	 * Reads an export to its end.
	 * @param key the public key that it must be signed with, as PEM; {@code null} if any
	 * will do
	 */
	public static Finding of(InputStream export, @Nullable String key) throws IOException {
		PublicKey wanted;
		try {
			wanted = (key != null) ? SigningKey.publicKeyOf(key) : null;
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			return new Finding(Outcome.UNREADABLE, "The key is not a public Ed25519 key in PEM.");
		}
		return new ExportCheck().check(new BufferedReader(new InputStreamReader(export, StandardCharsets.UTF_8)),
				wanted);
	}

	private Finding check(BufferedReader lines, @Nullable PublicKey wanted) throws IOException {
		MessageDigest digest = AuditExport.sha256();
		int number = 0;
		String line;
		String seal = null;
		while ((line = lines.readLine()) != null) {
			number++;
			if (seal != null) {
				return new Finding(Outcome.BROKEN, "Line " + number + " comes after the seal.");
			}
			try {
				if (number == 1) {
					ExportHeading heading = JSON.readValue(line, ExportHeading.class);
					if (!"audit".equals(heading.virtwise()) || heading.version() != 1) {
						return new Finding(Outcome.UNREADABLE, "This is not an exported audit log of version 1.");
					}
				}
				else if (line.startsWith("{\"entries\":")) {
					seal = line;
					continue;
				}
				else {
					AuditEntry entry = JSON.readValue(line, AuditEntry.class);
					String fault = Chain.faultOf(entry, this.read + 1, this.previous);
					if (fault != null) {
						return new Finding(Outcome.BROKEN, "Broken at entry " + (this.read + 1) + " (line " + number
								+ "): " + fault + " The " + this.read + " entries before it are as they were written.");
					}
					this.previous = entry.hash();
					this.read++;
				}
			}
			catch (JacksonException | NullPointerException ex) {
				return new Finding((number == 1) ? Outcome.UNREADABLE : Outcome.BROKEN,
						"Line " + number + " cannot be read as " + ((number == 1) ? "the heading of an export."
								: "an entry. The " + this.read + " entries before it are as they were written."));
			}
			digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
		}
		return (number == 0) ? new Finding(Outcome.UNREADABLE, "There is nothing in it.")
				: sealed(seal, HexFormat.of().formatHex(digest.digest()), wanted);
	}

	private Finding sealed(@Nullable String line, String digest, @Nullable PublicKey wanted) {
		String upTo = "All " + this.read + " entries fit, up to " + this.previous + ". ";
		if (line == null) {
			return new Finding(Outcome.UNSIGNED, upTo + "But the seal is missing, so the end may be cut off.");
		}
		try {
			ExportSeal seal = JSON.readValue(line, ExportSeal.class);
			if (this.read < seal.entries()) {
				return new Finding(Outcome.BROKEN, "Broken at entry " + (this.read + 1)
						+ ": it and all after it, up to " + seal.entries() + ", are missing.");
			}
			String fault = seal.fault(this.read, this.previous, digest, wanted);
			return (fault != null) ? new Finding(Outcome.UNSIGNED, upTo + "But: " + fault)
					: new Finding(Outcome.INTACT, upTo + "Signed with the key " + seal.keyId()
							+ ((wanted != null) ? ", which is the one given." : "; whose it is was not checked."));
		}
		catch (JacksonException | NullPointerException ex) {
			return new Finding(Outcome.UNSIGNED, upTo + "But the seal cannot be read.");
		}
	}

	/**
	 * What came out.
	 *
	 * @param outcome in a word
	 * @param text as people read it
	 */
	public record Finding(Outcome outcome, String text) {
	}

	/**
	 * How a check can end.
	 */
	public enum Outcome {

		/** Every entry is as it was written, and the signature holds. */
		INTACT,
		/** An entry was altered, is missing, or was put in. */
		BROKEN,
		/** The entries fit each other, but nothing proves that they are all. */
		UNSIGNED,
		/** It is no export. */
		UNREADABLE

	}

}
