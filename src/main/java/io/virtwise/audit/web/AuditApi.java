package io.virtwise.audit.web;

import java.io.IOException;
import java.util.Set;

import io.virtwise.audit.AuditEntry;
import io.virtwise.audit.AuditFilter;
import io.virtwise.audit.AuditTrail;
import io.virtwise.audit.AuditVerification;
import io.virtwise.audit.internal.AuditExport;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The audit log over HTTP, newest first unless asked otherwise.
 */
@RestController
@RequestMapping("/api/v1/audit")
class AuditApi {

	private static final Set<String> SORTABLE = Set.of("seq", "at");

	private final AuditTrail trail;

	private final AuditExport export;

	AuditApi(AuditTrail trail, AuditExport export) {
		this.trail = trail;
		this.export = export;
	}

	@GetMapping
	Slice<AuditEntry> list(@RequestParam(required = false) @Nullable String subject,
			@RequestParam(required = false) @Nullable String action,
			@RequestParam(required = false) @Nullable String person,
			@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable String sort) {
		return this.trail.find(new AuditFilter(subject, action, person), SliceRequest.of(page, size, sort, SORTABLE));
	}

	/** Everything, as signed lines of JSON. */
	@GetMapping("/export")
	void export(HttpServletResponse response) throws IOException {
		this.export.publicKey(); // what is refused is refused before the first byte
		response.setContentType("application/x-ndjson");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"virtwise-audit.jsonl\"");
		this.export.writeTo(response.getOutputStream());
	}

	/** What an export is checked with. */
	@GetMapping("/key")
	ResponseEntity<String> key() {
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType("application/x-pem-file"))
			.body(this.export.publicKey());
	}

	@GetMapping("/verify")
	AuditVerification verify() {
		return this.trail.verify();
	}

}
