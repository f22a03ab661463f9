package io.virtwise.audit.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import io.virtwise.audit.AuditEntry;
import io.virtwise.audit.internal.AuditRepository.Head;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Hands the whole log out as lines of JSON: a heading, the entries in their order, and a
 * seal with a signature over all of it. {@code bin/audit-verify} checks it anywhere.
 */
@Service
public class AuditExport {

	private static final int BATCH = 500;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final AuditRepository repository;

	private final Path keyFile;

	AuditExport(AuditRepository repository,
			@Value("${virtwise.audit.signing-key:${virtwise.home:.}/audit-signing-key.pem}") Path keyFile) {
		this.repository = repository;
		this.keyFile = keyFile;
	}

	/** The public key that exports can be checked with, as PEM. */
	@PreAuthorize("hasAuthority('audit:read')")
	public String publicKey() {
		return SigningKey.in(this.keyFile).publicPem();
	}

	/** Writes everything up to now. */
	@PreAuthorize("hasAuthority('audit:read')")
	public void writeTo(OutputStream out) throws IOException {
		SigningKey key = SigningKey.in(this.keyFile);
		MessageDigest digest = sha256();
		Head end = this.repository.head();
		line(new ExportHeading("audit", 1), digest, out);
		long written = 0;
		String last = Chain.START;
		while (written < end.seq()) {
			List<AuditEntry> batch = this.repository.after(written, BATCH);
			for (AuditEntry entry : batch) {
				if (entry.seq() > end.seq()) {
					break; // written after the export began
				}
				line(entry, digest, out);
				written = entry.seq();
				last = entry.hash();
			}
			if (batch.isEmpty() || batch.get(batch.size() - 1).seq() > end.seq()) {
				break; // cut off: the verifier says so, for the seal names the real end
			}
		}
		line(ExportSeal.of(end.seq(), end.seq() > 0 ? end.hash() : last, HexFormat.of().formatHex(digest.digest()),
				key), sha256(), out);
		out.flush();
	}

	private static void line(Object value, MessageDigest digest, OutputStream out) throws IOException {
		byte[] line = (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
		digest.update(line);
		out.write(line);
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	/**
	 * The first line.
	 *
	 * @param virtwise what this is
	 * @param version of the form
	 */
	record ExportHeading(String virtwise, int version) {
	}

}
