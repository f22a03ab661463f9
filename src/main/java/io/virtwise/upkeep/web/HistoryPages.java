package io.virtwise.upkeep.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import io.virtwise.shared.Refused;
import io.virtwise.upkeep.NodeHistory;
import io.virtwise.upkeep.NodeMoment;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * What was set on a node at any date, as a page and over HTTP.
 */
@Controller
class HistoryPages {

	private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final NodeHistory history;

	private final Clock clock;

	HistoryPages(NodeHistory history, Clock clock) {
		this.history = history;
		this.clock = clock;
	}

	/** The date is in the address, so that a moment can be handed on. */
	@GetMapping("/nodes/{id}/history")
	String show(@PathVariable String id, @RequestParam(required = false) @Nullable String time, Model model,
			HttpServletResponse response) {
		NodeMoment moment;
		try {
			moment = moment(id, time);
		}
		catch (Refused ex) {
			if (ex.kind() != Refused.Kind.INVALID) {
				throw ex;
			}
			response.setStatus(422);
			model.addAttribute("error", ex.faults().get(0).message()).addAttribute("typed", time);
			moment = this.history.now(id);
		}
		model.addAttribute("moment", moment).addAttribute("field", FIELD.format(moment.at()));
		return "upkeep/history";
	}

	@GetMapping("/api/v1/nodes/{id}/history/at")
	@ResponseBody
	NodeMoment at(@PathVariable String id, @RequestParam(required = false) @Nullable String time) {
		return moment(id, time);
	}

	private NodeMoment moment(String id, @Nullable String time) {
		return (time == null || time.isBlank()) ? this.history.now(id)
				: this.history.at(id, instant(time.strip(), this.clock.instant()));
	}

	/**
	 * A moment with or without its zone, which is UTC; a day alone means its end, or now
	 * where it has not ended.
	 */
	static Instant instant(String text, Instant now) {
		try {
			if (text.length() == 10) {
				LocalDate day = LocalDate.parse(text);
				return day.equals(LocalDate.ofInstant(now, ZoneOffset.UTC)) ? now
						: day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1);
			}
			return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)$") ? OffsetDateTime.parse(text).toInstant()
					: LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeParseException ex) {
			throw Refused.invalid("time", "is not a moment; write it as 2026-11-22T14:02:00Z, or a day as 2026-11-22");
		}
	}

}
