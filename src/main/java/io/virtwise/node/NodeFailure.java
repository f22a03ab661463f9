package io.virtwise.node;

import java.util.Locale;

import io.virtwise.shared.Explained;

/**
 * A node did not do what it was asked. The message is for people and names the node, what
 * was tried and what to do; raw texts of libraries stay in the log.
 */
public class NodeFailure extends RuntimeException implements Explained {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	public NodeFailure(Kind kind, String message) {
		super(message);
		this.kind = kind;
	}

	public NodeFailure(Kind kind, String message, Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	public Kind kind() {
		return this.kind;
	}

	@Override
	public int status() {
		return 503;
	}

	/** For example {@code node-timed-out}. */
	@Override
	public String key() {
		return "node-" + this.kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * What sort of failure.
	 */
	public enum Kind {

		/** No connection: refused, no route, unknown name. */
		UNREACHABLE,
		/** The deadline passed; what the node did meanwhile is not known. */
		TIMED_OUT,
		/** The connection broke in the middle; what the node did last is not known. */
		CONNECTION_LOST,
		/** The node does not let us in, or does not let us do this. */
		DENIED,
		/** The node's libvirt cannot do this. */
		NOT_SUPPORTED,
		/** What was asked for is not there. */
		NOT_FOUND,
		/** Something is in the way: a symbolic link, a directory, another writer. */
		CONFLICT,
		/** The portal's machine lacks libvirt's client library. */
		NO_LIBRARY,
		/** Anything else that libvirt reported. */
		BROKEN

	}

}
