package io.virtwise.recommendation.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.virtwise.access.CurrentUser;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader.CheckStep;
import io.virtwise.facts.NodeFactsReader.NodeReading;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.Transport;
import io.virtwise.node.WriteMode;
import io.virtwise.recommendation.FactSource;
import io.virtwise.recommendation.Samples;
import io.virtwise.recommendation.internal.AssessmentDesk;
import io.virtwise.recommendation.internal.AssessmentFixtures;
import io.virtwise.recommendation.internal.HistoryEntry;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.rules.Verdict;
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
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link NodeAssessmentApi} by the HTTP contract.
 */
@WebMvcTest(NodeAssessmentApi.class)
@WithMockUser
@MockitoBean(types = CurrentUser.class)
class NodeAssessmentApiTests {

	private static final Instant AT = Instant.parse("2026-11-22T14:02:00Z");

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private NodeDossier dossier;

	@MockitoBean
	private AssessmentDesk desk;

	@BeforeEach
	void assessedNode() {
		given(this.dossier.node("n1")).willReturn(new Node("n1", "cmp-1", "10.0.0.1", 22, Transport.SSH, null, null,
				null, null, Map.of(), "/etc/nova/nova.conf", WriteMode.AUTO, 0, AT));
		given(this.dossier.latest("n1")).willReturn(Optional.of(AssessmentFixtures.stored(
				"n1", AT, new NodeReading(new Evidence(List.of(), null, Intent.UNKNOWN), "9.0.0", "7.2.0", "cmp-1",
						1024, 32, List.of("instance-1"), null, List.of()),
				Samples.intelWithoutModule(), Samples.blocked())));
	}

	@Test
	void showsTheStoredAssessmentInTheNamesOfTheContract() {
		MvcTestResult result = this.mvc.get().uri("/api/v1/nodes/n1/assessment").exchange();

		assertThat(result).hasStatusOk()
			.bodyJson()
			.isLenientlyEqualTo(
					"""
							{"id": "a1", "nodeId": "n1", "assessedAt": "2026-11-22T14:02:00Z", "source": "libvirt",
							 "verdict": "blocked", "rulebase": {"revision": 3},
							 "evidence": [{"part": "cpuinfo", "source": "/proc/cpuinfo", "seenAt": "2026-11-22T14:02:00Z",
							   "from": "libvirt"}, {"part": "nova-conf"}],
							 "host": {"libvirtVersion": "9.0.0", "hypervisorVersion": "7.2.0", "runningGuests": ["instance-1"],
							   "novaConfRead": false},
							 "facts": {"archFamily": "x86", "cpuinfo": {"vmx": true, "svm": false}},
							 "recommendation": {"computeDriver": "libvirt.LibvirtDriver", "virtType": "kvm", "cpuMode": "host-model",
							   "cpuModels": [], "settings": [
							   {"section": "libvirt", "option": "virt_type", "value": "kvm", "rule": "S11"},
							   {"section": "libvirt", "option": "cpu_mode", "value": "host-model", "rule": "P37"},
							   {"section": "libvirt", "option": "cpu_model", "value": null, "rule": "P37"}],
							   "kernelModules": ["kvm", "kvm_intel"], "imageFormats": ["raw", "qcow2"]},
							 "novaConf": "[libvirt]\\nvirt_type = kvm\\ncpu_mode = host-model\\n",
							 "findings": [{"rule": "S19", "severity": "BLOCK", "evidence": ["lsmod: (printed nothing)"],
							   "remediation": [{"command": "modprobe -a kvm-intel", "asRoot": true, "note": "Load it."}],
							   "requires": ["restart-nova-compute"],
							   "document": {"name": "hypervisors-3.11", "section": "3.11.2.1.1"},
							   "cause": [{"rule": "P11", "conclusion": "KVM is not usable"}, {"rule": "S17"}]}, {"rule": "P02"}],
							 "counterfactuals": [{"change": "load kvm_intel", "virtType": "kvm", "verdict": "ready"}], "conflicts": [], "nova": null,
							 "problems": [{"part": "capabilities", "line": 3}]}""");
		assertThat(result).bodyJson().doesNotHavePath("$.assessment");
	}

	@Test
	void answersNotFoundBeforeTheFirstAssessment() {
		given(this.dossier.latest("n1")).willReturn(Optional.empty());

		assertThat(this.mvc.get().uri("/api/v1/nodes/n1/assessment")).hasStatus(404)
			.bodyJson()
			.extractingPath("$.type")
			.isEqualTo("urn:virtwise:problem:never-assessed");
	}

	@Test
	void answersWhatAProbeFound() {
		assertThat(this.mvc.post().uri("/api/v1/nodes/n1/probe").with(csrf())).hasStatusOk()
			.bodyJson()
			.extractingPath("$.verdict")
			.isEqualTo("blocked");
		then(this.desk).should().probe("n1");
	}

	@Test
	void saysWhyAProbeFailed() {
		given(this.desk.probe("n1"))
			.willThrow(new NodeFailure(NodeFailure.Kind.TIMED_OUT, "cmp-1 did not answer within 10 s."));

		MvcTestResult result = this.mvc.post().uri("/api/v1/nodes/n1/probe").with(csrf()).exchange();

		assertThat(result).hasStatus(503).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(result).bodyJson().extractingPath("$.detail").isEqualTo("cmp-1 did not answer within 10 s.");
	}

	@Test
	void answersTheStepsOfACheck() {
		given(this.desk.check("n1")).willReturn(List.of(new CheckStep("Name resolves", true, "to 10.0.0.1", 4),
				new CheckStep("Opens", false, "No.", 9)));

		assertThat(this.mvc.post().uri("/api/v1/nodes/n1/check").with(csrf())).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo("""
					{"ok": false, "steps": [{"name": "Name resolves", "ok": true, "detail": "to 10.0.0.1", "millis": 4},
					 {"name": "Opens", "ok": false, "detail": "No.", "millis": 9}]}""");
	}

	@Test
	void listsTheHistory() {
		given(this.dossier.history("n1", new SliceRequest(0, 2, null, false))).willReturn(new Slice<>(
				List.of(new HistoryEntry("a1", AT, FactSource.SUBMITTED, "cd", 3, Verdict.ACTION_REQUIRED, "Do it.")),
				0, 2, 7));

		assertThat(this.mvc.get().uri("/api/v1/nodes/n1/history?size=2")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
				{"items": [{"id": "a1", "assessedAt": "2026-11-22T14:02:00Z", "source": "submitted",
				  "factsSha256": "cd", "rulebaseRevision": 3, "verdict": "action-required", "sentence": "Do it."}],
				 "page": 0, "size": 2, "total": 7}""");
	}

}
