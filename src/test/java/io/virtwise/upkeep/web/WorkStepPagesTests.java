package io.virtwise.upkeep.web;

import java.time.Instant;
import java.util.List;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import io.virtwise.shared.Refused;
import io.virtwise.upkeep.LeftToDo;
import io.virtwise.upkeep.WorkStep;
import io.virtwise.upkeep.WorkStep.Closing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests for {@link WorkStepPages} and {@link WorkStepApi}.
 */
@WebMvcTest({ WorkStepPages.class, WorkStepApi.class })
@MockitoBean(types = CurrentUser.class)
@WithMockUser
class WorkStepPagesTests {

	private static final Instant AT = Instant.parse("2026-11-22T14:02:00Z");

	private static final WorkStep DONE = new WorkStep("s1", "c1", "n1", "cmp-1", 1, false, "Load kvm_intel",
			List.of("modprobe -a kvm_intel"), List.of("S19"), AT, "p1", AT, null, null, null);

	private static final WorkStep SEEN = new WorkStep("s2", "c1", "n1", "cmp-1", 2, true, "Restart nova-compute",
			List.of(), List.of(), AT, null, null, AT, Closing.EVIDENCE, "the collector saw it");

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private LeftToDo left;

	@MockitoBean
	private People people;

	@BeforeEach
	void steps() {
		given(this.left.of("c1")).willReturn(List.of(DONE, SEEN));
		given(this.people.nameOf("p1")).willReturn("Ines Moreau");
	}

	@Test
	void tellsDoneFromSeen() {
		assertThat(this.mvc.get().uri("/api/v1/changes/c1/steps")).hasStatusOk().bodyJson().satisfies((json) -> {
			assertThat(json).extractingPath("$.items[0].status").isEqualTo("done");
			assertThat(json).extractingPath("$.items[0].doneBy.name").isEqualTo("Ines Moreau");
			assertThat(json).extractingPath("$.items[1].status").isEqualTo("closed");
			assertThat(json).extractingPath("$.items[1].closing").isEqualTo("evidence");
		});
	}

	@Test
	void ticksAndSaysWhatFollows() {
		assertThat(this.mvc.post().uri("/changes/c1/steps/s1/tick").with(csrf())).hasRedirectedUrl("/changes/c1#steps")
			.flash()
			.containsEntry("done", "Noted. The step closes by itself once a fresh reading shows its effect.");
		then(this.left).should().tick("c1", "s1", true);

		given(this.left.tick("c1", "s2", false)).willThrow(Refused.conflict("step-over", "This step is over already."));
		assertThat(this.mvc.post().uri("/changes/c1/steps/s2/untick").with(csrf())).flash()
			.containsEntry("refusal", "This step is over already.");
		assertThat(this.mvc.post().uri("/api/v1/changes/c1/steps/s2/untick").with(csrf())).hasStatus(409);
	}

}
