package io.virtwise.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.shared.ContentHash;
import io.virtwise.shared.Refused;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who may decide, over what, and for how long.
 */
class ApprovalRequestTests {

	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

	private static final Duration VALID = Duration.ofDays(3);

	private static final ContentHash CONTENT = ContentHash.of("what is to be approved");

	private static final Demand ONE = Demand.of(1);

	private final Person requester = person("p-ines", Role.OPERATOR, Role.APPROVER);

	private final Person planner = person("p-sven", Role.REQUESTER, Role.APPROVER);

	private final Person approver = person("p-mara", Role.APPROVER);

	@Test
	void somebodyElseApproves() {
		ApprovalRequest granted = open(1).approve(this.approver, CONTENT, "looks right", VALID, at(NOW));

		assertThat(granted.status()).isEqualTo(ApprovalStatus.GRANTED);
		assertThat(granted.decisions())
			.containsExactly(new Decision("p-mara", Decision.Outcome.APPROVED, "looks right", NOW));
		assertThat(granted.expiresAt()).isEqualTo(NOW.plus(VALID));
	}

	@Test
	void refusesTheRequesterWhateverTheRoles() {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> open(1).approve(this.requester, CONTENT, null, VALID, at(NOW)))
			.withMessageContaining("You asked for this change, so you cannot decide it")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.FORBIDDEN));
	}

	@Test
	void refusesTheRequesterUnderAnotherName() {
		Person renamed = new Person("p-ines", "ines2", "Somebody Else", Set.of(Role.APPROVER));

		assertThat(open(1).obstacleFor(renamed, at(NOW))).map(Obstacle::key).isEqualTo(Optional.of("own-request"));
	}

	@Test
	void refusesWhoPlannedIt() {
		assertThat(open(1).obstacleFor(this.planner, at(NOW))).map(Obstacle::key).isEqualTo(Optional.of("own-edit"));
	}

	@Test
	void refusesTheRequesterToDenyToo() {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> open(1).deny(this.requester, "no", at(NOW)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("own-request"));
	}

	@Test
	void namesTheRightThatIsMissing() {
		Obstacle obstacle = open(1).obstacleFor(person("p-carl", Role.OPERATOR, Role.ADMIN), at(NOW)).orElseThrow();

		assertThat(obstacle.headline()).contains("change:decide");
		assertThat(obstacle.kind()).isEqualTo(Refused.Kind.FORBIDDEN);
	}

	@Test
	void refusesAnotherContentThanTheOneThatWaits() {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> open(1).approve(this.approver, ContentHash.of("older"), null, VALID, at(NOW)))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Refused.Kind.CONFLICT))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("content-changed"));
	}

	@Test
	void staysOpenUntilEnoughDifferentPeopleSaidYes() {
		ApprovalRequest one = open(2).approve(this.approver, CONTENT, null, VALID, at(NOW));
		assertThat(one.status()).isEqualTo(ApprovalStatus.OPEN);

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> one.approve(this.approver, CONTENT, null, VALID, at(NOW)))
			.withMessageContaining("already decided");
		ApprovalRequest two = one.approve(person("p-tom", Role.APPROVER), CONTENT, null, VALID, at(NOW));
		assertThat(two.status()).isEqualTo(ApprovalStatus.GRANTED);
	}

	@Test
	void denyingNeedsAReason() {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> open(1).deny(this.approver, "  ", at(NOW)))
			.satisfies(
					(ex) -> assertThat(ex.faults()).extracting(Refused.FieldFault::field).containsExactly("comment"));
		assertThat(open(1).deny(this.approver, " not in the freeze ", at(NOW))).satisfies((denied) -> {
			assertThat(denied.status()).isEqualTo(ApprovalStatus.DENIED);
			assertThat(denied.decisions().get(0).comment()).isEqualTo("not in the freeze");
		});
	}

	@Test
	void isOverWhenItsTimeHasRunOut() {
		Instant late = NOW.plus(VALID);

		assertThat(open(1).obstacleFor(this.approver, at(late.minusMillis(1)))).isEmpty();
		assertThat(open(1).obstacleFor(this.approver, at(late))).map(Obstacle::key).isEqualTo(Optional.of("expired"));
	}

	@Test
	void isUsedOnceAndOnlyForItsContent() {
		ApprovalRequest granted = open(1).approve(this.approver, CONTENT, null, VALID, at(NOW));

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> granted.use(ContentHash.of("other"), ONE, ApprovalRequestTests::stillMay, at(NOW)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("content-changed"));
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> granted.use(CONTENT, ONE, ApprovalRequestTests::stillMay, at(NOW.plus(VALID))))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("expired"));
		ApprovalRequest used = granted.use(CONTENT, ONE, ApprovalRequestTests::stillMay, at(NOW));
		assertThat(used.status()).isEqualTo(ApprovalStatus.USED);
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> used.use(CONTENT, ONE, ApprovalRequestTests::stillMay, at(NOW)))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("not-approved"));
	}

	@Test
	void doesNotStartOnAnApprovalByWhoAsked() {
		ApprovalRequest forged = new ApprovalRequest("r1", subject(), CONTENT, "p-ines", "p-sven", NOW, NOW.plus(VALID),
				ONE, Grounds.NONE, null, ApprovalStatus.GRANTED,
				List.of(new Decision("p-ines", Decision.Outcome.APPROVED, null, NOW)), null, 0);

		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> forged.use(CONTENT, ONE, ApprovalRequestTests::stillMay, at(NOW)))
			.withMessageContaining("Only 0 of 1");
	}

	@Test
	void cannotBeTakenBackOnceUsed() {
		ApprovalRequest used = open(1).approve(this.approver, CONTENT, null, VALID, at(NOW))
			.use(CONTENT, ONE, ApprovalRequestTests::stillMay, at(NOW));

		assertThatExceptionOfType(Refused.class).isThrownBy(used::withdraw);
		assertThat(open(1).withdraw().status()).isEqualTo(ApprovalStatus.WITHDRAWN);
	}

	private ApprovalRequest open(int needed) {
		return new ApprovalRequest("r1", subject(), CONTENT, this.requester.id(), this.planner.id(), NOW,
				NOW.plus(VALID), Demand.of(needed), Grounds.NONE, null, ApprovalStatus.OPEN, List.of(), null, 0);
	}

	/** Nobody lost a role. */
	private static boolean stillMay(String personId) {
		return !personId.isEmpty();
	}

	private static Eligibility at(Instant now) {
		return new Eligibility(now, Map.of(), Map.of());
	}

	private static Subject subject() {
		return new Subject("change", "c1", "Change 1", "/changes/c1");
	}

	private static Person person(String id, Role... roles) {
		return new Person(id, id, "Name of " + id, Set.of(roles));
	}

}
