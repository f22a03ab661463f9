package io.virtwise.ui.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Role;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Slice;
import io.virtwise.ui.Bar;
import io.virtwise.ui.DiffView;
import io.virtwise.ui.FlowStep;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Renders every shared fragment once, inside the frame.
 */
@WebMvcTest(FragmentsTests.Sampler.class)
@Import({ FragmentsTests.Beans.class, FragmentsTests.Sampler.class })
@WithMockUser
class FragmentsTests {

	private static final Instant NOW = Instant.parse("2026-11-22T14:02:00Z");

	private static final String HOSTILE = "<script>alert(1)</script>${7*7}";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Beans beans;

	@BeforeEach
	void signIn() {
		this.beans.person = new Person("p1", "ines", "Ines Moreau", Set.of(Role.OPERATOR, Role.APPROVER));
	}

	@Test
	void showsInTheNavigationOnlyWhatTheRolesCanOpen() {
		String page = page();

		assertThat(page).contains("href=\"/nodes\"", "href=\"/approvals\"")
			.doesNotContain("href=\"/audit\"", "href=\"/users\"");
	}

	@Test
	void marksTheCurrentSection() {
		assertThat(page()).containsPattern("href=\"/nodes\" aria-current=\"page\"");
	}

	@Test
	void saysHowMuchWaitsBesideApprovals() {
		assertThat(page()).contains("3<span class=\"visually-hidden\"> waiting for you</span>");
	}

	@Test
	void showsWhoIsSignedInWithRolesAndAWayOut() {
		assertThat(page()).contains("Ines Moreau", ">IM<", "Operator, Approver", "action=\"/signout\"");
	}

	@Test
	void hasNoScriptOrStyleInThePage() {
		assertThat(page()).doesNotContain(" style=", "<style", "onclick", "hx-on")
			.doesNotContainPattern("<script(?![^>]*src=)[^>]*>")
			.contains("\"allowEval\":false", "\"allowScriptTags\":false", "\"selfRequestsOnly\":true");
	}

	@Test
	void showsTextOfPeopleAsText() {
		assertThat(page()).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)&lt;/script&gt;${7*7}");
	}

	@Test
	void paintsTheThemeThatTheCookieNames() {
		assertThat(this.mvc.get().uri("/sampler").cookie(new Cookie("theme", "dark"))).bodyText()
			.contains("data-bs-theme=\"dark\"");
		assertThat(this.mvc.get().uri("/sampler").cookie(new Cookie("theme", "x\" onload=\"y"))).bodyText()
			.contains("data-theme=\"system\" data-bs-theme=\"light\"")
			.doesNotContain("onload");
	}

	@Test
	void rendersEveryFragment() {
		String page = page();

		assertThat(page).contains("Blocks</span>", "High</span>", "Warning</span>", "Note</span>", "Unknown</span>")
			.contains("Waiting for approval</span>", "In force</span>", "Rolled back</span>", "Not assessed</span>")
			.contains("<code>modprobe -a kvm-intel</code>", "as root",
					"aria-label=\"Copy the command modprobe -a kvm-intel\"")
			.contains("… 46 unchanged lines", "<tr class=\"del\"><td class=\"ln\">49</td><td class=\"ln\"></td>")
			.contains("aria-current=\"step\"", "51 to 100 of 120", "href=\"/audit?action=user.created&amp;page=2\"")
			.contains("aria-describedby=\"name-hint name-error\"", "href=\"#name\"", "value=\"16514\"",
					">because</textarea>")
			.contains("title=\"2026-11-22 13:22 UTC\">40 min ago</time>", ">never<")
			.contains("aria-label=\"All nodes: 3 ready, 0 blocked, 1 undetermined\"", "class=\"f-violet\"")
			.doesNotContain("th:", "f-red");
	}

	private String page() {
		var result = this.mvc.get().uri("/sampler").exchange();
		assertThat(result).hasStatusOk();
		return new String(result.getResponse().getContentAsByteArray(), java.nio.charset.StandardCharsets.UTF_8);
	}

	/** Fills the sampler page. */
	@Controller
	static class Sampler {

		@GetMapping("/sampler")
		String sampler(Model model) {
			model.addAttribute("hostile", HOSTILE);
			model.addAttribute("waitingForMe", 3);
			model.addAttribute("diff", DiffView.of("""
					--- a/etc/nova/nova.conf
					+++ b/etc/nova/nova.conf
					@@ -47,3 +47,3 @@ [libvirt]
					 # hypervisor
					 [libvirt]
					-virt_type = qemu
					+virt_type = kvm
					"""));
			model.addAttribute("steps",
					List.of(new FlowStep("Drafted", "21 Nov", FlowStep.When.PAST, "green", "ti-pencil"),
							new FlowStep("Waiting", null, FlowStep.When.NOW, "amber", "ti-hourglass"),
							new FlowStep("In force", null, FlowStep.When.AHEAD, "grey", "ti-circle-check")));
			model.addAttribute("slice", new Slice<>(java.util.Collections.nCopies(50, "x"), 1, 50, 120));
			model.addAttribute("faults", List.of(new FieldFault("name", "is not a host name")));
			model.addAttribute("then", NOW.minusSeconds(40 * 60));
			model.addAttribute("bar", Bar.of("All nodes", List.of(new Bar.Part("green", "Ready", 3),
					new Bar.Part("red", "Blocked", 0), new Bar.Part("violet", "Undetermined", 1))));
			return "ui/sampler";
		}

	}

	/** A signed-in person and a clock that stands still. */
	@TestConfiguration
	static class Beans {

		private Person person = new Person("p0", "nobody", "Nobody", Set.of());

		@Bean
		CurrentUser currentUser() {
			return () -> Optional.of(this.person);
		}

		@Bean
		Clock clock() {
			return Clock.fixed(NOW, ZoneOffset.UTC);
		}

	}

}
