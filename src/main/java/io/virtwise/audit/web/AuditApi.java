package io.virtwise.audit.web;

import java.util.Set;

import io.virtwise.audit.AuditEntry;
import io.virtwise.audit.AuditFilter;
import io.virtwise.audit.AuditTrail;
import io.virtwise.audit.AuditVerification;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The audit log over HTTP, newest first.
 */
@RestController
@RequestMapping("/api/v1/audit")
class AuditApi {

	private final AuditTrail trail;

	AuditApi(AuditTrail trail) {
		this.trail = trail;
	}

	@GetMapping
	Slice<AuditEntry> list(@RequestParam(required = false) @Nullable String subject,
			@RequestParam(required = false) @Nullable String action,
			@RequestParam(required = false) @Nullable String person,
			@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size) {
		return this.trail.find(new AuditFilter(subject, action, person), SliceRequest.of(page, size, null, Set.of()));
	}

	@GetMapping("/verify")
	AuditVerification verify() {
		return this.trail.verify();
	}

}
