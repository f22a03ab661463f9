package io.virtwise.change;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.virtwise.shared.Refused;

/**
 * Where a change stands. {@link #TABLE} is the whole life cycle: what is not in it is
 * refused.
 */
public enum ChangeStatus {

	/** Planned; nobody was asked yet. */
	DRAFT("draft"),
	/** Somebody else has to look at it. */
	WAITING_FOR_APPROVAL("waiting for approval"),
	/** May be started once. */
	APPROVED("approved"),
	/** Nodes are being written. */
	RUNNING("running"),
	/** No further node is begun until a person says so. */
	PAUSED("paused"),
	/** Every node runs with it. */
	IN_FORCE("in force"),
	/** Every file is written and proved; nova-compute has yet to be restarted. */
	RESTART_PENDING("restart pending"),
	/** At least one node is not as it was approved. */
	FAILED("failed"),
	/** The old files are back. */
	ROLLED_BACK("rolled back"),
	/** Somebody said no. */
	DENIED("denied"),
	/** Taken back, or stopped before anything was written. */
	WITHDRAWN("withdrawn"),
	/** Not decided, or not started, in time. */
	EXPIRED("expired");

	private static final Map<ChangeStatus, Map<ChangeVerb, ChangeStatus>> TABLE = new EnumMap<>(ChangeStatus.class);

	static {
		from(DRAFT).to(ChangeVerb.SUBMIT, WAITING_FOR_APPROVAL).to(ChangeVerb.WITHDRAW, WITHDRAWN);
		from(WAITING_FOR_APPROVAL).to(ChangeVerb.APPROVE, APPROVED)
			.to(ChangeVerb.DENY, DENIED)
			.to(ChangeVerb.WITHDRAW, WITHDRAWN)
			.to(ChangeVerb.EXPIRE, EXPIRED);
		from(APPROVED).to(ChangeVerb.START, RUNNING).to(ChangeVerb.WITHDRAW, WITHDRAWN).to(ChangeVerb.EXPIRE, EXPIRED);
		from(RUNNING).to(ChangeVerb.PAUSE, PAUSED)
			.to(ChangeVerb.STOP, RUNNING)
			.to(ChangeVerb.AWAIT_RESTART, RESTART_PENDING)
			.to(ChangeVerb.PROVE, IN_FORCE)
			.to(ChangeVerb.FAIL, FAILED)
			.to(ChangeVerb.UNDO, ROLLED_BACK)
			.to(ChangeVerb.ABANDON, WITHDRAWN);
		from(PAUSED).to(ChangeVerb.RESUME, RUNNING).to(ChangeVerb.STOP, RUNNING);
		from(RESTART_PENDING).to(ChangeVerb.PROVE, IN_FORCE).to(ChangeVerb.ROLL_BACK, RUNNING);
		from(IN_FORCE).to(ChangeVerb.ROLL_BACK, RUNNING);
		from(FAILED).to(ChangeVerb.ROLL_BACK, RUNNING).to(ChangeVerb.RERUN, RUNNING);
	}

	private final String word;

	ChangeStatus(String word) {
		this.word = word;
	}

	/** The status as people read it. */
	public String word() {
		return this.word;
	}

	/** The name in the HTTP contract. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** The status of this name, if there is one. */
	public static Optional<ChangeStatus> ofKey(String key) {
		for (ChangeStatus status : values()) {
			if (status.key().equals(key)) {
				return Optional.of(status);
			}
		}
		return Optional.empty();
	}

	/** Whether this can happen now. */
	public boolean allows(ChangeVerb verb) {
		return allowed().contains(verb);
	}

	/** What can happen now. */
	public Set<ChangeVerb> allowed() {
		return TABLE.getOrDefault(this, Map.of()).keySet();
	}

	/**
	 * The status after this.
	 * @throws Refused if it cannot happen now
	 */
	public ChangeStatus after(ChangeVerb verb) {
		ChangeStatus next = TABLE.getOrDefault(this, Map.of()).get(verb);
		if (next == null) {
			throw Refused.conflict("wrong-status", "This change is " + this.word + "; one cannot " + verb.word()
					+ " it now. It can happen to a change that is " + sources(verb) + ".");
		}
		return next;
	}

	private static String sources(ChangeVerb verb) {
		return String.join(" or ",
				TABLE.entrySet()
					.stream()
					.filter((entry) -> entry.getValue().containsKey(verb))
					.map((entry) -> entry.getKey().word())
					.toList());
	}

	private static Row from(ChangeStatus status) {
		return new Row(TABLE.computeIfAbsent(status, (key) -> new EnumMap<>(ChangeVerb.class)));
	}

	/**
	 * One row of the table while it is filled.
	 */
	private record Row(Map<ChangeVerb, ChangeStatus> next) {

		Row to(ChangeVerb verb, ChangeStatus status) {
			this.next.put(verb, status);
			return this;
		}

	}

}
