package io.virtwise.node.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.virtwise.access.CurrentUser;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.node.internal.Credentials;
import io.virtwise.node.internal.NodeDraft;
import io.virtwise.node.internal.NodeRegister;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link NodePages}.
 */
@WebMvcTest(NodePages.class)
@WithMockUser(authorities = { "node:read", "node:write" })
@MockitoBean(types = { CurrentUser.class, Credentials.class })
class NodePagesTests {

	private static final Node NODE = new Node("n1", "cmp-1", "10.0.0.1", 22, Transport.SSH, "virtwise", null, "mitaka",
			"dc1", Map.of("rack", "r07"), "/etc/nova/nova.conf", WriteMode.IN_PLACE, 2,
			Instant.parse("2026-11-22T14:02:00Z"));

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private NodeRegister register;

	@BeforeEach
	void oneNode() {
		given(this.register.get("n1")).willReturn(NODE);
	}

	@Test
	void offersTcpOnlyWhereItIsAllowed() {
		assertThat(get("/nodes/new")).contains("value=\"tls\"", "value=\"ssh\"").doesNotContain("value=\"tcp\"");

		given(this.register.tcpAllowed()).willReturn(true);

		assertThat(get("/nodes/new")).contains("value=\"tcp\"");
	}

	@Test
	void registersWhatWasTypedWithoutBlanksAroundIt() {
		given(this.register.register(any())).willReturn(NODE);

		assertThat(this.mvc.post()
			.uri("/nodes")
			.with(csrf())
			.param("name", " cmp-1 ")
			.param("host", "10.0.0.1")
			.param("transport", "ssh")
			.param("labels", "rack = r07\r\n\r\nrow=3")).hasRedirectedUrl("/nodes/n1");

		then(this.register).should()
			.register(new NodeDraft("cmp-1", "10.0.0.1", null, "ssh", null, null, null, null,
					Map.of("rack", "r07", "row", "3"), null, null));
	}

	@Test
	void losesNothingWhenPartsAreWrong() {
		given(this.register.register(any())).willThrow(Refused.invalid(
				List.of(new FieldFault("host", "is not a host"), new FieldFault("port", "is not a whole number"))));

		MvcTestResult result = this.mvc.post()
			.uri("/nodes")
			.with(csrf())
			.param("name", "<cmp>")
			.param("host", "qemu:///system")
			.param("port", "x")
			.param("labels", "rack=r07")
			.exchange();

		assertThat(result).hasStatus(422);
		assertThat(text(result)).contains("value=\"&lt;cmp&gt;\"", "value=\"qemu:///system\"", "value=\"x\"",
				"rack=r07", "2 fields cannot be taken as they are.", "href=\"#host\"", "id=\"host-error\"",
				"aria-describedby=\"host-hint host-error\"");
	}

	@Test
	void namesTheLineOfLabelsWithoutValue() {
		MvcTestResult result = this.mvc.post().uri("/nodes").with(csrf()).param("labels", "rack").exchange();

		assertThat(result).hasStatus(422);
		assertThat(text(result)).contains("the line &quot;rack&quot; without NAME=");
	}

	@Test
	void showsTheNodeForEditing() {
		assertThat(get("/nodes/n1/edit")).contains("Edit cmp-1", "value=\"10.0.0.1\"", "rack=r07",
				"name=\"version\" value=\"2\"", "href=\"/nodes/n1/remove\"");
	}

	@Test
	void offersToReadAgainWhatSomebodyElseEdited() {
		given(this.register.edit(anyString(), any(), anyLong()))
			.willThrow(Refused.conflict("stale-version", "Edited by somebody else."));

		MvcTestResult result = this.mvc.post()
			.uri("/nodes/n1/edit")
			.with(csrf())
			.param("name", "mine")
			.param("version", "1")
			.exchange();

		assertThat(result).hasStatus(409);
		assertThat(text(result)).contains("Edited by somebody else.", "value=\"mine\"", "name=\"version\" value=\"1\"");
		then(this.register).should().edit(anyString(), any(), eq(1L));
	}

	@Test
	void asksBeforeItRemoves() {
		assertThat(get("/nodes/n1/remove")).contains("Remove cmp-1?", "Nothing on the node itself is touched");

		assertThat(this.mvc.post().uri("/nodes/n1/remove").with(csrf()).param("version", "2"))
			.hasRedirectedUrl("/nodes");
		then(this.register).should().remove("n1", 2);
	}

	@Test
	void saysWhyItDoesNotRemove() {
		willThrow(Refused.conflict("node-in-use", "A change on it is running.")).given(this.register).remove("n1", 2);

		MvcTestResult result = this.mvc.post().uri("/nodes/n1/remove").with(csrf()).param("version", "2").exchange();

		assertThat(result).hasStatus(409);
		assertThat(text(result)).contains("A change on it is running.");
	}

	private String get(String uri) {
		MvcTestResult result = this.mvc.get().uri(uri).exchange();
		assertThat(result).hasStatusOk();
		return text(result);
	}

	private static String text(MvcTestResult result) {
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

}
