package io.virtwise.access.internal;

import io.virtwise.shared.Explained;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.AuthenticationException;

/**
 * Thrown for a token that lets nobody in, with the reason for whoever holds it.
 */
class TokenRefused extends AuthenticationException implements Explained {

	private static final long serialVersionUID = 1L;

	private final String key;

	TokenRefused(String key, String message) {
		super(message);
		this.key = key;
	}

	@Override
	public int status() {
		return 401;
	}

	@Override
	public String key() {
		return this.key;
	}

	@Override
	public @Nullable String getMessage() {
		return super.getMessage();
	}

}
