package io.virtwise.recommendation.web;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Set;

import io.virtwise.access.People;
import io.virtwise.recommendation.Waiver;
import io.virtwise.recommendation.Waivers;
import io.virtwise.recommendation.Waivers.Which;
import io.virtwise.recommendation.Waivers.Wish;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
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
 * Waivers over HTTP.
 */
@RestController
@RequestMapping("/api/v1")
class WaiverApi {

	private final Waivers waivers;

	private final People people;

	private final Clock clock;

	WaiverApi(Waivers waivers, People people, Clock clock) {
		this.waivers = waivers;
		this.people = people;
		this.clock = clock;
	}

	@GetMapping("/waivers")
	Slice<WaiverView> list(@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String node,
			@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort) {
		SliceRequest request = SliceRequest.of(page, size, sort, Set.of("createdAt", "until"));
		return this.waivers.list(which(status), node, request).map(this::view);
	}

	@GetMapping("/waivers/{id}")
	WaiverView get(@PathVariable String id) {
		return view(this.waivers.get(id));
	}

	@PostMapping("/nodes/{id}/waivers")
	@PreAuthorize("hasAuthority('change:decide')")
	@ResponseStatus(HttpStatus.CREATED)
	ResponseEntity<WaiverView> waive(@PathVariable String id, @RequestBody WaiverBody body) {
		Waiver waiver = this.waivers.waive(body.toWish(id));
		return ResponseEntity.created(URI.create("/api/v1/waivers/" + waiver.id())).body(view(waiver));
	}

	/** Takes it back; what it was stays to be read. */
	@DeleteMapping("/waivers/{id}")
	WaiverView takeBack(@PathVariable String id) {
		return view(this.waivers.takeBack(id));
	}

	static Which which(@Nullable String status) {
		return switch ((status != null) ? status : "") {
			case "", "active" -> Which.ACTIVE;
			case "ended" -> Which.ENDED;
			case "all" -> Which.ALL;
			default -> throw Refused.invalid("status", "is not one of active, ended, all");
		};
	}

	private WaiverView view(Waiver waiver) {
		return WaiverView.of(waiver, this.people, LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC));
	}

	/**
	 * What to waive, as it was typed.
	 *
	 * @param rule the rule that found it
	 * @param title the finding's line, where the rule found more than one thing
	 * @param reason why one can live with it
	 * @param owner who answers for it
	 * @param until the last day, as 2026-12-31
	 */
	record WaiverBody(@Nullable String rule, @Nullable String title, @Nullable String reason, @Nullable String owner,
			@Nullable String until) {

		Wish toWish(String nodeId) {
			return new Wish(nodeId, text(this.rule), (this.title != null && !this.title.isBlank()) ? this.title : null,
					text(this.reason), text(this.owner), day(this.until));
		}

		private static String text(@Nullable String text) {
			return (text != null) ? text : "";
		}

		private static @Nullable LocalDate day(@Nullable String text) {
			if (text == null || text.isBlank()) {
				return null;
			}
			try {
				return LocalDate.parse(text.strip());
			}
			catch (DateTimeParseException ex) {
				throw Refused.invalid("until", "is not a day; write it as 2026-12-31");
			}
		}

	}

}
