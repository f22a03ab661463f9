package io.virtwise.access.internal;

import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * The person whom the filter chain let in.
 */
@Component
class SecurityContextUser implements CurrentUser {

	@Override
	public Optional<Person> find() {
		return signedIn().map(SignedIn::person);
	}

	@Override
	public Optional<String> via() {
		return signedIn().map(SignedIn::token).map((token) -> "token " + token.prefix());
	}

	private static Optional<SignedIn> signedIn() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication != null && authentication.isAuthenticated()
				&& authentication.getPrincipal() instanceof SignedIn signedIn) {
			return Optional.of(signedIn);
		}
		return Optional.empty();
	}

}
