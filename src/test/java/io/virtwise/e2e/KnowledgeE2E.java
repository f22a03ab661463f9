package io.virtwise.e2e;

import java.net.http.HttpResponse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reading what the shipped rulebase knows, in a real browser, with script and without.
 */
@ExtendWith(OnePortal.class)
class KnowledgeE2E {

	private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(240_000);

	private final Portal portal;

	private final Browser browser;

	KnowledgeE2E(Portal portal, Browser browser) {
		this.portal = portal;
		this.browser = browser;
	}

	@Test
	void showsTheChapterWithEveryCaseGreen() {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/");
		page.locator("a.nav-link[href='/knowledge']").click();
		assertThat(page.locator("#coverage")).containsText("as expected", PATIENTLY);
		assertThat(page.locator("main")).not().containsText("otherwise than expected");
		assertThat(page.locator("#S19")).containsText("kvm-intel");
		this.browser.looksRight(page, "knowledge");
		page.locator("nav.files a[href='/knowledge?source=host']").click();
		assertThat(page.locator("#host")).isVisible();
		assertThat(page.locator("#S19")).hasCount(0);
		page.locator("nav.files a[href='/knowledge?source=errata']").click();
		assertThat(page.locator("#E01")).containsText("We follow");
		this.browser.looksRight(page, "knowledge-errata");
		page.locator("#q").fill("modprobe firmware");
		page.locator("#q").press("Enter");
		this.browser.looksRight(page, "knowledge-filtered");
		page.navigate("/knowledge?q=no+such+words");
		assertThat(page.locator("main")).containsText("Nothing matches");
		this.browser.looksRight(page, "knowledge-nothing");
		page.navigate("/knowledge#S19");
		page.locator("#S19 a.rule").first().click();
		assertThat(page.locator("h1")).containsText("S19");
		assertThat(page.locator("pre")).containsText("KernelModules(kvmIntel == Known.NO)");
		this.browser.looksRight(page, "knowledge-rule");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void filtersWithoutScript() {
		Page page = this.browser.visitor(false);
		page.navigate("/signin");
		page.locator("#username").fill("admin");
		page.locator("#password").fill(Portal.ADMIN_PASSWORD);
		page.locator("form button.btn-primary").click();
		page.navigate("/knowledge");
		page.locator("#q").fill("PowerNV");
		page.locator("select[name=severity]").selectOption("BLOCK");
		page.getByText("Filter", new Page.GetByTextOptions().setExact(true)).click();
		assertThat(page.locator("#S31")).isVisible();
		assertThat(page.locator("#S28")).hasCount(0);
		assertThat(page.locator("#q")).hasValue("PowerNV");
		page.getByText("Clear filters").click();
		assertThat(page.locator("#S28")).isVisible();
	}

	@Test
	void answersTheSameOverHttp() {
		// it waits for the cases itself, though not as long as a busy machine takes
		JsonNode coverage = coverage();
		for (int again = 0; coverage.get("run").isNull() && again < 8; again++) {
			coverage = coverage();
		}

		assertThat(coverage.get("run").get("total").asInt()).isGreaterThan(200)
			.isEqualTo(coverage.get("run").get("passed").asInt());
		assertThat(this.portal.call("GET", "/api/v1/knowledge", "", "", "application/json", "").statusCode())
			.isEqualTo(401);
	}

	private JsonNode coverage() {
		HttpResponse<String> answer = this.portal.call("GET", "/api/v1/knowledge", "admin", Portal.ADMIN_PASSWORD,
				"application/json", "");
		assertThat(answer.statusCode()).isEqualTo(200);
		return JsonMapper.builder().build().readTree(answer.body()).get("coverage");
	}

}
