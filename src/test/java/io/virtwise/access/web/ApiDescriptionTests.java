package io.virtwise.access.web;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

/**
 * The OpenAPI document and its reader.
 */
@AccessTest
class ApiDescriptionTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void describesTheApiAndNoPages() {
		assertThat(this.mvc.get().uri("/api/v1/openapi.json").with(httpBasic("ines", "hypervisor-demo"))).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.openapi", (version) -> assertThat(version).asString().startsWith("3.1"))
			.hasPath("$.paths['/api/v1/users'].post")
			.hasPath("$.paths['/api/v1/users/{id}'].patch")
			.doesNotHavePath("$.paths['/users']");
	}

	@Test
	void isReadWithoutScript() {
		assertThat(this.mvc.get().uri("/api/docs").with(user("ines"))).hasStatusOk()
			.bodyText()
			.contains("/api/v1/users/{id}", "PATCH", "href=\"/api/v1/openapi.json\"")
			.doesNotContain(">/users<");
	}

}
