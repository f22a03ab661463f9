package io.virtwise.node;

import java.util.Locale;

/**
 * How the portal reaches a node's libvirt daemon.
 */
public enum Transport {

	/** TLS with a client certificate. */
	TLS(16514),
	/** Through ssh, with a key. */
	SSH(22),
	/**
	 * Plain TCP: neither encrypted nor signed in. Only where an administrator allowed it.
	 */
	TCP(16509);

	private final int defaultPort;

	Transport(int defaultPort) {
		this.defaultPort = defaultPort;
	}

	/** The name in the HTTP contract. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The port where none is given. */
	public int defaultPort() {
		return this.defaultPort;
	}

}
