package io.virtwise.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.virtwise.node.HostKey;
import io.virtwise.node.Node;
import io.virtwise.node.NodeCredentials;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import io.virtwise.node.NodeSecret;
import io.virtwise.node.TlsIdentity;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds what to sign in to a node with: the credential that the portal keeps, else files
 * that an administrator put into folders of the portal's machine.
 */
@Component
final class SignInKeys {

	/** Where libvirt's own client has its files. */
	private static final List<List<Path>> LIBVIRTS_PLACES = List.of(
			List.of(home(".pki/libvirt/cacert.pem"), home(".pki/libvirt/clientcert.pem"),
					home(".pki/libvirt/clientkey.pem")),
			List.of(Path.of("/etc/pki/CA/cacert.pem"), Path.of("/etc/pki/libvirt/clientcert.pem"),
					Path.of("/etc/pki/libvirt/private/clientkey.pem")));

	private final LibvirtProperties properties;

	private final NodeCredentials credentials;

	SignInKeys(LibvirtProperties properties, NodeCredentials credentials) {
		this.properties = properties;
		this.credentials = credentials;
	}

	/**
	 * What TLS needs.
	 * @throws NodeFailure if it is not there or not good
	 */
	TlsIdentity tls(Node node) {
		Optional<NodeSecret> kept = this.credentials.open(node);
		List<FieldFault> faults = new ArrayList<>();
		TlsIdentity identity;
		if (kept.isPresent()) {
			NodeSecret secret = kept.get();
			identity = TlsIdentity.read(secret.caCertificate(), secret.certificate(), secret.privateKey(), faults);
		}
		else {
			List<Path> files = tlsFiles(node);
			identity = TlsIdentity.read(read(files.get(0), node), read(files.get(1), node), read(files.get(2), node),
					faults);
		}
		if (identity == null) {
			FieldFault first = faults.get(0);
			throw new NodeFailure(Kind.DENIED, "The portal cannot sign in to the node " + node.name() + ": its own "
					+ first.field() + " " + first.message() + ".");
		}
		return identity;
	}

	private List<Path> tlsFiles(Node node) {
		Path directory = this.properties.tlsDirectory();
		if (directory != null) {
			Path folder = ofCredential(directory, node);
			return List.of(folder.resolve("cacert.pem"), folder.resolve("clientcert.pem"),
					folder.resolve("clientkey.pem"));
		}
		if (node.credential() != null) {
			throw unknownCredential(node, "tls");
		}
		return LIBVIRTS_PLACES.stream()
			.filter((files) -> files.stream().allMatch(Files::isReadable))
			.findFirst()
			.orElseThrow(() -> new NodeFailure(Kind.DENIED,
					"The portal cannot sign in to the node " + node.name()
							+ ": there is no certificate for tls. Hand in"
							+ " a credential and name it at the node, or let an administrator set"
							+ " virtwise.libvirt.tls-directory."));
	}

	/**
	 * What ssh needs.
	 * @throws NodeFailure if it is not there, or nobody compared the node's host key
	 */
	Ssh ssh(Node node) {
		Optional<NodeSecret> kept = this.credentials.open(node);
		List<HostKey> pinned = this.credentials.hostKeys(node);
		if (kept.isPresent()) {
			if (pinned.isEmpty()) {
				throw new NodeFailure(Kind.DENIED, "No connection to the node " + node.name()
						+ " was tried: nobody compared its host key yet. Compare it on the node's page.");
			}
			return new Ssh(kept.get().privateKey(), null, pinned, null);
		}
		Path directory = this.properties.sshDirectory();
		if (directory == null) {
			throw (node.credential() != null) ? unknownCredential(node, "ssh")
					: new NodeFailure(Kind.DENIED, "No connection to the node " + node.name()
							+ " was tried: there is no key for ssh. Hand in a credential and name it at the node, or let"
							+ " an administrator set virtwise.libvirt.ssh-directory, where the key and the known hosts"
							+ " would be.");
		}
		Path folder = ofCredential(directory, node);
		Path key = readable(folder.resolve("id"), node);
		return new Ssh(null, key, pinned, pinned.isEmpty() ? read(folder.resolve("known_hosts"), node) : null);
	}

	/** The node's host keys that a person compared. */
	List<HostKey> hostKeys(Node node) {
		return this.credentials.hostKeys(node);
	}

	private static Path ofCredential(Path directory, Node node) {
		Path absolute = directory.toAbsolutePath().normalize();
		return (node.credential() != null) ? absolute.resolve(NodeUri.credential(node)) : absolute;
	}

	private static String read(Path file, Node node) {
		try {
			return Files.readString(readable(file, node));
		}
		catch (IOException ex) {
			throw missing(file, node);
		}
	}

	private static Path readable(Path file, Node node) {
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			throw missing(file, node);
		}
		return file;
	}

	/**
	 * The path is the portal's own affair; whoever looks after it finds the rule in the
	 * README.
	 */
	private static NodeFailure missing(Path file, Node node) {
		return new NodeFailure(Kind.DENIED,
				"The portal cannot sign in to the node " + node.name() + ": its own file " + file.getFileName()
						+ " for " + node.transport().key()
						+ " is missing or not readable. An administrator has to put it into virtwise.libvirt."
						+ node.transport().key() + "-directory.");
	}

	private static NodeFailure unknownCredential(Node node, String kind) {
		return new NodeFailure(Kind.DENIED,
				"No connection to the node " + node.name() + " was tried: there is no credential "
						+ NodeUri.credential(node) + ", and no folder of that name, because virtwise.libvirt." + kind
						+ "-directory is not set. Edit the node.");
	}

	private static Path home(String path) {
		return Path.of(System.getProperty("user.home", "/")).resolve(path);
	}

	/**
	 * What ssh needs: one of key and file, and one of keys and known hosts.
	 *
	 * @param key the private key's text, where the portal keeps it
	 * @param file the file with the private key, where an administrator put it
	 * @param pinned the node's host keys that a person compared
	 * @param knownHosts the text of an administrator's known hosts
	 */
	record Ssh(@Nullable String key, @Nullable Path file, List<HostKey> pinned, @Nullable String knownHosts) {

		@Override
		public String toString() {
			return "Ssh[" + this.file + "]";
		}

	}

}
