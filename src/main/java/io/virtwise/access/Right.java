package io.virtwise.access;

import java.util.Optional;

/**
 * One thing that a person may do. Its authority is what method security asks for, as in
 * {@code @PreAuthorize("hasAuthority('node:write')")}.
 */
public enum Right {

	/** See nodes, their facts and assessments. */
	NODE_READ("node:read", "see nodes and their facts"),
	/** Register, edit, remove and probe nodes. */
	NODE_WRITE("node:write", "register, edit and probe nodes"),
	/** See changes. */
	CHANGE_READ("change:read", "see changes"),
	/** Plan and submit a change. */
	CHANGE_REQUEST("change:request", "ask for a change"),
	/** Approve or deny a change. */
	CHANGE_DECIDE("change:decide", "approve or deny a change"),
	/** Put an approved change on its nodes. */
	CHANGE_PUSH("change:push", "put an approved change on its nodes"),
	/** See revisions and drafts of the rulebase. */
	RULE_READ("rule:read", "see revisions and drafts of rules"),
	/** Edit drafts of rules, and ask to publish them. */
	RULE_WRITE("rule:write", "edit rules"),
	/** Take a file of a draft out of the hands of who edits it. */
	RULE_UNLOCK("rule:unlock", "break another author's lock"),
	/** Read the audit log. */
	AUDIT_READ("audit:read", "read the audit log"),
	/** Set how many people have to approve what. */
	POLICY_WRITE("policy:write", "set the approval policy"),
	/** Say who is told by webhook. */
	WEBHOOK_WRITE("webhook:write", "set up webhooks"),
	/** Look after users and their roles. */
	USER_WRITE("user:write", "look after users");

	private final String authority;

	private final String meaning;

	Right(String authority, String meaning) {
		this.authority = authority;
		this.meaning = meaning;
	}

	/** The right of this name, if there is one. */
	public static Optional<Right> of(String authority) {
		for (Right right : values()) {
			if (right.authority.equals(authority)) {
				return Optional.of(right);
			}
		}
		return Optional.empty();
	}

	/** The name that method security and problem answers use. */
	public String authority() {
		return this.authority;
	}

	/** What one may do with it, to follow "may". */
	public String meaning() {
		return this.meaning;
	}

}
