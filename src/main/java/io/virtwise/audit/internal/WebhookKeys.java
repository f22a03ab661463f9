package io.virtwise.audit.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The key that locks the secrets of webhooks: from the environment, or a file in the data
 * folder that is made when first needed.
 */
@Component
class WebhookKeys {

	private final Path file;

	private final String given;

	private @Nullable SecretBox box;

	WebhookKeys(WebhookProperties properties, @Value("${virtwise.home:.}") Path home,
			@Value("${VIRTWISE_WEBHOOK_KEY:}") String given) {
		Path named = properties.keyFile();
		this.file = (named != null) ? named : home.resolve("webhook.key");
		this.given = given;
	}

	synchronized SecretBox box() {
		SecretBox known = this.box;
		if (known == null) {
			known = new SecretBox(Base64.getDecoder().decode(text().strip()));
			this.box = known;
		}
		return known;
	}

	private String text() {
		if (!this.given.isBlank()) {
			return this.given;
		}
		try {
			if (!Files.exists(this.file)) {
				make();
			}
			return Files.readString(this.file, StandardCharsets.US_ASCII);
		}
		catch (IOException ex) {
			throw new IllegalStateException("the key for webhooks in " + this.file + " cannot be read or made", ex);
		}
	}

	private void make() throws IOException {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		Path folder = this.file.toAbsolutePath().getParent();
		Files.createDirectories(folder);
		Path fresh = Files.createTempFile(folder, "webhook", ".key",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Files.writeString(fresh, Base64.getEncoder().encodeToString(key) + "\n", StandardCharsets.US_ASCII);
		try {
			Files.createLink(this.file, fresh); // never over another portal's
			Files.delete(fresh);
		}
		catch (FileAlreadyExistsException ex) {
			Files.delete(fresh);
		}
		catch (IOException | UnsupportedOperationException ex) {
			Files.move(fresh, this.file, StandardCopyOption.ATOMIC_MOVE);
		}
	}

}
