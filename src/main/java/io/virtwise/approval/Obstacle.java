package io.virtwise.approval;

import io.virtwise.shared.Refused;

import java.util.List;

/**
 * Why a person may not decide, in words for that person.
 *
 * @param kind whether the person or the state of things is in the way
 * @param key stable name of the reason
 * @param headline the reason
 * @param detail what follows from it
 */
public record Obstacle(Refused.Kind kind, String key, String headline, String detail) {

	/** The same as something to throw. */
	public Refused refusal() {
		return new Refused(this.kind, this.key, this.headline + " " + this.detail, List.of());
	}

}
