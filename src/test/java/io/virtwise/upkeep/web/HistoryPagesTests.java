package io.virtwise.upkeep.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.recommendation.NodePast.Fact;
import io.virtwise.recommendation.NodePast.Found;
import io.virtwise.shared.Refused;
import io.virtwise.upkeep.NodeHistory;
import io.virtwise.upkeep.NodeMoment;
import io.virtwise.upkeep.NodeMoment.Happening;
import io.virtwise.upkeep.NodeMoment.Known;
import io.virtwise.upkeep.NodeMoment.Origin;
import io.virtwise.upkeep.NodeMoment.Otherwise;
import io.virtwise.upkeep.NodeMoment.Ref;
import io.virtwise.upkeep.NodeMoment.SetFile;
import io.virtwise.upkeep.NodeMoment.SetOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

/**
 * Tests for {@link HistoryPages}.
 */
@WebMvcTest(HistoryPages.class)
@WithMockUser
class HistoryPagesTests {

	private static final Instant AT = Instant.parse("2026-11-20T09:30:00Z");

	private static final Instant NOW = Instant.parse("2026-11-22T14:02:00Z");

	private static final String HASH = "ab".repeat(32);

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private NodeHistory history;

	@MockitoBean
	private CurrentUser currentUser;

	@BeforeEach
	void moment() {
		given(this.currentUser.find())
			.willReturn(Optional.of(new Person("p1", "udo", "Udo Auditor", Set.of(Role.AUDITOR))));
		Ref ines = new Ref("p1", "Ines Moreau");
		NodeMoment moment = new NodeMoment(new Ref("n1", "cmp-1"), AT,
				new SetFile("/etc/nova/nova.conf", HASH, "[libvirt]\nvirt_type = <kvm>\n", "approved", AT),
				new Origin("c1", 7, "virt_type = kvm on cmp-1", "moved <b>now</b>", ines, ines, AT,
						List.of(new NodeMoment.Approval(new Ref("p2", "Mara Lindqvist"), AT, "fine")), null, ines, AT,
						null, 3, HASH, HASH,
						List.of(new SetOption("libvirt", "virt_type", "kvm", "P22", "KVM works here."))),
				new Otherwise("d1", "/etc/nova/nova.conf is not there.", AT, null),
				new Known(AT, "libvirt", "ready", "This node is ready.", 3, HASH, HASH,
						List.of(new Fact("Firmware", null, null, null),
								new Fact("Processor", "Xeon", "/proc/cpuinfo", AT)),
						List.of(new Found("S19", "BLOCK", "Module kvm_intel is not loaded"))),
				List.of(new Happening(AT, "written", "Change 7 was written.", "/changes/c1")));
		given(this.history.now("n1")).willReturn(moment);
		given(this.history.at("n1", AT)).willReturn(moment);
	}

	@Test
	void showsWhatWasSetByWhomApprovedByWhomAndWithWhichFacts() {
		assertThat(page("/nodes/n1/history?time=2026-11-20T09:30:00Z", 200))
			.contains("cmp-1 at 2026-11-20 09:30 UTC", "virt_type = &lt;kvm&gt;", "moved &lt;b&gt;now&lt;/b&gt;",
					"Ines Moreau", "Mara Lindqvist", "revision 3", "Written, restart pending", "Xeon", "Unknown",
					"Module kvm_intel is not loaded", "On the node it was otherwise.", "/drift/d1",
					"value=\"2026-11-20T09:30:00\"", "/nodes/n1/history?time=2026-11-20T09:30:00Z")
			.doesNotContain("style=");
	}

	@Test
	void takesTheFieldsOwnFormAndADay() {
		assertThat(page("/nodes/n1/history?time=2026-11-20T09:30", 200)).contains("cmp-1 at");
		assertThat(HistoryPages.instant("2026-11-20", NOW)).isEqualTo("2026-11-20T23:59:59.999Z");
		assertThat(HistoryPages.instant("2026-11-22", NOW)).isEqualTo(NOW);
		assertThat(HistoryPages.instant("2026-11-22T15:02:00+01:00", NOW)).isEqualTo(NOW);
	}

	@Test
	void saysWhatIsNoMomentAndShowsThePresentInstead() {
		assertThat(page("/nodes/n1/history?time=<yesterday>", 422)).contains("&lt;yesterday&gt;",
				"is not a moment; write it as", "Shown is how it stands now.");
		given(this.history.at(eq("n1"), any())).willThrow(Refused.invalid("time", "is 2030, which has not come yet"));
		assertThat(page("/nodes/n1/history?time=2030-01-01T00:00:00Z", 422)).contains("which has not come yet");
	}

	@Test
	void theApiTellsTheSame() {
		assertThat(this.mvc.get().uri("/api/v1/nodes/n1/history/at?time=2026-11-20T09:30:00Z")).hasStatusOk()
			.bodyJson()
			.satisfies((json) -> {
				assertThat(json).extractingPath("$.change.approvals[0].by.name").isEqualTo("Mara Lindqvist");
				assertThat(json).extractingPath("$.file.hash").isEqualTo(HASH);
				assertThat(json).extractingPath("$.change.inForceAt").isNull();
			});
		assertThat(this.mvc.get().uri("/api/v1/nodes/n1/history/at?time=soon")).hasStatus(400)
			.bodyText()
			.contains("\"field\":\"time\"");
	}

	private String page(String path, int status) {
		MvcTestResult result = this.mvc.get()
			.uri(java.net.URI.create(path.replace("<", "%3C").replace(">", "%3E")))
			.exchange();
		assertThat(result).hasStatus(status);
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	/**
	 * The time of these tests.
	 */
	@TestConfiguration
	static class Beans {

		@Bean
		Clock clock() {
			return Clock.fixed(NOW, ZoneOffset.UTC);
		}

	}

}
