package io.virtwise.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handing in facts on the page, in a real browser, with script and without.
 */
@ExtendWith(OnePortal.class)
class IntakeE2E {

	private static final String CPUINFO = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx smx\n";

	@TempDir
	private static Path home;

	private final Browser browser;

	IntakeE2E(Browser browser) {
		this.browser = browser;
	}

	@Test
	void saysWhatItUnderstandsWhileOneTypes() {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/assess");
		assertThat(page.locator("#cpuinfo-u")).containsText("Unknown.");
		page.locator("#cpuinfo").fill(CPUINFO);
		assertThat(page.locator("#cpuinfo-u")).containsText("Understood: 1 processor, GenuineIntel, vmx present");
		assertThat(page.locator("#cpuinfo-given")).isChecked();
		page.locator("label[for=modules-empty]").click();
		assertThat(page.locator("#modules-u")).containsText("no kvm module is loaded");
		assertThat(page.locator("#modules")).isHidden();
		page.locator("#dev-kvm").fill("<img src=x onerror=alert(1)>");
		assertThat(page.locator("#dev-kvm-u")).containsText("Not understood: Nothing in this text is about /dev/kvm.");
		this.browser.looksRight(page, "assess");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void showsPartByPartWhatTheCollectorRead() throws Exception {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/assess?by=collector");
		Path facts = Files.writeString(home.resolve("facts.txt"), """
				=== virtwise collector 1 ===
				=== begin cpuinfo: /proc/cpuinfo ===
				| processor	: 0
				| flags		: fpu svm
				=== end cpuinfo: ok ===
				=== begin dev-kvm: ls -l /dev/kvm ===
				=== end dev-kvm: absent ===
				=== end of virtwise collector ===
				""");
		page.locator("#collector-file").setInputFiles(facts);
		Locator table = page.locator("#collected table");
		assertThat(table).containsText("svm present");
		assertThat(table).containsText("/dev/kvm does not exist");
		this.browser.looksRight(page, "assess-collector");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void keepsEverythingWhereSomethingIsWrong() {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/assess");
		page.locator("#cpuinfo").fill(CPUINFO);
		page.locator("label[for=modules-given]").click();
		page.locator("#release").selectOption("mitaka");
		page.locator("label[for='intent.environment-1']").click();
		page.locator("#cpuinfo").press("Control+Enter");
		assertThat(page.locator("[data-error-summary]")).containsText("modules is marked as pasted");
		assertThat(page.locator("#cpuinfo")).hasValue(CPUINFO);
		assertThat(page.locator("#release")).hasValue("mitaka");
		assertThat(page.locator("[id='intent.environment-1']")).isChecked();
		this.browser.looksRight(page, "assess-faults");
	}

	@Test
	void worksWithoutScript() {
		Page page = this.browser.visitor(false);
		page.navigate("/signin");
		page.locator("#username").fill("admin");
		page.locator("#password").fill(Portal.ADMIN_PASSWORD);
		page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).last().click();
		page.navigate("/assess");
		page.locator("#cpuinfo").fill(CPUINFO);
		page.locator("label[for=modules-empty]").click();
		page.getByText("Assess Ctrl Enter").click();
		assertThat(page.locator("h1")).not().hasText("Assess a node");
		assertThat(page.locator("main")).containsText("vmx");
	}

}
