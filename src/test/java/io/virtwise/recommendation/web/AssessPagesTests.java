package io.virtwise.recommendation.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.virtwise.access.CurrentUser;
import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.IntakePage;
import io.virtwise.recommendation.Assessed;
import io.virtwise.recommendation.Counterfactual;
import io.virtwise.recommendation.EvidenceAssessor;
import io.virtwise.recommendation.SampleOrders;
import io.virtwise.recommendation.Samples;
import io.virtwise.recommendation.WorkOrders;
import io.virtwise.rules.Assessment;
import io.virtwise.rules.Assessment.NovaVerdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link AssessPages} and {@link AssessmentApi}.
 */
@WebMvcTest({ AssessPages.class, AssessmentApi.class })
@WithMockUser
@MockitoBean(types = CurrentUser.class)
class AssessPagesTests {

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private IntakePage intake;

	@MockitoBean
	private EvidenceAssessor assessor;

	@Test
	void showsVerdictLinesFindingsAndWhatWouldChangeThem() {
		assessed();

		String page = post("modules", "kvm 1 0");

		assertThat(page)
			.contains("This node cannot launch a guest, because kvm_intel is not loaded.", "1 block · 1 unknown",
					"virt_type = kvm", "data-copy=\"#conf\"", "id=\"S19\" open=\"open\"", "modprobe -a kvm-intel",
					"as root", "Restart of nova-compute", "Hypervisors 3.11.2.1.1", "No vendor module is loaded",
					"Load kvm_intel", "capabilities, line 3", "nothing was stored")
			.containsPattern("cpu_model</code></th><td class=\"long\">Nehalem</td><td class=\"long\">take out</td>")
			.containsPattern("virt_type</code></th><td class=\"long\">qemu</td><td class=\"long\">kvm</td>");
		assertThat(page.split("<h1", -1)).hasSize(2);
		ArgumentCaptor<Evidence> evidence = ArgumentCaptor.forClass(Evidence.class);
		then(this.assessor).should().assess(evidence.capture());
		assertThat(evidence.getValue().of(EvidenceKind.MODULES)).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "26|false|load|nova 26 refuses the file as it is today, at load:",
					"|false|load|nova of every release refuses the file as it is today, at load:",
					"|false||nova of every release refuses the file as it is today:",
					"26|true||nova 26 takes the file as it is today.",
					"|true||nova of every release takes the file as it is today." })
	void saysWhatNovaMakesOfTheFileAlsoWhereNobodyKnowsTheRelease(@Nullable Integer release, boolean accepted,
			@Nullable String when, String said) {
		Assessment sample = Samples.blocked();
		Assessment judged = new Assessment(sample.rulebase(), sample.verdict(), sample.sentence(),
				sample.recommendation(), sample.novaConf(), sample.findings(), List.of(),
				new NovaVerdict(release, accepted, when, accepted ? null : "no"), List.of());
		given(this.assessor.assess(any())).willReturn(new Assessed(Samples.intelWithoutModule(), judged, List.of()));

		assertThat(post("cpuinfo", "flags : vmx")).contains(said).doesNotContain("nova null", "at null");
	}

	@Test
	void handsOutTheWorkOrderInEveryFormWithoutAskingAgain() {
		assessed();

		assertThat(post("modules", "kvm 1 0")).contains("id=\"work-order\"", "Load the kernel module kvm_intel",
				"4 steps, 1 for a person", "[libvirt] without cpu_model", "For a person", "Look: dmesg | grep -i kvm",
				"#!/bin/sh", "download=\"work-order.sh\"", "href=\"data:text/x-shellscript;base64,",
				"nova::compute::libvirt::virt_type: kvm", "download=\"90-virtwise.conf\"",
				"data-copy=\"#order-kolla\"");
	}

	@Test
	void goesBackToTheFormWithBadInput() {
		given(this.intake.show(any(), any())).willReturn("redirect:/stands-for-the-form");

		MvcTestResult result = this.mvc.post()
			.uri("/assess")
			.with(csrf())
			.param("intent.environment", "moon")
			.exchange();

		then(this.intake).should().show(any(), any());
		verifyNoInteractions(this.assessor);
		assertThat(result).hasRedirectedUrl("/stands-for-the-form");
	}

	@Test
	void answersProgramsInTheNamesOfTheContract() {
		assessed();

		assertThat(this.mvc.post()
			.uri("/api/v1/assessments")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"modules\": \"\"}")).hasStatusOk()
			.bodyJson()
			.isLenientlyEqualTo(
					"""
							{"verdict": "blocked", "counterfactuals": [{"change": "load kvm_intel", "virtType": "kvm",
							  "verdict": "ready"}], "nova": null, "conflicts": [], "findings": [{"rule": "S19"}, {"rule": "P02"}],
							 "facts": {"archFamily": "x86"}, "problems": [{"part": "capabilities", "line": 3}]}""");
	}

	@Test
	void namesUnknownPartsAndBadAnswers() {
		MvcTestResult result = this.mvc.post()
			.uri("/api/v1/assessments")
			.with(csrf())
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"cpu\": \"x\", \"intent.nested\": \"perhaps\"}")
			.exchange();

		assertThat(result).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(result).bodyJson()
			.extractingPath("$.errors[*].field")
			.asArray()
			.containsExactlyInAnyOrder("cpu", "intent.nested");
	}

	private String post(String name, String value) {
		MvcTestResult result = this.mvc.post().uri("/assess").with(csrf()).param(name, value).exchange();
		assertThat(result).hasStatusOk();
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private void assessed() {
		given(this.assessor.assess(any())).willReturn(new Assessed(Samples.intelWithoutModule(), Samples.blocked(),
				List.of(new Counterfactual(List.of("load kvm_intel"), "kvm", "host-model", "ready"))));
	}

	/**
	 * The time of these tests.
	 */
	@TestConfiguration
	static class Beans {

		@Bean
		WorkOrders orders() {
			return new SampleOrders();
		}

		@Bean
		Clock clock() {
			return Clock.fixed(Instant.parse("2026-11-22T14:02:00Z"), ZoneOffset.UTC);
		}

	}

}
