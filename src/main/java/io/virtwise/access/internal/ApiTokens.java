package io.virtwise.access.internal;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.shared.AuditableEvent;
import io.virtwise.shared.Ids;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do with their tokens. Everybody sees and ends their own; who looks after
 * users also those of others. A token makes and ends none, or one that leaked could make
 * itself a successor.
 */
@Service
public class ApiTokens {

	/** How long a token lasts where nobody says. */
	public static final Duration DEFAULT_LIFE = Duration.ofDays(90);

	/** How long one may last. */
	public static final Duration LONGEST_LIFE = Duration.ofDays(366);

	private static final int LONGEST_NAME = 64;

	private static final int MOST = 50;

	private static final Set<Right> NOT_BY_DEFAULT = EnumSet.of(Right.CHANGE_DECIDE, Right.USER_WRITE);

	private final ApiTokenRepository repository;

	private final CurrentUser currentUser;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ApiTokens(ApiTokenRepository repository, CurrentUser currentUser, ApplicationEventPublisher events, Clock clock) {
		this.repository = repository;
		this.currentUser = currentUser;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * One page of a person's tokens, the newest first unless asked otherwise.
	 * @param personId {@code null} for one's own
	 * @throws Refused if it is somebody else's business, or paging is not of the
	 * contract's form
	 */
	public Slice<ApiToken> list(@Nullable String personId, @Nullable Integer page, @Nullable Integer size,
			@Nullable String sort) {
		Person person = this.currentUser.require();
		String of = (personId != null && !personId.isBlank()) ? personId : person.id();
		if (!of.equals(person.id()) && !person.may(Right.USER_WRITE)) {
			throw Refused.notFound("user", of);
		}
		return this.repository.findAllOf(of, SliceRequest.of(page, size, sort, ApiTokenRepository.SORTABLE.keySet()));
	}

	/**
	 * One token.
	 * @throws Refused if there is none, or it is not for this person's eyes
	 */
	public ApiToken get(String id) {
		Person person = this.currentUser.require();
		return this.repository.findById(id)
			.filter((token) -> token.revokedAt() == null)
			.filter((token) -> token.personId().equals(person.id()) || person.may(Right.USER_WRITE))
			.orElseThrow(() -> Refused.notFound("token", id));
	}

	/**
	 * Makes a token for who asks.
	 * @throws Refused naming every field that cannot be taken
	 */
	@Transactional
	public NewToken create(Wish wish) {
		Person person = withoutToken();
		List<FieldFault> faults = new ArrayList<>();
		String name = name(wish.name(), faults);
		Set<Right> scopes = scopes(wish.scopes(), person, faults);
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		Instant end = end(wish.expiresAt(), now, faults);
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
		if (this.repository.countOf(person.id()) >= MOST) {
			throw Refused.conflict("too-many-tokens", "You have " + MOST + " tokens already; revoke one first.");
		}
		String secret = TokenSignIn.newSecret();
		ApiToken token = new ApiToken(Ids.next(), person.id(), name, secret.substring(0, TokenSignIn.PREFIX_LENGTH),
				scopes, now, end, null, null, null);
		this.repository.insert(token, TokenSignIn.hash(secret));
		publish("token.created", token, null, describe(token));
		return new NewToken(token, secret);
	}

	/**
	 * Ends a token at once.
	 * @throws Refused if there is none, or it is not for this person's eyes
	 */
	@Transactional
	public ApiToken revoke(String id) {
		withoutToken();
		ApiToken token = get(id);
		if (!this.repository.revoke(id, this.clock.instant())) {
			throw Refused.notFound("token", id);
		}
		publish("token.revoked", token, describe(token), null);
		return token;
	}

	private Person withoutToken() {
		Person person = this.currentUser.require();
		if (this.currentUser.via().isPresent()) {
			throw Refused.forbidden("not-by-token",
					"A token cannot make or revoke tokens. Sign in with your password to do it.");
		}
		return person;
	}

	private void publish(String action, ApiToken token, @Nullable String before, @Nullable String after) {
		this.events.publishEvent(new AuditableEvent(action, "token", token.id(), token.name(), before, after));
	}

	private static String describe(ApiToken token) {
		return token.prefix() + "…; scopes: "
				+ token.scopes().stream().sorted().map(Right::authority).collect(Collectors.joining(", ")) + "; ends "
				+ token.expiresAt().truncatedTo(ChronoUnit.SECONDS);
	}

	private static String name(@Nullable String given, List<FieldFault> faults) {
		if (given == null) {
			return "unnamed";
		}
		String name = given.strip();
		if (name.isEmpty()) {
			faults.add(new FieldFault("name", "is empty; say what the token is for, for example nightly assessment"));
		}
		else if (name.length() > LONGEST_NAME || UnseenCharacters.in(name)) {
			faults.add(new FieldFault("name",
					"must be at most " + LONGEST_NAME + " characters, all of which can be seen"));
		}
		return name;
	}

	/** What was wished for; without a wish all that the person may, but deciding. */
	private static Set<Right> scopes(@Nullable List<@Nullable String> given, Person person, List<FieldFault> faults) {
		if (given == null) {
			return person.rights()
				.stream()
				.filter((right) -> !NOT_BY_DEFAULT.contains(right))
				.collect(Collectors.toUnmodifiableSet());
		}
		List<String> names = given.stream().map((name) -> Objects.toString(name, "null")).toList();
		List<String> unknown = names.stream().filter((name) -> Right.of(name).isEmpty()).toList();
		Set<Right> known = names.stream().map(Right::of).flatMap(Optional::stream).collect(Collectors.toSet());
		List<Right> beyond = known.stream().filter((right) -> !person.may(right)).sorted().toList();
		if (!unknown.isEmpty()) {
			faults.add(new FieldFault("scopes", "has entries that are no scope; choose from "
					+ Arrays.stream(Right.values()).map(Right::authority).collect(Collectors.joining(", "))));
		}
		else if (!beyond.isEmpty()) {
			faults.add(new FieldFault("scopes",
					"has " + beyond.stream().map(Right::authority).collect(Collectors.joining(", "))
							+ ", which none of your roles has; a token cannot have more than you"));
		}
		return known;
	}

	private static Instant end(@Nullable String given, Instant now, List<FieldFault> faults) {
		if (given == null || given.isBlank()) {
			return now.plus(DEFAULT_LIFE);
		}
		Optional<Instant> end = instant(given.strip());
		if (end.isEmpty()) {
			faults.add(new FieldFault("expiresAt",
					"is no time; write it like 2027-01-31 or 2027-01-31T18:00:00Z, or leave it out for 90 days"));
		}
		else if (!end.get().isAfter(now)) {
			faults.add(new FieldFault("expiresAt", "is not in the future"));
		}
		else if (end.get().isAfter(now.plus(LONGEST_LIFE))) {
			faults.add(new FieldFault("expiresAt", "is too far away; a token lasts at most 366 days"));
		}
		return end.orElse(now);
	}

	/** A moment, or the end of a day in UTC. */
	private static Optional<Instant> instant(String text) {
		try {
			return Optional
				.of((text.indexOf('T') < 0) ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
						: OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	/**
	 * What a token is made from.
	 *
	 * @param name what its owner calls it
	 * @param scopes names of rights; {@code null} for all that the person may, but
	 * deciding over changes and looking after users
	 * @param expiresAt a day or a moment; {@code null} or blank for 90 days from now
	 */
	public record Wish(@Nullable String name, @Nullable List<@Nullable String> scopes, @Nullable String expiresAt) {
	}

	/**
	 * A token just made.
	 *
	 * @param token what is kept of it
	 * @param secret the token itself, shown this once
	 */
	public record NewToken(ApiToken token, String secret) {

		@Override
		public String toString() {
			return "NewToken[" + this.token + "]";
		}

	}

}
