package io.virtwise.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Debian's Chromium, driven by Playwright, with a context of its own for each person.
 * Whatever the browser complains about (script errors, refused content) is collected and
 * fails the test.
 */
final class Browser implements AutoCloseable {

	static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

	private final Playwright playwright;

	private final com.microsoft.playwright.Browser browser;

	private final String baseUrl;

	private final List<String> complaints = new ArrayList<>();

	Browser(String baseUrl) {
		Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no chromium on this machine: bin/test installs it");
		// the first assessment waits for the rulebase, which takes long on a busy machine
		PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
		this.baseUrl = baseUrl;
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM)
				.setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking",
						"--disable-component-update", "--disable-sync", "--no-first-run")));
	}

	/** A page in a session of its own. */
	Page visitor(boolean script) {
		BrowserContext context = this.browser
			.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setBaseURL(this.baseUrl)
				.setJavaScriptEnabled(script)
				.setViewportSize(1280, 900)
				.setColorScheme(ColorScheme.LIGHT));
		context.setDefaultTimeout(20_000);
		Page page = context.newPage();
		page.onConsoleMessage((message) -> {
			if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
				this.complaints.add(page.url() + ": " + message.text());
			}
		});
		page.onPageError((error) -> this.complaints.add(page.url() + ": " + error));
		return page;
	}

	/** A page of somebody who has signed in by the form. */
	Page signedIn(String username, String password) {
		Page page = visitor(true);
		page.navigate("/signin");
		page.locator("#username").fill(username);
		page.locator("#password").fill(password);
		page.locator("form button.btn-primary").click();
		page.waitForURL((url) -> !url.contains("/signin"));
		return page;
	}

	/**
	 * No accessibility fault, in light and in dark, and no sideways scrolling at 400 px.
	 */
	void looksRight(Page page, String name) {
		for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
			page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
			for (int width : new int[] { 1280, 400 }) {
				page.setViewportSize(width, 900);
				page.waitForTimeout(150);
				picture(page, name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width);
				assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
					.as("%s scrolls sideways at %d px", name, width)
					.isLessThanOrEqualTo(width);
			}
			AxeResults results = new AxeBuilder(page).withTags(RULES).analyze();
			assertThat(results.getViolations()).as("axe on %s in %s", name, scheme)
				.extracting((violation) -> violation.getId() + ": "
						+ violation.getNodes().stream().map((node) -> node.getTarget() + " " + node.getHtml()).toList())
				.isEmpty();
		}
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
		page.setViewportSize(1280, 900);
	}

	/** Keeps a picture of the whole page below target/screens. */
	void picture(Page page, String name) {
		page.screenshot(
				new Page.ScreenshotOptions().setPath(Path.of("target", "screens", name + ".png")).setFullPage(true));
	}

	/** What the browser complained about since the start. */
	List<String> complaints() {
		return List.copyOf(this.complaints);
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
