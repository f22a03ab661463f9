package io.virtwise.e2e;

import java.net.http.HttpResponse;
import java.nio.file.Files;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The work order in a browser: on the page of an assessment, and on that of a node.
 */
@ExtendWith(OnePortal.class)
class WorkOrderE2E {

	private static final String CPUINFO = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\n";

	private static final String NO_DEVICE = "ls: cannot access '/dev/kvm': No such file or directory";

	private static final String PASSWORD = "a quiet evening in autumn";

	private final Portal portal;

	private final Browser browser;

	WorkOrderE2E(Portal portal, Browser browser) {
		this.portal = portal;
		this.browser = browser;
	}

	@BeforeAll
	static void account(Portal portal) {
		portal.account("oscar", "Oscar Operator", PASSWORD, "operator");
	}

	@Test
	void anAssessmentHandsItsWorkOrderOut() throws Exception {
		Page page = this.browser.signedIn("oscar", PASSWORD);
		page.navigate("/assess");
		page.locator("#cpuinfo").fill(CPUINFO);
		page.locator("label[for=modules-empty]").click();
		page.locator("#dev-kvm").fill(NO_DEVICE);
		page.locator("#cpuinfo").press("Control+Enter");

		assertThat(page.locator("#work-order")).containsText("Load the kernel module kvm_intel");
		page.locator("#work-order summary").first().click();
		assertThat(page.locator("#order-sh")).containsText("#!/bin/sh");
		this.browser.looksRight(page, "work-order-assessed");
		Download download = page
			.waitForDownload(() -> page.locator("#work-order details").first().locator("a[download]").click());
		assertThat(download.suggestedFilename()).isEqualTo("work-order.sh");
		assertThat(Files.readString(download.path())).startsWith("#!/bin/sh\n").endsWith("summary\n");
		assertThat(this.browser.complaints()).isEmpty();
		page.context().close();
	}

	@Test
	void aNodeHandsItOutInTheFormThatWasChosen() throws Exception {
		String node = node();
		Page page = this.browser.signedIn("oscar", PASSWORD);
		page.navigate("/nodes/" + node);
		assertThat(page.locator("#order-sh")).containsText("modprobe");
		page.locator("#work-order nav a[href*=ansible]").click();

		assertThat(page).hasURL(java.util.regex.Pattern.compile(".*order=ansible#work-order"));
		assertThat(page.locator("#order-ansible")).containsText("hosts: compute-7");
		this.browser.looksRight(page, "work-order-node");
		Download download = page.waitForDownload(() -> page.locator("#work-order a[download]").click());
		assertThat(download.suggestedFilename()).isEqualTo("work-order-compute-7.yaml");
		assertThat(Files.readString(download.path())).contains("hosts: compute-7");
		assertThat(this.browser.complaints()).isEmpty();
		page.context().close();
	}

	private String node() {
		HttpResponse<String> made = this.portal.call("POST", "/api/v1/nodes", "oscar", PASSWORD, "application/json",
				"{\"name\":\"compute-7\",\"host\":\"127.0.0.1\",\"transport\":\"tcp\",\"release\":\"2024.1\"}");
		assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
		String id = made.body().replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
		HttpResponse<String> facts = this.portal.call("POST", "/api/v1/nodes/" + id + "/facts", "oscar", PASSWORD,
				"application/json", "{\"cpuinfo\":\"%s\",\"modules\":\"\",\"dev-kvm\":\"%s\"}"
					.formatted(CPUINFO.replace("\t", "\\t").replace("\n", "\\n"), NO_DEVICE));
		assertThat(facts.statusCode()).as(facts.body()).isEqualTo(200);
		HttpResponse<String> script = this.portal.call("GET", "/api/v1/nodes/" + id + "/work-order", "oscar", PASSWORD,
				"application/json", "");
		assertThat(script.statusCode()).isEqualTo(200);
		assertThat(script.headers().firstValue("content-type")).hasValue("text/x-shellscript;charset=UTF-8");
		return id;
	}

}
