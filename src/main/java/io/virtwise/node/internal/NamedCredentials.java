package io.virtwise.node.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.virtwise.node.Transport;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What a node may name to sign in with: a credential that is kept here, or a folder that
 * an administrator made beside the portal's own keys.
 */
@Component
class NamedCredentials implements CredentialNames {

	private static final int NAMED = 5;

	private final CredentialStore store;

	private final @Nullable Path tls;

	private final @Nullable Path ssh;

	NamedCredentials(CredentialStore store, @Value("${virtwise.libvirt.tls-directory:#{null}}") @Nullable Path tls,
			@Value("${virtwise.libvirt.ssh-directory:#{null}}") @Nullable Path ssh) {
		this.store = store;
		this.tls = tls;
		this.ssh = ssh;
	}

	@Override
	public Optional<Credential> find(String given) {
		return this.store.find(given).or(() -> this.store.named(given));
	}

	/**
	 * Nothing is wrong where there is such a folder, or where nobody handed in anything
	 * yet: then nodes may be registered first.
	 */
	@Override
	public @Nullable String fault(String given, Transport transport) {
		Path folder = (transport == Transport.SSH) ? this.ssh : (transport == Transport.TLS) ? this.tls : null;
		if (folder != null && Files.isDirectory(folder.resolve(given))) {
			return null;
		}
		List<String> kept = this.store.all()
			.stream()
			.filter((one) -> one.kind() == transport)
			.map(Credential::name)
			.toList();
		if (kept.isEmpty() && folder == null) {
			return null;
		}
		String names = kept.isEmpty() ? "none is kept for " + transport.key()
				: "kept for " + transport.key() + " " + ((kept.size() == 1) ? "is " : "are ")
						+ String.join(", ", kept.subList(0, Math.min(NAMED, kept.size())))
						+ ((kept.size() > NAMED) ? " and " + (kept.size() - NAMED) + " more" : "");
		return "is neither a credential that is kept here nor a folder beside the portal's own keys; " + names;
	}

}
