package io.virtwise.e2e;

import java.net.http.HttpResponse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reasons, ways to KVM and other releases, in a real browser, with script and without.
 */
@ExtendWith(OnePortal.class)
class ReleasePreviewE2E {

	private static final String CPUINFO = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx smx\n";

	private static final String NOVA_CONF = """
			[DEFAULT]
			compute_driver = nova.virt.libvirt.LibvirtDriver
			[libvirt]
			virt_type = kvm
			cpu_mode = none
			cpu_model = Nehalem
			""";

	private static final String NO_DEVICE = "ls: cannot access '/dev/kvm': No such file or directory";

	private final Portal portal;

	private final Browser browser;

	ReleasePreviewE2E(Portal portal, Browser browser) {
		this.portal = portal;
		this.browser = browser;
	}

	@Test
	void previewsAnotherReleaseForANodeByAnAddress() {
		String id = node();
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/nodes/" + id);
		assertThat(page.locator("#why")).containsText("virt_type");
		page.locator("#P21 summary").click();
		assertThat(page.locator("#P21 .tree")).containsText("although");
		assertThat(page.locator("#changes")).containsText("Load kvm and kvm_intel");
		this.browser.looksRight(page, "node-why");

		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Preview another release")).click();
		page.locator("#to").selectOption("29");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compare")).click();

		assertThat(page).hasURL(this.portal.url() + "/nodes/" + id + "/releases?from=13&to=29");
		assertThat(page.locator("#breaks")).containsText("Unable to load the virtualization driver");
		assertThat(page.locator("#timeline")).containsText("Newton (nova 14)");
		assertThat(page.locator("#sides")).containsText("2024.1 (nova 29)");
		this.browser.looksRight(page, "release-preview");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void previewsAnotherReleaseForEvidenceJustHandedInWithoutScript() {
		Page page = this.browser.visitor(false);
		page.navigate("/signin");
		page.locator("#username").fill("admin");
		page.locator("#password").fill(Portal.ADMIN_PASSWORD);
		page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).last().click();
		page.navigate("/assess");
		page.locator("#cpuinfo").fill(CPUINFO);
		page.locator("label[for=modules-empty]").click();
		page.locator("[name=nova-conf]").first().fill(NOVA_CONF);
		page.getByText("Assess Ctrl Enter").click();
		assertThat(page.locator("#by-release")).containsText("refuses nova.conf at start");

		this.browser.picture(page, "assessment-by-release");
		page.getByText("Preview another release").click();
		assertThat(page.locator("main")).containsText("Choose it to see what a later one changes");
		page.locator("#from").selectOption("13");
		page.locator("#to").selectOption("20");
		page.getByText("Compare").click();

		assertThat(page.locator("#breaks")).containsText("nova refuses nova.conf at start");
		page.locator("#to").selectOption("13");
		page.getByText("Compare").click();
		assertThat(page.locator("#sides")).containsText("Nothing differs");
	}

	private String node() {
		HttpResponse<String> made = api("/api/v1/nodes",
				"{\"name\": \"preview-1\", \"host\": \"127.0.0.1\", \"transport\": \"tls\", \"release\": \"mitaka\"}");
		String id = JsonMapper.shared().readTree(made.body()).get("id").asString();
		api("/api/v1/nodes/" + id + "/facts", JsonMapper.shared()
			.writeValueAsString(
					java.util.Map.of("cpuinfo", CPUINFO, "modules", "", "dev-kvm", NO_DEVICE, "nova-conf", NOVA_CONF)));
		return id;
	}

	private HttpResponse<String> api(String path, String body) {
		HttpResponse<String> response = this.portal.call("POST", path, "admin", Portal.ADMIN_PASSWORD,
				"application/json", body);
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
		return response;
	}

}
