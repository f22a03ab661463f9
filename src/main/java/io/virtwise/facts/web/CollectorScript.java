package io.virtwise.facts.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands out the collector script, to anybody: it holds nothing that is not public, and a
 * node has no account.
 */
@RestController
class CollectorScript {

	private static final MediaType SHELL_SCRIPT = new MediaType("text", "x-shellscript", StandardCharsets.UTF_8);

	private final byte[] script;

	CollectorScript() throws IOException {
		this.script = new ClassPathResource("collector/collect.sh").getContentAsByteArray();
	}

	@GetMapping("/collect.sh")
	ResponseEntity<byte[]> script() {
		return ResponseEntity.ok()
			.contentType(SHELL_SCRIPT)
			.cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.inline().filename("collect.sh").build().toString())
			.body(this.script);
	}

}
