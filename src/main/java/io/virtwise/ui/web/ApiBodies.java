package io.virtwise.ui.web;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.OpenApiCustomizer;

import org.springframework.stereotype.Component;

/**
 * Adds to the OpenAPI document what cannot be seen from the handlers' types: bodies that
 * they read or write as a stream, and how every failure is answered.
 */
@Component
class ApiBodies implements OpenApiCustomizer {

	private static final String PARTS = "multipart/form-data";

	private static final String LINES = "application/x-ndjson";

	private static final String PLAIN = "text/plain";

	private static final String DRAFT = "/api/v1/rulebase/drafts/{id}";

	private static final Map<String, List<String>> TAKES = Map.of("POST /api/v1/assessments", List.of(PARTS),
			"POST /api/v1/assessments/release-preview", List.of(PARTS), "POST /api/v1/assessments/work-order",
			List.of(PARTS), "POST /api/v1/nodes/{id}/facts", List.of(PARTS), "POST /api/v1/assessments:batch",
			List.of(LINES), "PUT " + DRAFT + "/files/{path}", List.of(PLAIN), "PUT " + DRAFT + "/zip",
			List.of("application/zip", "application/octet-stream"));

	private static final Map<String, String> GIVES = Map.of("POST /api/v1/assessments:batch", LINES,
			"GET /api/v1/audit/export", LINES, "GET /api/v1/audit/key", "application/x-pem-file",
			"GET " + DRAFT + "/files/{path}", PLAIN, "GET /api/v1/rulebase/revisions/{n}/files/{path}", PLAIN,
			"GET /api/v1/nodes/{id}/work-order", PLAIN, "POST /api/v1/assessments/work-order", PLAIN);

	@Override
	public void customise(OpenAPI document) {
		document.getComponents().addSchemas("ProblemDetail", problem());
		document.getPaths()
			.forEach((path, item) -> item.readOperationsMap()
				.forEach((method, operation) -> complete(path, method, operation)));
		PathItem file = document.getPaths().get(DRAFT + "/files/{path}");
		if (file != null && file.getPut() != null) {
			ApiResponses written = file.getPut().getResponses();
			ApiResponse changed = written.get("200");
			if (changed != null) {
				written.addApiResponse("201", new ApiResponse().description("Created").content(changed.getContent()));
			}
		}
	}

	private static void complete(String path, HttpMethod method, Operation operation) {
		String route = method + " " + path;
		List<String> takes = TAKES.get(route);
		if (takes != null) {
			if (operation.getRequestBody() == null) {
				operation.setRequestBody(new RequestBody().content(new Content()).required(true));
			}
			Content content = operation.getRequestBody().getContent();
			Schema<?> body = takes.contains(PARTS) ? new ObjectSchema().additionalProperties(new StringSchema())
					: new StringSchema();
			takes.forEach((type) -> content.addMediaType(type, new MediaType().schema(body)));
		}
		ApiResponse given = operation.getResponses().get("200");
		if (given != null && GIVES.containsKey(route)) {
			given.setContent(new Content().addMediaType(GIVES.get(route), new MediaType().schema(new StringSchema())));
		}
		operation.getResponses()
			.addApiResponse("default",
					new ApiResponse().description("Why it was not done")
						.content(new Content().addMediaType("application/problem+json",
								new MediaType().schema(new Schema<>().$ref("#/components/schemas/ProblemDetail")))));
	}

	private static Schema<?> problem() {
		Schema<?> fault = new ObjectSchema().addProperty("field", new StringSchema())
			.addProperty("message", new StringSchema());
		return new ObjectSchema().addProperty("type", new StringSchema().description("urn:virtwise:problem:<key>"))
			.addProperty("title", new StringSchema())
			.addProperty("status", new Schema<Integer>().type("integer"))
			.addProperty("detail", new StringSchema())
			.addProperty("instance", new StringSchema())
			.addProperty("errors", new ArraySchema().items(fault));
	}

}
