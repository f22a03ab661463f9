package io.virtwise.facts.web;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code GET /collect.sh} answers.
 */
class CollectorScriptTests {

	@Test
	void handsOutTheScriptAsAScript() throws Exception {
		ResponseEntity<byte[]> answer = new CollectorScript().script();
		assertThat(answer.getHeaders().getContentType()).hasToString("text/x-shellscript;charset=UTF-8");
		assertThat(answer.getBody()).isEqualTo(Files.readAllBytes(Path.of("src/main/resources/collector/collect.sh")));
		assertThat(answer.getHeaders().getContentDisposition().getFilename()).isEqualTo("collect.sh");
	}

}
