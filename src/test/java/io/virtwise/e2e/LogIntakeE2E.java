package io.virtwise.e2e;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody has a log with an error in it and wants to know what it means, in a real
 * browser.
 */
@ExtendWith(OnePortal.class)
class LogIntakeE2E {

	private static final String LOG = """
			2016-05-12 10:01:02.123 1234 ERROR nova.compute.manager [req-1 u p - - -] [instance: 1] Instance failed to spawn
			2016-05-12 10:01:02.123 1234 ERROR nova.compute.manager [instance: 1] Traceback (most recent call last):
			2016-05-12 10:01:02.123 1234 ERROR nova.compute.manager [instance: 1] libvirtError: internal error no supported architecture for os type 'hvm'
			2016-05-12 10:07:40.001 1234 ERROR nova.compute.manager [req-2 u p - - -] [instance: 2] libvirtError: internal error no supported architecture for os type 'hvm'
			2016-05-12 10:09:00.500 1234 ERROR nova.scheduler.client [-] No route to amqp://nova:s3cr3t@10.0.0.1:5672/
			""";

	@TempDir
	private static Path home;

	private final Browser browser;

	LogIntakeE2E(Browser browser) {
		this.browser = browser;
	}

	@Test
	void pastesALogAndIsLedToTheFindingThatExplainsIt() {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/assess");
		page.getByText("2 logs, where something went wrong already").click();
		page.locator("#nova-compute-log").fill(LOG);
		assertThat(page.locator("#nova-compute-log-u"))
			.containsText("Understood: hvm-not-supported × 2, 1 kind of other error");
		this.browser.looksRight(page, "assess-logs");
		page.locator("#nova-compute-log").press("Control+Enter");

		Locator card = page.locator("#logs");
		assertThat(card).containsText("2 times, first at 2016-05-12T10:01:02.123, last at 2016-05-12T10:07:40.001");
		assertThat(card).containsText("Nothing documented explains this error");
		assertThat(card).containsText("amqp://nova:***@10.0.0.1");
		assertThat(card).not().containsText("s3cr3t");
		this.browser.looksRight(page, "assessment-logs");
		card.getByText("S44", new Locator.GetByTextOptions().setExact(true)).click();
		assertThat(page.locator("#S44")).containsText("no supported architecture for os type hvm");
		assertThat(page.url()).endsWith("#S44");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void choosesAPackedLog() throws Exception {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/assess");
		page.getByText("2 logs, where something went wrong already").click();
		Path file = home.resolve("kern.log.1.gz");
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
			out.write("[    0.612345] x86/cpu: VMX (outside TXT) disabled by BIOS\n".getBytes(StandardCharsets.UTF_8));
		}
		page.locator("#kernel-log-file").setInputFiles(file);
		assertThat(page.locator("#kernel-log-u")).containsText("firmware-off-intel, firmware keeps virtualization off");
		page.locator("#kernel-log").press("Control+Enter");

		assertThat(page.locator("h1")).containsText("virtualization is switched off in firmware");
		assertThat(page.locator("#P02")).containsText("kern.log.1.gz line 1");
		assertThat(this.browser.complaints()).isEmpty();
	}

}
