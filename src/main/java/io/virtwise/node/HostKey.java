package io.virtwise.node;

/**
 * The public key by which an sshd proves which machine it is on.
 *
 * @param type as {@code ssh-ed25519}
 * @param base64 the key
 * @param fingerprint as {@code ssh-keygen -l} prints it
 */
public record HostKey(String type, String base64, String fingerprint) {

	/** The key as it stands in a file of public keys. */
	public String line() {
		return this.type + " " + this.base64;
	}

}
