package io.virtwise.e2e;

import java.net.http.HttpResponse;
import java.nio.file.Path;

import com.jayway.jsonpath.JsonPath;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.virtwise.node.internal.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages about access, one's own and the portal's to nodes, in a real browser.
 */
@ExtendWith(OnePortal.class)
class AccessE2E {

	private final Portal portal;

	private final Browser browser;

	AccessE2E(Portal portal, Browser browser) {
		this.portal = portal;
		this.browser = browser;
	}

	@Test
	void looksRightOnTheOtherPages() {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/credentials/new");
		this.browser.looksRight(page, "credential-new");
		page.navigate("/credentials");
		assertThat(page.locator("main")).containsText("No credentials");
		this.browser.looksRight(page, "credentials-empty");
		page.navigate("/tokens");
		this.browser.looksRight(page, "tokens-empty");
		page.navigate("/password");
		page.locator("form[aria-label='Change your password'] button").click();
		assertThat(page.locator("main")).containsText("is not your password");
		this.browser.looksRight(page, "password");
		page.navigate("/webhooks");
		this.browser.looksRight(page, "webhooks");
		page.navigate("/audit");
		this.browser.looksRight(page, "audit");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void aCredentialIsHandedInUsedForANodeAndRotated(@TempDir Path folder) throws Exception {
		TestCertificate own = TestCertificate.make(folder, "portal", 20);
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/credentials/new");
		page.locator("#name").fill("dc1 nodes");
		page.locator("#privateKey").fill(own.privateKey());
		page.locator("#certificate").fill(own.certificate());
		page.locator("#caCertificate").fill("no certificate");
		button(page, "Keep it");
		assertThat(page.locator(".field-error").first()).isVisible();
		assertThat(page.locator("#privateKey")).hasValue("");
		page.locator("#privateKey").fill(own.privateKey());
		page.locator("#caCertificate").fill(own.certificate());
		button(page, "Keep it");
		assertThat(page.locator("main")).containsText("dc1 nodes is kept, encrypted");
		String credential = page.url().replaceAll(".*/credentials/", "");

		page.navigate("/nodes/new");
		page.locator("#name").fill("cmp-by-tls");
		page.locator("#host").fill("127.0.0.1");
		page.locator("#port").fill("1");
		page.locator("#credential").fill("dc1-node");
		button(page, "Register");
		assertThat(page.locator("#credential-error")).containsText("kept for tls is dc1 nodes");
		page.locator("#credential").fill("dc1 nodes");
		button(page, "Register");
		assertThat(page.locator("h1")).hasText("cmp-by-tls");
		String node = page.url().replaceAll(".*/nodes/([0-9a-z]+).*", "$1");

		page.navigate("/credentials/" + credential);
		assertThat(page.locator("main")).containsText("cmp-by-tls");
		this.browser.looksRight(page, "credential");
		page.navigate("/credentials");
		this.browser.looksRight(page, "credentials");
		page.navigate("/credentials/" + credential + "/rotate");
		this.browser.looksRight(page, "credential-rotate");
		page.locator("#privateKey").fill(own.privateKey());
		page.locator("#certificate").fill(own.certificate());
		page.locator("#caCertificate").fill(own.certificate());
		button(page, "Rotate");
		assertThat(page.locator("main")).containsText("The old one stays in use");
		page.locator("#privateKey").fill(own.privateKey());
		page.locator("#unproved").check();
		button(page, "Rotate");
		assertThat(page.locator("main")).containsText("is rotated. It was not tried on a node");

		String bySsh = JsonPath.read(call("POST", "/api/v1/nodes",
				"{\"name\": \"cmp-by-ssh\", \"host\": \"127.0.0.1\", \"port\": 1, \"transport\": \"ssh\", \"user\": \"root\"}"),
				"$.id");
		page.navigate("/nodes/" + bySsh + "/host-keys");
		this.browser.looksRight(page, "host-keys");
		assertThat(this.browser.complaints()).isEmpty();
		for (String gone : new String[] { "/nodes/" + node, "/nodes/" + bySsh, "/credentials/" + credential }) {
			call("DELETE", "/api/v1" + gone, "");
		}
	}

	private String call(String method, String path, String body) {
		HttpResponse<String> response = this.portal.call(method, path, "admin", Portal.ADMIN_PASSWORD,
				"application/json", body);
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		return response.body();
	}

	private static void button(Page page, String name) {
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
	}

}
