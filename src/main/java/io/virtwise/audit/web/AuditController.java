package io.virtwise.audit.web;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.virtwise.audit.AuditFilter;
import io.virtwise.audit.AuditTrail;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The audit page: what was done, newest first.
 */
@Controller
class AuditController {

	private final AuditTrail trail;

	AuditController(AuditTrail trail) {
		this.trail = trail;
	}

	@GetMapping("/audit")
	String list(@RequestParam(required = false) @Nullable String subject,
			@RequestParam(required = false) @Nullable String action,
			@RequestParam(required = false) @Nullable String person,
			@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(defaultValue = "false") boolean verify, Model model) {
		AuditFilter filter = new AuditFilter(subject, action, person);
		model.addAttribute("filter", filter);
		model.addAttribute("entries", this.trail.find(filter, SliceRequest.of(page, null, null, Set.of())));
		model.addAttribute("verification", verify ? this.trail.verify() : null);
		model.addAttribute("address", address(filter));
		return "audit/list";
	}

	/** This list without its page. */
	private static String address(AuditFilter filter) {
		UriComponentsBuilder address = UriComponentsBuilder.fromPath("/audit");
		if (filter.subject() != null) {
			address.queryParam("subject", "{subject}");
		}
		if (filter.action() != null) {
			address.queryParam("action", "{action}");
		}
		if (filter.person() != null) {
			address.queryParam("person", "{person}");
		}
		return address.encode()
			.buildAndExpand(
					Stream.of(filter.subject(), filter.action(), filter.person()).filter(Objects::nonNull).toArray())
			.toUriString();
	}

}
