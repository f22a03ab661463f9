package io.virtwise.access.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import io.virtwise.access.Right;
import io.virtwise.access.internal.ApiToken;
import io.virtwise.access.internal.ApiTokens;
import io.virtwise.access.internal.ApiTokens.NewToken;
import io.virtwise.access.internal.ApiTokens.Wish;
import io.virtwise.shared.Slice;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
 * Tokens over HTTP. A token comes out once, in the answer that made it.
 */
@RestController
@RequestMapping("/api/v1/tokens")
class TokensApi {

	private final ApiTokens tokens;

	TokensApi(ApiTokens tokens) {
		this.tokens = tokens;
	}

	@GetMapping
	Slice<TokenBody> list(@RequestParam(required = false) @Nullable String user,
			@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort) {
		return this.tokens.list(user, page, size, sort).map((token) -> TokenBody.of(token, null));
	}

	@GetMapping("/{id}")
	TokenBody get(@PathVariable String id) {
		return TokenBody.of(this.tokens.get(id), null);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<TokenBody> create(@RequestBody Wish wish) {
		NewToken made = this.tokens.create(wish);
		return ResponseEntity.created(URI.create("/api/v1/tokens/" + made.token().id()))
			.cacheControl(CacheControl.noStore())
			.body(TokenBody.of(made.token(), made.secret()));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void revoke(@PathVariable String id) {
		this.tokens.revoke(id);
	}

	/**
	 * A token as the contract shows it.
	 *
	 * @param token the token itself, in the answer that made it and nowhere else
	 */
	record TokenBody(String id, String user, String name, @Nullable String token, String prefix, List<String> scopes,
			Instant createdAt, Instant expiresAt, @Nullable Instant lastUsedAt, @Nullable String lastUsedFrom) {

		static TokenBody of(ApiToken token, @Nullable String secret) {
			return new TokenBody(token.id(), token.personId(), token.name(), secret, token.prefix(),
					token.scopes().stream().sorted().map(Right::authority).toList(), token.createdAt(),
					token.expiresAt(), token.lastUsedAt(), token.lastUsedFrom());
		}

		@Override
		public String toString() {
			return "TokenBody[" + this.id + ", " + this.prefix + "]";
		}

	}

}
