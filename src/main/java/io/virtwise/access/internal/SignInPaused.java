package io.virtwise.access.internal;

import java.time.Duration;

import io.virtwise.shared.Explained;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.LockedException;

/**
 * Thrown while no try to sign in counts, after too many wrong ones.
 */
class SignInPaused extends LockedException implements Explained {

	private static final long serialVersionUID = 1L;

	private final long seconds;

	SignInPaused(Duration pause) {
		super("Too many wrong tries. Wait " + (pause.toSeconds() + 1) + " seconds, then try again.");
		this.seconds = pause.toSeconds() + 1;
	}

	/** How long to wait. */
	long seconds() {
		return this.seconds;
	}

	@Override
	public int status() {
		return 401;
	}

	@Override
	public String key() {
		return "sign-in-paused";
	}

	@Override
	public @Nullable String getMessage() {
		return super.getMessage();
	}

}
