package io.virtwise.ui.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the OpenAPI document says of the API as a whole.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

	private static final String BASIC = "basic";

	private static final String TOKEN = "token";

	@Bean
	OpenAPI openApi() {
		return new OpenAPI()
			.info(new Info().title("Virtwise")
				.version("1")
				.description("Recommends, approves and proves the hypervisor configuration of OpenStack compute nodes. "
						+ "Errors are application/problem+json with a stable type."))
			.components(new Components()
				.addSecuritySchemes(BASIC, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BASIC))
				.addSecuritySchemes(TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
			.addSecurityItem(new SecurityRequirement().addList(TOKEN))
			.addSecurityItem(new SecurityRequirement().addList(BASIC));
	}

}
