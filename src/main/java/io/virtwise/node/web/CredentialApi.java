package io.virtwise.node.web;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.virtwise.node.internal.Credential;
import io.virtwise.node.internal.CredentialDraft;
import io.virtwise.node.internal.Credentials;
import io.virtwise.node.internal.Rotations;
import io.virtwise.node.internal.UsedBy;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Credentials over HTTP. A key goes in and never comes out.
 */
@RestController
@RequestMapping("/api/v1/credentials")
@PreAuthorize("hasAuthority('node:write')")
class CredentialApi {

	private static final Set<String> FIELDS = Set.of("name", "kind", "caCertificate", "certificate", "privateKey",
			"version", "unproved");

	private final Credentials credentials;

	private final Rotations rotations;

	CredentialApi(Credentials credentials, Rotations rotations) {
		this.rotations = rotations;
		this.credentials = credentials;
	}

	@GetMapping
	Slice<CredentialBody> list(@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort) {
		return this.credentials.list(SliceRequest.of(page, size, sort, Set.of("name"))).map(this::body);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<CredentialBody> create(@RequestBody(required = false) @Nullable JsonNode body) {
		Credential made = this.credentials.create(draft(body));
		return ResponseEntity.created(URI.create("/api/v1/credentials/" + made.id())).body(body(made));
	}

	@GetMapping("/{id}")
	CredentialBody show(@PathVariable String id) {
		return body(this.credentials.get(id));
	}

	@PostMapping("/{id}/rotate")
	CredentialBody rotate(@PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
		this.credentials.get(id);
		CredentialDraft draft = draft(body);
		JsonNode version = (body != null) ? body.get("version") : null;
		if (version != null && !version.isNull() && !version.isIntegralNumber()) {
			throw Refused.invalid("version", "is not a whole number; send the one that you read");
		}
		JsonNode unproved = (body != null) ? body.get("unproved") : null;
		if (unproved != null && !unproved.isBoolean()) {
			throw Refused.invalid("unproved", "is not true or false; true rotates without trying the new one on nodes");
		}
		return body(this.rotations
			.rotate(id, draft, (version != null && version.isIntegralNumber()) ? version.asLong() : null,
					unproved != null && unproved.asBoolean())
			.credential());
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	ResponseEntity<Void> remove(@PathVariable String id) {
		this.credentials.remove(id);
		return ResponseEntity.noContent().build();
	}

	private static CredentialDraft draft(@Nullable JsonNode body) {
		if (body == null || !body.isObject()) {
			throw new Refused(Refused.Kind.INVALID, "invalid",
					"The body is not a JSON object with name, kind and the parts of the key.", List.of());
		}
		List<FieldFault> faults = new ArrayList<>();
		for (String name : body.propertyNames()) {
			JsonNode value = body.get(name);
			if (!FIELDS.contains(name)) {
				faults.add(new FieldFault(name, "is not a part of a credential; the parts are "
						+ String.join(", ", FIELDS.stream().sorted().toList())));
			}
			else if (!name.equals("version") && !name.equals("unproved") && !value.isString() && !value.isNull()) {
				faults.add(new FieldFault(name, "is not a text; write it in quotation marks"));
			}
		}
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
		return new CredentialDraft(text(body, "name"), text(body, "kind"), text(body, "caCertificate"),
				text(body, "certificate"), text(body, "privateKey"));
	}

	private static @Nullable String text(JsonNode body, String field) {
		JsonNode value = body.get(field);
		return (value != null && value.isString()) ? value.asString() : null;
	}

	private CredentialBody body(Credential one) {
		boolean tls = one.expiresAt() != null;
		return new CredentialBody(one.id(), one.name(), one.kind().key(), one.fingerprint(), tls ? one.shown() : null,
				tls ? null : one.shown(), one.expiresAt(), this.credentials.warning(one), this.credentials.fault(one),
				this.credentials.usedBy(one.id()), one.createdAt(), one.rotatedAt(), one.version());
	}

	/**
	 * A credential as the contract shows it.
	 *
	 * @param subject whom the certificate is for, {@code null} for ssh
	 * @param publicKey the line for a node's authorized_keys, {@code null} for tls
	 * @param warning what to know about its end
	 * @param problem why it cannot be used, and the remedy
	 * @param usedBy the first hundred nodes that name it
	 */
	record CredentialBody(String id, String name, String kind, String fingerprint, @Nullable String subject,
			@Nullable String publicKey, @Nullable Instant expiresAt, @Nullable String warning, @Nullable String problem,
			List<UsedBy> usedBy, Instant createdAt, @Nullable Instant rotatedAt, long version) {
	}

}
