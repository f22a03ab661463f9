package io.virtwise.ui.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
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
import org.jspecify.annotations.Nullable;
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

	private static final List<String> ORDERS = List.of("text/x-shellscript", PLAIN, "application/yaml");

	private static final Map<String, List<String>> GIVES = Map.ofEntries(
			Map.entry("POST /api/v1/assessments:batch", List.of(LINES)),
			Map.entry("GET /api/v1/audit/export", List.of(LINES)),
			Map.entry("GET /api/v1/audit/key", List.of("application/x-pem-file")),
			Map.entry("GET " + DRAFT + "/files/{path}", List.of(PLAIN)),
			Map.entry("GET /api/v1/rulebase/revisions/{n}/files/{path}", List.of(PLAIN)),
			Map.entry("GET /api/v1/nodes/{id}/work-order", ORDERS),
			Map.entry("POST /api/v1/assessments/work-order", ORDERS),
			Map.entry("GET /api/v1/changes/{id}/events", List.of("text/event-stream")));

	private static final Set<String> NODE_BODIES = Set.of("POST /api/v1/nodes", "PATCH /api/v1/nodes/{id}");

	/** What is answered besides, with the same body. */
	private static final Map<String, String> ALSO = Map.of("PUT " + DRAFT + "/files/{path}", "201",
			"POST " + DRAFT + "/impact", "202");

	/** What is read again only where it is another. */
	private static final Set<String> TAGGED = Set.of("GET /api/v1/nodes/{id}", "GET " + DRAFT + "/files/{path}",
			"GET /api/v1/rulebase/revisions/{n}/files/{path}");

	@Override
	public void customise(OpenAPI document) {
		document.getComponents().addSchemas("ProblemDetail", problem());
		document.getComponents().addSchemas("NodeBody", node(document.getComponents().getSchemas().get("NodeView")));
		document.getComponents().getSchemas().remove("SseEmitter"); // a stream is a text
		document.getPaths()
			.forEach((path, item) -> item.readOperationsMap()
				.forEach((method, operation) -> complete(path, method, operation)));
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
		if (NODE_BODIES.contains(route) && operation.getRequestBody() != null) {
			operation.getRequestBody()
				.content(new Content().addMediaType("application/json",
						new MediaType().schema(new Schema<>().$ref("#/components/schemas/NodeBody"))))
				.required(true);
		}
		ApiResponse given = operation.getResponses().get("200");
		if (given != null) {
			answers(route, given, operation.getResponses());
		}
		operation.getResponses()
			.addApiResponse("default",
					new ApiResponse().description("Why it was not done")
						.content(new Content().addMediaType("application/problem+json",
								new MediaType().schema(new Schema<>().$ref("#/components/schemas/ProblemDetail")))));
	}

	/**
	 * What a node is made from: what it is shown with, but for what the portal gives it.
	 * Every part may be left out, or be null to get what it has without.
	 */
	@SuppressWarnings("rawtypes") // as the library has it
	private static Schema<?> node(@Nullable Schema<?> shown) {
		Schema<?> body = new ObjectSchema();
		Map<String, Schema> parts = new LinkedHashMap<>();
		if (shown != null && shown.getProperties() != null) {
			parts.putAll(shown.getProperties());
		}
		parts.keySet().removeAll(Set.of("id", "createdAt"));
		parts.forEach((name, part) -> body.addProperty(name, orNull(part)));
		return body;
	}

	private static Schema<?> orNull(Schema<?> part) {
		Schema<?> either = new Schema<>().format(part.getFormat());
		either.setAdditionalProperties(part.getAdditionalProperties());
		Objects.requireNonNullElse(part.getTypes(), Set.<String>of()).forEach(either::addType);
		either.addType("null");
		return either;
	}

	private static void answers(String route, ApiResponse given, ApiResponses all) {
		List<String> gives = GIVES.get(route);
		if (gives != null) {
			Content content = new Content();
			gives.forEach((type) -> content.addMediaType(type, new MediaType().schema(new StringSchema())));
			given.setContent(content);
		}
		String also = ALSO.get(route);
		if (also != null) {
			all.addApiResponse(also, new ApiResponse().description(also.equals("201") ? "Created" : "Accepted")
				.content(given.getContent()));
		}
		if (TAGGED.contains(route)) {
			all.addApiResponse("304", new ApiResponse().description("Not modified"));
		}
	}

	private static Schema<?> problem() {
		Schema<?> fault = new ObjectSchema().addProperty("field", new StringSchema())
			.addProperty("message", new StringSchema());
		return new ObjectSchema().addProperty("type", new StringSchema().description("urn:virtwise:problem:<key>"))
			.addProperty("title", new StringSchema())
			.addProperty("status", new Schema<Integer>().type("integer"))
			.addProperty("detail", new StringSchema())
			.addProperty("instance", new StringSchema())
			.addProperty("errors", new ArraySchema().items(fault))
			.addProperty("missingRight", new StringSchema().description("where the caller lacks a right"))
			.addProperty("incident", new StringSchema().description("what to tell the administrator"));
	}

}
