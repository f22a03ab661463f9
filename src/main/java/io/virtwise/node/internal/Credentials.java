package io.virtwise.node.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.virtwise.node.NodeSecret;
import io.virtwise.node.Transport;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people may do with credentials: hand them in, replace them, take them away. What
 * was handed in never comes out again.
 */
@Service
@Transactional
@PreAuthorize("hasAuthority('node:write')")
public class Credentials {

	private static final int LONGEST_NAME = 63;

	private static final int MOST = 500;

	private final CredentialStore store;

	private final Sealer sealer;

	private final JsonMapper json;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Credentials(CredentialStore store, Sealer sealer, JsonMapper json, ApplicationEventPublisher events, Clock clock) {
		this.store = store;
		this.sealer = sealer;
		this.json = json;
		this.events = events;
		this.clock = clock;
	}

	/** All of them, by name. */
	@Transactional(readOnly = true)
	public List<Credential> all() {
		return this.store.all();
	}

	/** One page of them, by name. */
	@Transactional(readOnly = true)
	public Slice<Credential> list(SliceRequest request) {
		List<Credential> all = new ArrayList<>(this.store.all());
		if (request.descending()) {
			Collections.reverse(all);
		}
		int from = (int) Math.min(request.offset(), all.size());
		return new Slice<>(all.subList(from, Math.min(all.size(), from + request.size())), request.page(),
				request.size(), all.size());
	}

	/**
	 * The credential with this id.
	 * @throws Refused if there is none
	 */
	@Transactional(readOnly = true)
	public Credential get(String id) {
		return this.store.find(id).orElseThrow(() -> Refused.notFound("credential", id));
	}

	/** The nodes that sign in with it, the first hundred by name. */
	@Transactional(readOnly = true)
	public List<UsedBy> usedBy(String id) {
		return this.store.usedBy(id);
	}

	/** Why none can be kept, and what to do; {@code null} if they can. */
	public @Nullable String fault() {
		return this.sealer.fault();
	}

	/** Why this one cannot be used, and what to do; {@code null} if it can. */
	public @Nullable String fault(Credential credential) {
		String fault = this.sealer.fault();
		return (fault != null || credential.sealedWith().equals(this.sealer.keyName())) ? fault
				: "It was sealed with another key than the portal has now. Set the former key again, or rotate it.";
	}

	/** What people have to know about its end, {@code null} for nothing. */
	public @Nullable String warning(Credential credential) {
		return credential.warning(this.clock.instant());
	}

	/**
	 * Keeps a new one.
	 * @throws Refused naming every part that cannot be taken, or if there is no key to
	 * seal it with
	 */
	public Credential create(CredentialDraft draft) {
		List<FieldFault> faults = new ArrayList<>();
		String name = name(draft.name(), faults);
		Transport kind = kind(draft.kind(), faults);
		KeyMaterial material = (kind != null) ? KeyMaterial.of(kind, draft, this.clock.instant(), faults) : null;
		if (kind == null || material == null || !faults.isEmpty()) {
			throw invalid(faults);
		}
		if (this.store.all().size() >= MOST) {
			throw Refused.conflict("too-many-credentials", "There are " + MOST + " credentials; remove one first.");
		}
		Credential made = new Credential(Ids.next(), name, kind, material.fingerprint(), material.shown(),
				this.sealer.keyName(), material.expiresAt(), now(), null, 0);
		try {
			this.store.insert(made, seal(made.id(), material.secret()));
		}
		catch (DuplicateKeyException ex) {
			throw nameTaken(name);
		}
		this.events.publishEvent(
				new AuditableEvent("credential.created", "credential", made.id(), name, null, made.describe()));
		return made;
	}

	/**
	 * The secret of a draft that is to replace this one's.
	 * @throws Refused naming every part that cannot be taken
	 */
	NodeSecret read(Credential credential, CredentialDraft draft) {
		List<FieldFault> faults = new ArrayList<>();
		KeyMaterial material = KeyMaterial.of(credential.kind(), draft, this.clock.instant(), faults);
		if (material == null) {
			throw invalid(faults);
		}
		return material.secret();
	}

	/**
	 * Replaces its secret; the nodes that name it sign in with the new one from now on.
	 * @param version the version that the caller saw, {@code null} for whichever it is
	 * @throws Refused naming every part that cannot be taken, or if somebody else
	 * replaced it since
	 */
	public Credential rotate(String id, CredentialDraft draft, @Nullable Long version) {
		Credential before = get(id);
		List<FieldFault> faults = new ArrayList<>();
		KeyMaterial material = KeyMaterial.of(before.kind(), draft, this.clock.instant(), faults);
		if (material == null) {
			throw invalid(faults);
		}
		Credential after = new Credential(id, before.name(), before.kind(), material.fingerprint(), material.shown(),
				this.sealer.keyName(), material.expiresAt(), before.createdAt(), now(), before.version() + 1);
		long seen = (version != null) ? version : before.version();
		if (!this.store.replace(after, seal(id, material.secret()), seen)) {
			throw Refused.conflict("stale-version", "The credential " + before.name()
					+ " was rotated by somebody else meanwhile. Look at it again, then repeat this.");
		}
		this.events.publishEvent(new AuditableEvent("credential.rotated", "credential", id, before.name(),
				before.describe(), after.describe()));
		return after;
	}

	/**
	 * Takes it away for good.
	 * @throws Refused while a node names it
	 */
	public Credential remove(String id) {
		Credential credential = get(id);
		List<UsedBy> nodes = this.store.usedBy(id);
		if (!nodes.isEmpty()) {
			throw Refused.conflict("credential-in-use",
					"The credential " + credential.name() + " is used by "
							+ nodes.stream().limit(5).map(UsedBy::name).collect(Collectors.joining(", "))
							+ ((nodes.size() > 5) ? " and others" : "") + ". Give those another one first.");
		}
		this.store.delete(id);
		this.events.publishEvent(new AuditableEvent("credential.removed", "credential", id, credential.name(),
				credential.describe(), null));
		return credential;
	}

	private String seal(String id, NodeSecret secret) {
		return this.sealer.seal(id, this.json.writeValueAsString(secret));
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static String name(@Nullable String value, List<FieldFault> faults) {
		String name = Objects.requireNonNullElse(value, "").strip();
		if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0," + (LONGEST_NAME - 1) + "}")) {
			faults.add(new FieldFault("name", "is not 1 to " + LONGEST_NAME
					+ " letters, digits, blanks, dots, dashes or underscores, beginning with a letter or digit"));
		}
		return name;
	}

	private static @Nullable Transport kind(@Nullable String value, List<FieldFault> faults) {
		for (Transport kind : new Transport[] { Transport.TLS, Transport.SSH }) {
			if (kind.key().equals(value)) {
				return kind;
			}
		}
		faults.add(new FieldFault("kind", "is not one of tls, ssh"));
		return null;
	}

	private static Refused invalid(List<FieldFault> faults) {
		return (faults.size() == 1) ? Refused.invalid(faults.get(0).field(), faults.get(0).message())
				: Refused.invalid(faults);
	}

	private static Refused nameTaken(String name) {
		return new Refused(Refused.Kind.CONFLICT, "name-taken",
				"Another credential is already called " + name + "; choose another name, or rotate that one.",
				List.of(new FieldFault("name", "is taken by another credential; choose another")));
	}

}
