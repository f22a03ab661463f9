package io.virtwise.node;

/**
 * What the portal signs in to a node with, opened: for the moment of connecting, never to
 * be shown or kept.
 *
 * @param kind for which transport it is
 * @param caCertificate PEM of the CA of the nodes' certificates, empty for ssh
 * @param certificate PEM of the portal's certificate, empty for ssh
 * @param privateKey PEM of the private key
 */
public record NodeSecret(Transport kind, String caCertificate, String certificate, String privateKey) {

	@Override
	public String toString() {
		return "NodeSecret[" + this.kind + "]";
	}

}
