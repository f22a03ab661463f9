package io.virtwise.change.web;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.virtwise.access.People;
import io.virtwise.change.ChangeFilter;
import io.virtwise.change.ChangeReport;
import io.virtwise.change.ChangeReport.PersonReport;
import io.virtwise.change.ChangeReports;
import io.virtwise.change.ChangeRequest;
import io.virtwise.change.ChangeStatus;
import io.virtwise.change.ChangeSummary;
import io.virtwise.change.Changes;
import io.virtwise.change.PlanCommand;
import io.virtwise.change.SettingsFrom;
import io.virtwise.nova.Setting;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Changes over HTTP, up to their approval.
 */
@RestController
@RequestMapping("/api/v1/changes")
class ChangeApi {

	private static final Set<String> SORTABLE = Set.of("number", "status", "createdAt", "updatedAt");

	private final Changes changes;

	private final ChangeReports reports;

	private final People people;

	ChangeApi(Changes changes, ChangeReports reports, People people) {
		this.changes = changes;
		this.reports = reports;
		this.people = people;
	}

	@PostMapping
	@PreAuthorize("hasAuthority('change:request')")
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<ChangeReport> plan(@RequestBody PlanBody body) {
		ChangeRequest change = this.changes.plan(body.toCommand());
		return ResponseEntity.created(URI.create("/api/v1/changes/" + change.id())).body(this.reports.of(change.id()));
	}

	@GetMapping
	Slice<SummaryBody> list(@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort,
			@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String node) {
		return this.changes.list(new ChangeFilter(status(status), node), SliceRequest.of(page, size, sort, SORTABLE))
			.map(this::summary);
	}

	@GetMapping("/{id}")
	ChangeReport get(@PathVariable String id) {
		return this.reports.of(id);
	}

	@PostMapping("/{id}/submit")
	@PreAuthorize("hasAuthority('change:request')")
	ChangeReport submit(@PathVariable String id, @RequestBody(required = false) @Nullable VerbBody body) {
		VerbBody told = VerbBody.of(body);
		return this.reports.of(this.changes.submit(id, told.seen(), told.emergencyReason()).id());
	}

	@PostMapping("/{id}/approve")
	@PreAuthorize("hasAuthority('change:decide')")
	ChangeReport approve(@PathVariable String id, @RequestBody VerbBody body) {
		return this.reports.of(this.changes.approve(id, body.seenContent(), body.comment()).id());
	}

	@PostMapping("/{id}/deny")
	@PreAuthorize("hasAuthority('change:decide')")
	ChangeReport deny(@PathVariable String id, @RequestBody(required = false) @Nullable VerbBody body) {
		VerbBody told = VerbBody.of(body);
		return this.reports.of(this.changes.deny(id, told.seen(), told.comment()).id());
	}

	@PostMapping("/{id}/withdraw")
	@PreAuthorize("hasAuthority('change:request')")
	ChangeReport withdraw(@PathVariable String id, @RequestBody(required = false) @Nullable VerbBody body) {
		VerbBody told = VerbBody.of(body);
		return this.reports.of(this.changes.withdraw(id, told.seen(), told.comment()).id());
	}

	/** Looks back at an emergency. */
	@PostMapping("/{id}/review")
	@PreAuthorize("hasAuthority('change:decide')")
	ChangeReport review(@PathVariable String id, @RequestBody(required = false) @Nullable VerbBody body) {
		VerbBody told = VerbBody.of(body);
		return this.reports.of(this.changes.review(id, told.seen(), told.comment()).id());
	}

	static SettingsFrom from(@Nullable String key) {
		return (key == null) ? SettingsFrom.RECOMMENDATION : SettingsFrom.ofKey(key)
			.orElseThrow(() -> Refused.invalid("settingsFrom", "is none of " + String.join(", ", SettingsFrom.keys())
					+ "; leave it out to take each node's own recommendation"));
	}

	static @Nullable ChangeStatus status(@Nullable String key) {
		if (key == null || key.isBlank()) {
			return null;
		}
		return ChangeStatus.ofKey(key)
			.orElseThrow(() -> Refused.invalid("status", "is not a status of a change; it is one of "
					+ String.join(", ", Arrays.stream(ChangeStatus.values()).map(ChangeStatus::key).toList())));
	}

	private SummaryBody summary(ChangeSummary change) {
		String requester = change.requestedBy();
		return new SummaryBody(change.id(), change.number(), change.title(), change.reason(), change.status().key(),
				change.statusAt(), person(change.plannedBy()), change.plannedAt(),
				(requester != null) ? person(requester) : null, change.nodeCount());
	}

	private PersonReport person(String id) {
		return new PersonReport(id, this.people.nameOf(id));
	}

	/**
	 * What to plan.
	 *
	 * @param nodes ids
	 * @param settings what to set instead of the recommendation
	 * @param settingsFrom where the settings come from that are not given:
	 * recommendation, or group for what the group of each node needs
	 * @param reason why
	 */
	record PlanBody(@Nullable List<@Nullable String> nodes, @Nullable List<@Nullable SettingBody> settings,
			@Nullable String settingsFrom, @Nullable String reason) {

		/** A misspelt {@code settings} would quietly become another plan. */
		@JsonAnySetter
		@SuppressWarnings("DoNotCallSuggester") // to throw is what it is for
		void other(String name, @Nullable Object value) {
			throw Refused.invalid(name, "is no part of a plan; the parts are nodes, settings, settingsFrom and reason");
		}

		PlanCommand toCommand() {
			List<String> ids = (this.nodes != null) ? this.nodes.stream().map((id) -> (id != null) ? id : "").toList()
					: List.of();
			List<Setting> given = (this.settings != null) ? this.settings.stream()
				.map((one) -> (one != null) ? one.toSetting() : new Setting("", "", null))
				.toList() : null;
			return new PlanCommand(ids, given, from(this.settingsFrom), (this.reason != null) ? this.reason : "");
		}

	}

	/**
	 * A setting. A recommendation's and a plan's are taken as they were answered, with
	 * the rule and the reason that are no part of what is asked for.
	 *
	 * @param section its section
	 * @param option its name
	 * @param value what to set, {@code null} to take it out
	 */
	@JsonIgnoreProperties({ "rule", "reason" })
	record SettingBody(@Nullable String section, @Nullable String option, @Nullable String value) {

		Setting toSetting() {
			return new Setting((this.section != null) ? this.section : "", (this.option != null) ? this.option : "",
					this.value);
		}

	}

	/**
	 * A change in a list.
	 *
	 * @param id opaque
	 * @param number short, for people
	 * @param title what it does
	 * @param reason why
	 * @param status where it stands
	 * @param statusAt since when
	 * @param plannedBy who planned it
	 * @param plannedAt when
	 * @param requestedBy who asked for approval
	 * @param nodeCount how many nodes it is for
	 */
	record SummaryBody(String id, long number, String title, String reason, String status, Instant statusAt,
			PersonReport plannedBy, Instant plannedAt, @Nullable PersonReport requestedBy, int nodeCount) {
	}

}
