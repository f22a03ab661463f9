package io.virtwise.node.web;

import java.time.Instant;
import java.util.List;

import io.virtwise.node.HostKey;
import io.virtwise.node.internal.HostKeys;
import io.virtwise.node.internal.PinnedKeys;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The ssh host keys of a node over HTTP.
 */
@RestController
@RequestMapping("/api/v1/nodes/{id}/host-keys")
class HostKeyApi {

	private final HostKeys keys;

	HostKeyApi(HostKeys keys) {
		this.keys = keys;
	}

	@GetMapping
	HostKeysBody pinned(@PathVariable String id) {
		return this.keys.pinned(id).map(HostKeysBody::of).orElse(new HostKeysBody(List.of(), null, null));
	}

	/** What the node shows now; nothing is kept of it. */
	@PostMapping("/ask")
	HostKeysBody ask(@PathVariable String id) {
		return new HostKeysBody(this.keys.ask(id), null, null);
	}

	@PutMapping
	@PreAuthorize("hasAuthority('node:write')")
	HostKeysBody pin(@PathVariable String id, @RequestBody PinBody body) {
		List<@Nullable String> lines = (body.keys() != null) ? body.keys() : List.of();
		return HostKeysBody.of(this.keys.pin(id,
				String.join("\n",
						lines.stream().map((line) -> (line != null) ? line.replaceAll("\\R", " ") : "").toList()),
				Boolean.TRUE.equals(body.compared())));
	}

	/**
	 * Keys that a person compared.
	 *
	 * @param keys public keys as {@code ssh-ed25519 AAAA…}
	 * @param compared has to be true
	 */
	record PinBody(@Nullable List<@Nullable String> keys, @Nullable Boolean compared) {
	}

	/**
	 * Host keys as the contract shows them.
	 *
	 * @param pinnedBy the id of who compared them, {@code null} where nobody did
	 */
	record HostKeysBody(List<HostKey> keys, @Nullable String pinnedBy, @Nullable Instant pinnedAt) {

		static HostKeysBody of(PinnedKeys pinned) {
			return new HostKeysBody(pinned.keys(), pinned.pinnedBy(), pinned.pinnedAt());
		}

	}

}
