package io.virtwise.libvirt;

import java.io.IOException;
import java.net.NoRouteToHostException;

import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.node.Transport;
import org.jspecify.annotations.Nullable;
import org.libvirt.Error.ErrorDomain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns libvirt's errors into what people can act on. Sorted by code, domain and the
 * operating system's number, never by text; the text goes to the log.
 */
final class LibvirtErrors {

	private static final Logger log = LoggerFactory.getLogger(LibvirtErrors.class);

	private static final int EPERM = 1;

	private static final int ENOENT = 2;

	private static final int EACCES = 13;

	private static final int EEXIST = 17;

	private static final int ENOTDIR = 20;

	private static final int EISDIR = 21;

	private static final int ENOSPC = 28;

	private static final int EROFS = 30;

	static final int ELOOP = 40;

	private static final int EDQUOT = 122;

	private static final int ENETUNREACH = 101;

	private static final int ETIMEDOUT = 110;

	private static final int ECONNREFUSED = 111;

	private static final int EHOSTUNREACH = 113;

	private LibvirtErrors() {
	}

	/** Opening the connection failed. */
	static NodeFailure opening(Node node, LibvirtFault fault) {
		raw(node, "opening the connection", fault);
		String where = node.host() + " port " + node.port();
		return switch (fault.errno()) {
			case ECONNREFUSED -> unreachable(node, "nothing listens on " + where + ". " + listening(node.transport()));
			case EHOSTUNREACH, ENETUNREACH -> unreachable(node,
					"there is no way to " + where + ". Check its address, the network and whether it runs.");
			case ETIMEDOUT -> unreachable(node,
					where + " does not answer. Check whether it runs and whether a firewall drops the connection.");
			default -> openingByCode(node, fault, where);
		};
	}

	private static NodeFailure openingByCode(Node node, LibvirtFault fault, String where) {
		return switch (fault.code()) {
			case VIR_ERR_AUTH_FAILED ->
				(fault.domain() == ErrorDomain.VIR_FROM_LIBSSH) ? otherHostKey(node) : denied(node);
			case VIR_ERR_AUTH_CANCELLED, VIR_ERR_AUTH_UNAVAILABLE, VIR_ERR_LIBSSH, VIR_ERR_SSH, VIR_ERR_ACCESS_DENIED,
					VIR_ERR_OPERATION_DENIED, VIR_ERR_GNUTLS_ERROR ->
				denied(node);
			case VIR_ERR_UNKNOWN_HOST -> unreachable(node, "the name " + node.host() + " is not known.");
			case VIR_ERR_NO_SUPPORT, VIR_ERR_CONFIG_UNSUPPORTED,
					VIR_ERR_OPERATION_UNSUPPORTED ->
				new NodeFailure(Kind.NOT_SUPPORTED,
						"The node " + node.name() + " has no QEMU driver in its libvirt, or the portal's"
								+ " libvirt has no " + node.transport().key() + ".");
			default -> (node.transport() == Transport.SSH && fault.domain() != ErrorDomain.VIR_FROM_QEMU) ? denied(node)
					: unreachable(node, "no libvirt answers on " + where + ". Check what listens there.");
		};
	}

	/** The operating system could not connect to it. */
	static NodeFailure notReached(Node node, IOException cause) {
		log.info("node {} ({}) while connecting: {}", node.name(), node.id(), oneLine(cause.toString()));
		String where = node.host() + " port " + node.port();
		return (cause instanceof NoRouteToHostException)
				? unreachable(node,
						"there is no way to " + where + ". Check its address, the network and whether it runs.")
				: unreachable(node, "nothing listens on " + where + ". " + listening(node.transport()));
	}

	private static NodeFailure unreachable(Node node, String reason) {
		return new NodeFailure(Kind.UNREACHABLE, "The node " + node.name() + " cannot be reached: " + reason);
	}

	private static String listening(Transport transport) {
		return switch (transport) {
			case TLS -> "Check that libvirt listens for TLS there: systemctl enable --now virtproxyd-tls.socket,"
					+ " or libvirtd-tls.socket where libvirt is one daemon.";
			case TCP -> "Check that libvirt listens for TCP there: systemctl enable --now virtproxyd-tcp.socket,"
					+ " or libvirtd-tcp.socket where libvirt is one daemon.";
			case SSH -> "Check that sshd runs there and listens on this port.";
		};
	}

	private static NodeFailure otherHostKey(Node node) {
		return new OtherHostKey("The node " + node.name() + " shows another host key than the one that is known of it:"
				+ " either it was set up anew, or somebody is in between. Nothing was sent there. Compare the key on the"
				+ " node itself before the portal is told to take it.");
	}

	private static NodeFailure denied(Node node) {
		return new NodeFailure(Kind.DENIED,
				"The node " + node.name() + " and the portal do not accept each other: " + switch (node.transport()) {
					case TLS ->
						"its libvirt wants a sign-in over TLS beside the certificate. Set auth_tls to none there.";
					case SSH -> "either the node's host key is not among those that were compared, or the account "
							+ node.user() + " does not take the portal's key, or may not use libvirt."
							+ " Compare the host key on the node's page, or in the known_hosts of the portal.";
					case TCP -> "its libvirt wants a sign-in over TCP. Use TLS or ssh.";
				});
	}

	/**
	 * A call on an open connection failed.
	 * @param what what was done, as in <em>while reading its capabilities</em>
	 * @param alive whether the connection still stands
	 */
	static NodeFailure calling(Node node, String what, LibvirtFault fault, boolean alive) {
		raw(node, what, fault);
		if (!alive) {
			return new NodeFailure(Kind.CONNECTION_LOST, "The connection to the node " + node.name() + " broke while "
					+ what + ". What the node did last is not known. Check whether its libvirt runs, then try again.");
		}
		return switch (fault.code()) {
			case VIR_ERR_SYSTEM_ERROR -> byNumber(node, what, fault.errno());
			case VIR_ERR_NO_STORAGE_VOL -> failure(Kind.NOT_FOUND, node, what, "there is no such file.");
			case VIR_ERR_NO_STORAGE_POOL -> failure(Kind.CONFLICT, node, what,
					"the storage pool that it needs was taken away by somebody. Try again.");
			case VIR_ERR_STORAGE_VOL_EXIST -> failure(Kind.CONFLICT, node, what, "that file exists already.");
			case VIR_ERR_OPERATION_INVALID, VIR_ERR_RESOURCE_BUSY -> failure(Kind.CONFLICT, node, what,
					"something is in the way there, or somebody else uses it at this moment.");
			case VIR_ERR_ACCESS_DENIED, VIR_ERR_OPERATION_DENIED, VIR_ERR_AUTH_FAILED ->
				failure(Kind.DENIED, node, what, "its libvirt does not allow it for the portal's identity.");
			case VIR_ERR_NO_SUPPORT, VIR_ERR_OPERATION_UNSUPPORTED, VIR_ERR_CONFIG_UNSUPPORTED,
					VIR_ERR_ARGUMENT_UNSUPPORTED ->
				failure(Kind.NOT_SUPPORTED, node, what, "its libvirt cannot do this.");
			case VIR_ERR_OPERATION_TIMEOUT ->
				failure(Kind.TIMED_OUT, node, what, "its libvirt gave up waiting for something of its own.");
			default ->
				failure(Kind.BROKEN, node, what, "its libvirt reports an error. The portal's log has its words.");
		};
	}

	private static NodeFailure byNumber(Node node, String what, int errno) {
		return switch (errno) {
			case ENOENT -> failure(Kind.NOT_FOUND, node, what, "there is no such file or directory.");
			case EACCES, EPERM -> failure(Kind.DENIED, node, what,
					"the operating system forbids it. Check owner, mode, the immutable attribute and SELinux or AppArmor.");
			case EROFS -> failure(Kind.DENIED, node, what, "the file system is mounted read-only.");
			case ENOTDIR -> failure(Kind.CONFLICT, node, what, "a part of the path is not a directory.");
			case EISDIR -> failure(Kind.CONFLICT, node, what, "it is a directory.");
			case ELOOP -> failure(Kind.CONFLICT, node, what, "it is a symbolic link, and those are not followed.");
			case EEXIST -> failure(Kind.CONFLICT, node, what, "something of that name exists already.");
			case ENOSPC, EDQUOT -> failure(Kind.BROKEN, node, what, "there is no space left.");
			default -> failure(Kind.BROKEN, node, what,
					"the operating system reports an error. The portal's log has its words.");
		};
	}

	private static NodeFailure failure(Kind kind, Node node, String what, String reason) {
		return new NodeFailure(kind, "The node " + node.name() + " failed while " + what + ": " + reason);
	}

	private static void raw(Node node, String what, LibvirtFault fault) {
		log.info("node {} ({}) while {}: {} {} errno {}: {}", node.name(), node.id(), what, fault.code(),
				fault.domain(), fault.errno(), oneLine(fault.getMessage()));
	}

	/**
	 * Texts from outside must not forge lines of our log; our odd spelling of paths helps
	 * nobody there.
	 */
	static String oneLine(@Nullable String text) {
		String clean = DirectoryPath.plain(String.valueOf(text)).replaceAll("\\p{Cntrl}+", " ");
		return (clean.length() > 1000) ? clean.substring(0, 1000) : clean;
	}

}
