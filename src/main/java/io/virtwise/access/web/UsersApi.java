package io.virtwise.access.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.virtwise.access.Role;
import io.virtwise.access.internal.Account;
import io.virtwise.access.internal.Accounts;
import io.virtwise.access.internal.Accounts.AccountEdit;
import io.virtwise.access.internal.Accounts.NewAccount;
import io.virtwise.shared.Slice;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Users over HTTP. A password goes in and never comes out.
 */
@RestController
@RequestMapping("/api/v1/users")
class UsersApi {

	private final Accounts accounts;

	UsersApi(Accounts accounts) {
		this.accounts = accounts;
	}

	@GetMapping
	Slice<UserBody> list(@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort) {
		return this.accounts.list(page, size, sort).map(UserBody::of);
	}

	@GetMapping("/{id}")
	UserBody get(@PathVariable String id) {
		return UserBody.of(this.accounts.get(id));
	}

	@PostMapping
	@PreAuthorize("hasAuthority('user:write')")
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<UserBody> create(@RequestBody NewUserBody body) {
		Account account = this.accounts.create(body.toAccount());
		return ResponseEntity.created(URI.create("/api/v1/users/" + account.id())).body(UserBody.of(account));
	}

	@PatchMapping("/{id}")
	@PreAuthorize("hasAuthority('user:write')")
	UserBody edit(@PathVariable String id, @RequestBody AccountEdit edit) {
		return UserBody.of(this.accounts.edit(id, edit));
	}

	/**
	 * A user as the contract shows it.
	 */
	record UserBody(String id, String username, String displayName, List<String> roles, boolean disabled,
			Instant createdAt) {

		static UserBody of(Account account) {
			return new UserBody(account.id(), account.username(), account.displayName(),
					account.roles().stream().sorted().map(Role::key).toList(), account.disabled(), account.createdAt());
		}

	}

	/**
	 * What a user is made from; what is left out is refused by name.
	 */
	record NewUserBody(@Nullable String username, @Nullable String displayName, @Nullable String password,
			@Nullable List<String> roles) {

		NewAccount toAccount() {
			return new NewAccount(Objects.requireNonNullElse(this.username, ""), this.displayName,
					Objects.requireNonNullElse(this.password, ""), Objects.requireNonNullElse(this.roles, List.of()));
		}

		@Override
		public String toString() {
			return "NewUserBody[" + this.username + "]";
		}

	}

}
