package io.virtwise.e2e;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages about access, one's own and the portal's to nodes, in a real browser.
 */
@ExtendWith(OnePortal.class)
class AccessE2E {

	private static Portal portal;

	private static Browser browser;

	@BeforeAll
	static void open(Portal one) {
		portal = one;
		browser = new Browser(portal.url());
	}

	@AfterAll
	static void close() {
		browser.close();
	}

	@Test
	void looksRightOnTheOtherPages() {
		Page page = browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/credentials/new");
		browser.looksRight(page, "credential-new");
		page.navigate("/credentials");
		assertThat(page.locator("main")).containsText("No credentials");
		browser.looksRight(page, "credentials-empty");
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
