package io.virtwise.node.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.virtwise.access.CurrentUser;
import io.virtwise.node.Node;
import io.virtwise.node.NodeQuery;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.node.internal.NodeDraft;
import io.virtwise.node.internal.NodeRegister;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Slice;
import io.virtwise.shared.SliceRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link NodeApi} by the HTTP contract.
 */
@WebMvcTest(NodeApi.class)
@WithMockUser(authorities = { "node:read", "node:write" })
@MockitoBean(types = CurrentUser.class)
class NodeApiTests {

	private static final Node NODE = new Node("n1", "cmp-1", "10.0.0.1", 22, Transport.SSH, "virtwise", null, "mitaka",
			"dc1", Map.of("rack", "r07"), "/etc/nova/nova.conf", WriteMode.IN_PLACE, 2,
			Instant.parse("2026-11-22T14:02:00Z"));

	private static final String NODE_JSON = """
			{"id": "n1", "name": "cmp-1", "host": "10.0.0.1", "port": 22, "transport": "ssh", "user": "virtwise",
			 "credential": null, "release": "mitaka", "group": "dc1", "labels": {"rack": "r07"},
			 "novaConfPath": "/etc/nova/nova.conf", "writeMode": "in-place", "version": 2,
			 "createdAt": "2026-11-22T14:02:00Z"}""";

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private NodeRegister register;

	@BeforeEach
	void oneNode() {
		given(this.register.get("n1")).willReturn(NODE);
	}

	@Test
	void showsANodeInTheNamesOfTheContract() {
		assertThat(this.mvc.get().uri("/api/v1/nodes/n1")).hasStatusOk().bodyJson().isStrictlyEqualTo(NODE_JSON);
	}

	@Test
	void saysWhereTheNewNodeIs() {
		given(this.register.register(any())).willReturn(NODE);

		MvcTestResult result = post("""
				{"name": "cmp-1", "host": "10.0.0.1", "port": 22, "transport": "ssh", "labels": {"rack": "r07"}}""");

		assertThat(result).hasStatus(201).hasHeader("Location", "/api/v1/nodes/n1");
		assertThat(result).bodyJson().isStrictlyEqualTo(NODE_JSON);
		then(this.register).should()
			.register(new NodeDraft("cmp-1", "10.0.0.1", "22", "ssh", null, null, null, null, Map.of("rack", "r07"),
					null, null));
	}

	@Test
	void namesEveryFieldOfTheWrongType() {
		MvcTestResult result = post("""
				{"name": 1, "port": "22", "labels": ["x"], "uri": "qemu:///system"}""");

		assertThat(result).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(result).bodyJson().extractingPath("$.type").isEqualTo("urn:virtwise:problem:invalid");
		assertThat(result).bodyJson()
			.extractingPath("$.errors[*].field")
			.asArray()
			.containsExactlyInAnyOrder("uri", "name", "port", "labels");
		then(this.register).shouldHaveNoInteractions();
	}

	@Test
	void refusesABodyThatIsNoObject() {
		assertThat(post("[1]")).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(post("{")).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(post("")).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void answersConflictWhereTheNameIsTaken() {
		given(this.register.register(any())).willThrow(new Refused(Refused.Kind.CONFLICT, "name-taken", "Taken.",
				List.of(new FieldFault("name", "is taken"))));

		MvcTestResult result = post("{\"name\": \"cmp-1\", \"host\": \"h\"}");

		assertThat(result).hasStatus(409);
		assertThat(result).bodyJson().extractingPath("$.type").isEqualTo("urn:virtwise:problem:name-taken");
		assertThat(result).bodyJson().extractingPath("$.errors[0].field").isEqualTo("name");
	}

	@Test
	void changesOnlyWhatThePatchNames() {
		given(this.register.edit(any(), any(), anyLong())).willReturn(NODE);

		assertThat(this.mvc.patch()
			.uri("/api/v1/nodes/n1")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"group\": null, \"transport\": \"tls\", \"user\": null, \"version\": 1}")).hasStatusOk();

		then(this.register).should()
			.edit("n1", new NodeDraft("cmp-1", "10.0.0.1", null, "tls", null, null, "mitaka", null,
					Map.of("rack", "r07"), "/etc/nova/nova.conf", "in-place"), 1);
	}

	@Test
	void takesThePresentVersionWhereThePatchNamesNone() {
		given(this.register.edit(any(), any(), anyLong())).willReturn(NODE);

		assertThat(this.mvc.patch()
			.uri("/api/v1/nodes/n1")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"port\": 2222}")).hasStatusOk();

		then(this.register).should()
			.edit("n1", new NodeDraft("cmp-1", "10.0.0.1", "2222", "ssh", "virtwise", null, "mitaka", "dc1",
					Map.of("rack", "r07"), "/etc/nova/nova.conf", "in-place"), 2);
	}

	@Test
	void answersNotFoundForUnknownNodes() {
		given(this.register.get("nope")).willThrow(Refused.notFound("node", "nope"));

		assertThat(this.mvc.get().uri("/api/v1/nodes/nope")).hasStatus(404)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(this.mvc.delete().uri("/api/v1/nodes/nope").with(csrf())).hasStatus(404);
	}

	@Test
	void removesANode() {
		assertThat(this.mvc.delete().uri("/api/v1/nodes/n1").with(csrf())).hasStatus(204);

		then(this.register).should().remove("n1", 2);
	}

	@Test
	void listsWhatMatches() {
		given(this.register.list(any(), any())).willReturn(new Slice<>(List.of(NODE), 1, 20, 21));

		MvcTestResult result = this.mvc.get()
			.uri("/api/v1/nodes?page=1&size=20&sort=createdAt,desc&q=cmp&group=dc1&transport=ssh")
			.exchange();

		assertThat(result).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo("{\"items\": [" + NODE_JSON + "], \"page\": 1, \"size\": 20, \"total\": 21}");
		then(this.register).should()
			.list(new NodeQuery("cmp", "dc1", Transport.SSH), new SliceRequest(1, 20, "createdAt", true));
	}

	@Test
	void refusesAnUnknownSortOrTransport() {
		assertThat(this.mvc.get().uri("/api/v1/nodes?sort=secret,asc")).hasStatus(400)
			.bodyJson()
			.extractingPath("$.errors[0].field")
			.isEqualTo("sort");
		assertThat(this.mvc.get().uri("/api/v1/nodes?transport=ext")).hasStatus(400)
			.bodyJson()
			.extractingPath("$.errors[0].field")
			.isEqualTo("transport");
		assertThat(this.mvc.get().uri("/api/v1/nodes?size=501")).hasStatus(400);
	}

	private MvcTestResult post(String body) {
		return this.mvc.post()
			.uri("/api/v1/nodes")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

}
