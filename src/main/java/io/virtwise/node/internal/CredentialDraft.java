package io.virtwise.node.internal;

import org.jspecify.annotations.Nullable;

/**
 * A credential as somebody hands it in.
 *
 * @param name as people will call it
 * @param kind tls or ssh
 * @param caCertificate PEM of the CA that signs the nodes' certificates, for tls
 * @param certificate PEM of the portal's certificate, for tls
 * @param privateKey PEM of the private key
 */
public record CredentialDraft(@Nullable String name, @Nullable String kind, @Nullable String caCertificate,
		@Nullable String certificate, @Nullable String privateKey) {

	@Override
	public String toString() {
		return "CredentialDraft[" + this.name + ", " + this.kind + "]";
	}

}
