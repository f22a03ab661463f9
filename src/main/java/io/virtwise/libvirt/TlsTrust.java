package io.virtwise.libvirt;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.node.TlsIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Whom one connection trusts, what it shows, and why it was not made.
 */
final class TlsTrust extends X509ExtendedTrustManager {

	private final TlsIdentity identity;

	private final X509ExtendedTrustManager byAuthorities;

	private @Nullable Doubt doubt;

	private boolean handshakeDone;

	TlsTrust(TlsIdentity identity) {
		this.identity = identity;
		try {
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null, null);
			int number = 0;
			for (X509Certificate authority : identity.authorities()) {
				store.setCertificateEntry("ca" + number++, authority);
			}
			TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
			factory.init(store);
			this.byAuthorities = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException("certificates that were read cannot be used", ex);
		}
	}

	SSLContext context() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(new KeyManager[] { new OneKey(this.identity) }, new TrustManager[] { this }, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Java has TLS", ex);
		}
	}

	void handshakeDone() {
		this.handshakeDone = true;
	}

	/** Why the two do not accept each other, as people read it. */
	NodeFailure refusal(Node node, IOException cause) {
		String reason;
		if (this.doubt != null) {
			reason = switch (this.doubt) {
				case AUTHORITY -> "the node's certificate is not from the portal's CA.";
				case DATE -> "the node's certificate is not valid today.";
				case NAME -> "the node's certificate is not for the name " + node.host() + ".";
			} + " Look at it: certtool --certificate-info --infile servercert.pem.";
		}
		else if (!isValidToday(this.identity.certificate())) {
			reason = "the portal's own certificate is not valid today. Rotate the credential, or let an administrator"
					+ " replace it in virtwise.libvirt.tls-directory.";
		}
		else if (this.handshakeDone || cause instanceof javax.net.ssl.SSLException) {
			reason = "the node does not take the portal's client certificate. Look at the CA of both, at the date, and"
					+ " at tls_allowed_dn_list in libvirt's configuration on the node.";
		}
		else {
			return new NodeFailure(
					Kind.UNREACHABLE, "The node " + node.name() + " cannot be reached: no libvirt answers"
							+ " by TLS on " + node.host() + " port " + node.port() + ". Check what listens there.",
					cause);
		}
		return new NodeFailure(Kind.DENIED,
				"The node " + node.name() + " and the portal do not accept each other: " + reason, cause);
	}

	private static boolean isValidToday(X509Certificate certificate) {
		try {
			certificate.checkValidity();
			return true;
		}
		catch (CertificateException ex) {
			return false;
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
		try {
			this.byAuthorities.checkServerTrusted(chain, type);
		}
		catch (CertificateException ex) {
			this.doubt = isAboutDates(ex) ? Doubt.DATE : Doubt.AUTHORITY;
			throw ex;
		}
		try {
			this.byAuthorities.checkServerTrusted(chain, type, socket);
		}
		catch (CertificateException ex) {
			this.doubt = Doubt.NAME;
			throw ex;
		}
	}

	private static boolean isAboutDates(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
		throw new CertificateException("nobody is believed without a name");
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
		throw new CertificateException("only sockets are used");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
		throw new CertificateException("nobody connects to us");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
		throw new CertificateException("nobody connects to us");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
		throw new CertificateException("nobody connects to us");
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return this.byAuthorities.getAcceptedIssuers();
	}

	/** What was wrong with the node's certificate. */
	private enum Doubt {

		/** Its issuer. */
		AUTHORITY,
		/** Its time. */
		DATE,
		/** Its name. */
		NAME

	}

	/**
	 * Shows the one certificate that there is, also to a node that asks for another: the
	 * node's refusal then says more than silence.
	 */
	private static final class OneKey extends X509ExtendedKeyManager {

		private static final String ALIAS = "portal";

		private final TlsIdentity identity;

		OneKey(TlsIdentity identity) {
			this.identity = identity;
		}

		@Override
		public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
			return ALIAS;
		}

		@Override
		public X509Certificate[] getCertificateChain(String alias) {
			return this.identity.chain().toArray(X509Certificate[]::new);
		}

		@Override
		public PrivateKey getPrivateKey(String alias) {
			return this.identity.key();
		}

		@Override
		public String[] getClientAliases(String type, Principal[] issuers) {
			return new String[] { ALIAS };
		}

		@Override
		public String @Nullable [] getServerAliases(String type, Principal[] issuers) {
			return null;
		}

		@Override
		public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
			return null;
		}

	}

}
