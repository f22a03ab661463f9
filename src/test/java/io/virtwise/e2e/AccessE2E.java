package io.virtwise.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

	private static Portal portal;

	private static Browser browser;

	@TempDir
	private Path dir;

	@BeforeAll
	static void open(Portal one) {
		portal = one;
		browser = new Browser(portal.url());
	}

	@AfterAll
	static void close() {
		browser.close();
	}

	private String sshKey() throws Exception {
		Path file = this.dir.resolve("key");
		Process process = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
			.start();
		assertThat(process.waitFor()).isZero();
		return Files.readString(file);
	}

	@Test
	void handsInAKeyAndComparesAHostKeyWithoutScript() throws Exception {
		Page page = browser.visitor(false);
		page.navigate("/signin");
		page.locator("#username").fill("admin");
		page.locator("#password").fill(Portal.ADMIN_PASSWORD);
		page.locator("main form button.btn-primary").click();
		page.navigate("/credentials");
		assertThat(page.locator("main")).containsText("No credentials");
		page.locator("main a.btn-primary").click();
		page.locator("main form button.btn-primary").click();
		assertThat(page.locator("main")).containsText("fields cannot be taken");
		page.locator("#name").fill("dc1 nodes");
		page.locator("label[for='kind-ssh']").click();
		String key = sshKey();
		page.locator("#privateKey").fill(key);
		page.locator("main form button.btn-primary").click();
		assertThat(page.locator("main")).containsText("is kept, encrypted");
		assertThat(page.locator("main")).containsText("ssh-ed25519 AAAA");
		assertThat(page.content()).doesNotContain("BEGIN OPENSSH PRIVATE KEY");
		page.navigate("/nodes/new");
		page.locator("#name").fill("cmp-ssh-e2e");
		page.locator("label[for='transport-ssh']").click();
		page.locator("#host").fill("192.0.2.7");
		page.locator("#user").fill("virtwise");
		page.locator("#credential").fill("dc1 nodes");
		page.locator("main form button.btn-primary").click();
		assertThat(page.locator("main")).containsText("Compare its host keys");
		assertThat(page.locator("#connection")).containsText("dc1 nodes");
		page.locator("#connection a:has-text('compare them')").click();
		page.locator("#keys").fill(Files.readString(this.dir.resolve("key.pub")));
		page.locator("form[aria-label='Hold the node to these'] button").click();
		assertThat(page.locator("main")).containsText("compared is not confirmed");
		page.locator("#compared").check();
		page.locator("form[aria-label='Hold the node to these'] button").click();
		assertThat(page.locator("#connection")).containsText("compared by a person");

		Page look = browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		look.navigate("/credentials");
		browser.looksRight(look, "credentials");
		look.locator("main tbody a").click();
		browser.looksRight(look, "credential");
		look.locator("main a.btn-primary").click();
		look.locator("main form button.btn-primary").click();
		browser.looksRight(look, "credential-rotate");
		look.navigate(page.url() + "/host-keys");
		browser.looksRight(look, "host-keys");
		page.navigate(page.url() + "/remove");
		page.locator("main form button").first().click();
		assertThat(page.locator("main")).containsText("is removed from the register");
		page.navigate("/credentials");
		page.locator("main tbody a").click();
		page.locator("form[aria-label='Remove'] button").click();
		assertThat(page.locator("main")).containsText("is removed for good");
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void looksRightOnTheOtherPages() {
		Page page = browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/credentials/new");
		browser.looksRight(page, "credential-new");
		page.navigate("/tokens");
		browser.looksRight(page, "tokens-empty");
		page.navigate("/password");
		page.locator("form[aria-label='Change your password'] button").click();
		assertThat(page.locator("main")).containsText("is not your password");
		browser.looksRight(page, "password");
		page.navigate("/webhooks");
		browser.looksRight(page, "webhooks");
		page.navigate("/audit");
		browser.looksRight(page, "audit");
		assertThat(browser.complaints()).isEmpty();
	}

}
