package io.virtwise.e2e;

import java.nio.file.Path;

import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rule author's day in a real browser: a new rule with a mistake, put right, its cases
 * red and green, its impact, the approval that somebody else must give, an assessment
 * that comes out otherwise, and the way back.
 */
class RulesE2E {

	private static final String PASSWORD = "a walk through the rules";

	private static final String FILE = "kernel-modules.drl";

	private static final String SAYS = "somebody has to load kvm_intel here";

	private static final String FACTS = "{\"cpuinfo\":\"processor\\t: 0\\nvendor_id\\t: GenuineIntel\\nmodel name\\t: Xeon of the test\\n"
			+ "flags\\t: fpu vmx\\n\",\"modules\":\"Module Size Used by\\next4 1 0\\n\"}";

	private static final String CASE = """

			- rule: V950
			  case: an Intel processor of the test without its module
			  base: intel
			  given: { cpuinfo: { modelName: Xeon of the test }, modules: { loaded: [ext4] }, devKvm: { present: false, mode: null } }
			  silent: [V950]
			- rule: V950
			  case: its module is there
			  base: intel
			  given: { cpuinfo: { modelName: Xeon of the test } }
			  silent: [V950]
			""";

	private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(120_000);

	private static final Page.NavigateOptions SLOWLY = new Page.NavigateOptions().setTimeout(120_000);

	@TempDir
	static Path home;

	private static Portal portal;

	private static Browser browser;

	@BeforeAll
	static void open() {
		portal = new Portal(home);
		portal.account("amara", "Amara Okafor", PASSWORD, "rule-author");
		portal.account("tomasz", "Tomasz Wilk", PASSWORD, "approver");
		portal.account("sven", "Sven Koch", PASSWORD, "operator");
		browser = new Browser(portal.url());
	}

	@AfterAll
	static void close() {
		browser.close();
		portal.close();
	}

	@Test
	void publishesARuleAndGoesBack() {
		String node = portal
			.call("POST", "/api/v1/nodes", "sven", PASSWORD, "application/json",
					"{\"name\":\"cmp-1\",\"host\":\"cmp-1.example\",\"transport\":\"tls\"}")
			.body()
			.replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
		portal.call("POST", "/api/v1/nodes/" + node + "/facts", "sven", PASSWORD, "application/json", FACTS);
		Page amara = browser.signedIn("amara", PASSWORD);
		amara.context().setDefaultTimeout(120_000);
		String draft = write(amara);
		writeCases(amara);
		prove(amara, draft);
		ask(amara, draft);

		Page tomasz = browser.signedIn("tomasz", PASSWORD);
		tomasz.context().setDefaultTimeout(120_000);
		approve(tomasz, draft, "rules-approve");
		tomasz.navigate("/rules", SLOWLY);
		assertThat(tomasz.locator("main")).containsText("Revision 2 is in force");
		assertThat(assessed()).contains("\"revision\":2", SAYS);

		amara.navigate("/rules/revisions/1/diff/2", SLOWLY);
		browser.looksRight(amara, "rules-diff");
		amara.navigate("/rules/revisions/1", SLOWLY);
		amara.locator("button:has-text('Ask to go back to it')").click();
		assertThat(amara.locator("main")).containsText("brings revision 1 back", PATIENTLY);
		approve(tomasz, amara.url(), null);
		assertThat(assessed()).contains("\"revision\":1").doesNotContain(SAYS);
		assertThat(browser.complaints()).as("what the browser complained about").isEmpty();
	}

	/** A rule from the form, a mistake in it, and what the editor says of that. */
	private static String write(Page amara) {
		amara.navigate("/rules", SLOWLY);
		amara.locator("#message").fill("say who loads the module");
		amara.locator("button:has-text('Begin')").click();
		amara.locator("nav.files a:has-text('" + FILE + "')").first().click();
		amara.waitForURL("**/files/" + FILE);
		String draft = amara.url().replaceFirst("/files/.*", "");
		amara.locator("a:has-text('Insert a rule')").click();
		amara.locator("#id").fill("V950");
		amara.locator("#title").fill("Somebody has to load kvm_intel");
		amara.locator("#passage").fill("3.11.2.1.1");
		amara.locator("#adviceTitle").fill(SAYS);
		amara.locator("#adviceWhy").fill("Nobody else will.");
		amara.locator("select[name=field]").nth(0).selectOption("CpuInfo.modelName");
		amara.locator("input[name=value]").nth(0).fill("Xeon of the test");
		amara.locator("select[name=field]").nth(1).selectOption("KernelModules.kvmIntel");
		amara.locator("input[name=value]").nth(1).fill("NOO");
		browser.looksRight(amara, "rules-insert");
		amara.locator("button:has-text('Write the rule')").click();
		assertThat(amara.locator("[role=alert]")).containsText("is a word of Known, perhaps NO");
		amara.locator("input[name=value]").nth(1).fill("no");
		amara.locator("button:has-text('Write the rule')").click();
		amara.waitForURL("**/files/" + FILE + "#L*");
		editor(amara);
		type(amara);
		completes(amara);
		replace(amara, "kvmIntel == Known.NO)\nthen\n    advise.finding(\"" + SAYS, "Known.NO)", "Known.NOO)");
		assertThat(amara.locator("#problems")).containsText("Known has no such word: NOO", PATIENTLY);
		amara.locator("a[data-problem-line]").first().click();
		assertThat(amara.locator(".ace_gutter-cell.ace_error")).isVisible();
		browser.looksRight(amara, "rules-problems");
		amara.locator(".editor textarea").focus();
		amara.keyboard().press("Control+z");
		assertThat(amara.locator("#problems")).not().containsText("NOO", new ContainsTextOptions().setTimeout(120_000));
		assertThat(amara.locator(".ace_gutter-cell.ace_error")).hasCount(0);
		amara.keyboard().press("Control+s");
		assertThat(amara.locator("#page-status")).containsText("Saved", PATIENTLY);
		browser.looksRight(amara, "rules-editor");
		return draft;
	}

	/**
	 * A mistake typed at the end of the file and taken out again, some times over: says
	 * how long after the last letter the problem shows. How long that may take depends on
	 * the machine, so nothing is asked of it.
	 */
	private static void type(Page amara) {
		Object millis = amara.evaluate(
				"""
						async () => {
						  const editor = ace.edit(document.querySelector('.editor'));
						  const shows = (word, there) => new Promise((done) => {
						    const timer = setInterval(() => {
						      if (document.querySelector('#problems').textContent.includes(word) !== there) return;
						      clearInterval(timer);
						      done();
						    }, 4); });
						  const times = [];
						  for (let turn = 0; turn < 7; turn++) {
						    const word = 'Mistake' + turn;
						    editor.navigateFileEnd();
						    editor.insert(`\\nrule "V951 Typed"\\n@id(V951) @doc("a b") @severity(INFO)\\nwhen\\n    ${word}(vmx == Known.YES)\\nthen\\n    advise.cpuFlags("pcid");\\nend\\n`);
						    const began = performance.now();
						    await shows(word, true);
						    times.push(Math.round(performance.now() - began));
						    editor.undo();
						    await shows(word, false);
						  }
						  return times.sort((a, b) => a - b).join(' ');
						}""");
		System.out.println("problems of the shipped rulebase show so many ms after the last letter: " + millis);
	}

	/**
	 * What may stand at a place, what a word means, and a warning where a text is not
	 * saved.
	 */
	private static void completes(Page amara) {
		amara.evaluate("() => { const e = ace.edit(document.querySelector('.editor')); e.navigateFileEnd();"
				+ " e.insert('\\nrule \"V951 Typed\"\\nwhen\\n    CpuInfo(hyperv'); e.focus(); }");
		amara.keyboard().press("Control+Space");
		assertThat(amara.locator(".ace_autocomplete")).containsText("hypervisorFlag", PATIENTLY);
		amara.keyboard().press("Escape");
		Object warned = amara.evaluate(
				"() => { ace.edit(document.querySelector('.editor')).undo(); const leaving = new Event('beforeunload', { cancelable: true });"
						+ " window.dispatchEvent(leaving); return leaving.defaultPrevented; }");
		assertThat(warned).as("leaving a text that is not saved warns").isEqualTo(true);
		// by itself, after a while
		assertThat(amara.locator("#page-status")).containsText("Saved", PATIENTLY);
		Object at = amara.evaluate("() => { const e = ace.edit(document.querySelector('.editor'));"
				+ " const found = e.find('CpuInfo(', { start: { row: 0, column: 0 } }); e.renderer.scrollToLine(found.start.row, true, false);"
				+ " return new Promise((done) => setTimeout(() => { const p = e.renderer.textToScreenCoordinates(found.start.row, found.start.column + 3);"
				+ " done([p.pageX, p.pageY + 6]); }, 300)); }");
		List<?> place = (List<?>) at;
		amara.mouse().move(1, 1);
		amara.mouse().move(((Number) place.get(0)).doubleValue(), ((Number) place.get(1)).doubleValue());
		assertThat(amara.locator(".ace_tooltip:has-text('CpuInfo')").first()).containsText("/proc/cpuinfo", PATIENTLY);
		amara.mouse().move(1, 1);
	}

	/** Cases that say the wrong thing, and then the right one. */
	private static void writeCases(Page amara) {
		amara.locator("nav.files a[title='kernel-modules.cases.yaml']").click();
		amara.waitForURL("**/files/kernel-modules.cases.yaml");
		editor(amara);
		assertThat(amara.locator("#tabs")).containsText(FILE);
		amara.evaluate(
				"(more) => { const e = ace.edit(document.querySelector('.editor')); e.navigateFileEnd(); e.insert(more); }",
				CASE.stripLeading());
		amara.locator(".editor textarea").focus();
		amara.keyboard().press("Control+Enter");
		assertThat(amara.locator("#cases .chip")).containsText("differ", PATIENTLY);
		assertThat(amara.locator("#cases")).containsText("V950 fired");
		browser.looksRight(amara, "rules-cases");
		replace(amara, "silent: [V950]\n- rule: V950\n  case: its", "silent", "fires");
		amara.locator(".editor textarea").focus();
		amara.keyboard().press("Control+Enter");
		assertThat(amara.locator("#cases .chip")).containsText("as expected", PATIENTLY);
		amara.keyboard().press("Control+s");
		assertThat(amara.locator("#page-status")).containsText("Saved", PATIENTLY);
	}

	private static void prove(Page amara, String draft) {
		amara.navigate(draft, SLOWLY);
		amara.locator("#impact button").click();
		assertThat(amara.locator("#impact")).containsText("1 of 1", PATIENTLY);
		amara.locator("#impact a:has-text('All nodes that change')").click();
		browser.looksRight(amara, "rules-impact");
		amara.locator("a:has-text('both traces')").click();
		assertThat(amara.locator("main")).containsText(SAYS);
		browser.looksRight(amara, "rules-traces");
		amara.navigate(draft, SLOWLY);
	}

	private static void ask(Page amara, String draft) {
		amara.locator("button:has-text('Ask to publish')").click();
		assertThat(amara.locator("main")).containsText("Waiting for approval", PATIENTLY);
		assertThat(amara.locator("#approvals button.btn-primary")).isDisabled();
		assertThat(amara.locator("#why-not")).containsText("You wrote something in this draft");
		browser.looksRight(amara, "rules-draft");
		amara.navigate(draft + "/files/" + FILE, SLOWLY);
		assertThat(amara.locator("#lock")).containsText("stay as they are", PATIENTLY);
	}

	private static void approve(Page tomasz, String draft, @Nullable String picture) {
		tomasz.navigate(draft, SLOWLY);
		if (picture != null) {
			browser.looksRight(tomasz, picture);
		}
		tomasz.locator("#approvals button.btn-primary").click();
		assertThat(tomasz.locator("main")).containsText("Published", PATIENTLY);
	}

	private static void editor(Page page) {
		page.waitForLoadState();
		page.locator(".editor .ace_line")
			.first()
			.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
	}

	/** Changes one word at the place where this text stands. */
	private static void replace(Page page, String at, String from, String to) {
		Object done = page.evaluate("([at, from, to]) => { const e = ace.edit(document.querySelector('.editor'));"
				+ " const start = e.getValue().indexOf(at); if (start < 0) return false;"
				+ " const where = e.session.doc.indexToPosition(start + at.indexOf(from));"
				+ " e.session.replace({ start: where, end: { row: where.row, column: where.column + from.length } }, to); return true; }",
				new String[] { at, from, to });
		assertThat(done).as("the text holds %s", at).isEqualTo(true);
	}

	private static String assessed() {
		return portal.call("POST", "/api/v1/assessments", "amara", PASSWORD, "application/json", FACTS).body();
	}

}
