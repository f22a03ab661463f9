package io.virtwise.access;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static io.virtwise.access.Right.*;

/**
 * What a person comes to the portal for. One person may hold several.
 */
public enum Role {

	/** Submits facts, reads recommendations, asks for changes. */
	REQUESTER("Requester", Set.of(NODE_READ, CHANGE_READ, CHANGE_REQUEST, RULE_READ)),
	/** Registers nodes, reads their facts, plans and starts pushes. */
	OPERATOR("Operator", Set.of(NODE_READ, NODE_WRITE, CHANGE_READ, CHANGE_REQUEST, CHANGE_PUSH, RULE_READ)),
	/** Decides over changes that somebody else asked for. */
	APPROVER("Approver", Set.of(NODE_READ, CHANGE_READ, CHANGE_DECIDE, RULE_READ)),
	/** Edits rules. */
	RULE_AUTHOR("Rule author", Set.of(NODE_READ, CHANGE_READ, RULE_READ, RULE_WRITE)),
	/** Reads everything, changes nothing. */
	AUDITOR("Auditor", Set.of(NODE_READ, CHANGE_READ, AUDIT_READ, RULE_READ)),
	/** Looks after users and settings; bound by four eyes like everybody. */
	ADMIN("Administrator", Set.of(NODE_READ, NODE_WRITE, CHANGE_READ, CHANGE_REQUEST, CHANGE_PUSH, AUDIT_READ,
			USER_WRITE, POLICY_WRITE, RULE_READ, RULE_UNLOCK, WEBHOOK_WRITE));

	private final String title;

	@SuppressWarnings("ImmutableEnumChecker") // made by Set.of, so it is
	private final Set<Right> rights;

	Role(String title, Set<Right> rights) {
		this.title = title;
		this.rights = rights;
	}

	/** The name in the HTTP contract, for example {@code rule-author}. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** The name as people read it. */
	public String title() {
		return this.title;
	}

	/** What this role may do. */
	public Set<Right> rights() {
		return this.rights;
	}

	/** The role of this key, if there is one. */
	public static Optional<Role> ofKey(String key) {
		for (Role role : values()) {
			if (role.key().equals(key)) {
				return Optional.of(role);
			}
		}
		return Optional.empty();
	}

}
