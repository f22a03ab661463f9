package io.virtwise.recommendation.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.recommendation.Assessed;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.recommendation.SampleOrders;
import io.virtwise.recommendation.Samples;
import io.virtwise.recommendation.WorkOrders;
import io.virtwise.recommendation.internal.AssessmentFixtures;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.shared.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link WorkOrderApi}.
 */
@WebMvcTest(WorkOrderApi.class)
@WithMockUser
@MockitoBean(types = CurrentUser.class)
class WorkOrderApiTests {

	private static final Instant AT = Instant.parse("2026-11-22T14:02:00Z");

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private NodeDossier dossier;

	@MockitoBean
	private EvidenceAssessor assessor;

	@BeforeEach
	void assessed() {
		given(this.dossier.node("n1")).willReturn(new Node("n1", "rack 7/node \"x\"", "node.example.net", 22,
				Transport.SSH, null, null, null, null, Map.of(), "/etc/nova/nova.conf", WriteMode.DROP_IN, 1, AT));
		given(this.dossier.latest("n1"))
			.willReturn(
					Optional.of(AssessmentFixtures.stored(
							"n1", AT, new NodeReading(new Evidence(List.of(), null, Intent.UNKNOWN), "9.0.0", null,
									"node", 1, 1, List.of(), null, List.of()),
							Samples.intelWithoutModule(), Samples.blocked())));
		given(this.assessor.assess(any()))
			.willReturn(new Assessed(Samples.intelWithoutModule(), Samples.blocked(), List.of()));
	}

	@ParameterizedTest
	@CsvSource({ ", text/x-shellscript, work-order-rack_7_node__x_.sh, #!/bin/sh",
			"sh, text/x-shellscript, work-order-rack_7_node__x_.sh, drop_in=/etc/nova/nova.conf.d/90-virtwise.conf",
			"snippet, text/plain, 90-virtwise.conf, virt_type = kvm",
			"ansible, application/yaml, work-order-rack_7_node__x_.yaml, hosts: compute",
			"puppet, application/yaml, hiera-rack_7_node__x_.yaml, 'nova::compute::libvirt::cpu_mode: host-model'",
			"kolla, text/plain, nova-compute.conf, '#   nova_compute_virt_type: kvm'" })
	void handsOutTheOrderOfANode(String format, String type, String name, String part) {
		MvcTestResult result = this.mvc.get()
			.uri("/api/v1/nodes/n1/work-order" + ((format != null) ? "?format=" + format : ""))
			.exchange();

		assertThat(result).hasStatusOk()
			.hasHeader("Content-Type", type + ";charset=UTF-8")
			.hasHeader("Content-Disposition", "attachment; filename=\"" + name + "\"")
			.bodyText()
			.contains(part);
	}

	@Test
	void handsOutTheOrderOfEvidenceThatIsNotStored() {
		assertThat(this.mvc.post()
			.uri("/api/v1/assessments/work-order?format=snippet")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"modules\": \"\"}")).hasStatusOk().bodyText().contains("[libvirt]\nvirt_type = kvm");
		assertThat(this.mvc.post()
			.uri("/api/v1/assessments/work-order?format=ansible")
			.with(csrf())
			.multipart()
			.file(new MockMultipartFile("modules", "kvm 1 0".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
			.hasStatusOk()
			.bodyText()
			.contains("creates: \"/sys/module/kvm_intel\"");
		ArgumentCaptor<Evidence> evidence = ArgumentCaptor.forClass(Evidence.class);
		then(this.assessor).should(org.mockito.Mockito.times(2)).assess(evidence.capture());
		assertThat(evidence.getAllValues()).allSatisfy((one) -> assertThat(one.of(EvidenceKind.MODULES)).hasSize(1));
	}

	@Test
	void namesTheFormsWhereNoneIsMeant() {
		MvcTestResult result = this.mvc.get().uri("/api/v1/nodes/n1/work-order?format=salt").exchange();

		assertThat(result).hasStatus(400)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.errors[0].message")
			.asString()
			.contains("sh, snippet, ansible, puppet or kolla");
	}

	@Test
	void saysWhenThereIsNothingToWorkFrom() {
		given(this.dossier.latest("n1")).willReturn(Optional.empty());
		given(this.dossier.node("n2")).willThrow(Refused.notFound("node", "n2"));

		assertThat(this.mvc.get().uri("/api/v1/nodes/n1/work-order")).hasStatus(404)
			.bodyText()
			.contains("never-assessed");
		assertThat(this.mvc.get().uri("/api/v1/nodes/n2/work-order")).hasStatus(404);
	}

	/**
	 * Orders without a rulebase.
	 */
	@TestConfiguration
	static class Beans {

		@Bean
		WorkOrders orders() {
			return new SampleOrders();
		}

	}

}
