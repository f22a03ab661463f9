package io.virtwise.e2e;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.virtwise.libvirt.DemoFleet;
import io.virtwise.shared.ContentHash;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main job from end to end, as the people who do it: a requester assesses this very
 * machine, an operator registers and reads a node and asks for its change, an approver
 * approves it, the operator puts it on the node, and the node's own file proves it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoryE2E {

	private static final String PASSWORD = "seven grey herons";

	/**
	 * The node whose file has no section libvirt yet, so that there is always something
	 * to set.
	 */
	private static final int NODE = 3;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private Path temporary = Path.of("target");

	private DemoFleet fleet;

	private Portal portal;

	private Browser browser;

	private String nodeId = "";

	private String changeId = "";

	@BeforeAll
	void start(@TempDir Path folder) throws Exception {
		this.temporary = folder;
		this.fleet = DemoFleet.start(NODE, null);
		this.portal = new Portal(this.temporary.resolve("data"));
		this.browser = new Browser(this.portal.url());
		this.portal.account("rita", "Rita Requester", PASSWORD, "requester");
		this.portal.account("oscar", "Oscar Operator", PASSWORD, "operator");
		this.portal.account("ada", "Ada Approver", PASSWORD, "approver");
		this.portal.account("abel", "Abel Approver", PASSWORD, "approver");
		this.portal.account("udo", "Udo Auditor", PASSWORD, "auditor");
	}

	@AfterAll
	void stop() throws Exception {
		if (this.browser != null) {
			this.browser.close();
		}
		if (this.portal != null) {
			this.portal.close();
		}
		if (this.fleet != null) {
			this.fleet.close();
		}
	}

	@Test
	@Order(1)
	void beforeSignInThereIsOnlyTheDoor() {
		Page page = this.browser.visitor(true);
		page.navigate("/nodes");
		assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/signin.*"));
		this.browser.looksRight(page, "signin");
		page.context().close();
	}

	@Test
	@Order(2)
	void anEmptyPortalSaysWhatToDoFirst() {
		Page page = this.browser.signedIn("oscar", PASSWORD);
		assertThat(page.locator("h1")).hasCount(1);
		this.browser.looksRight(page, "overview-empty");
		page.navigate("/nodes");
		this.browser.looksRight(page, "nodes-empty");
		page.navigate("/changes");
		this.browser.looksRight(page, "changes-empty");
		page.context().close();
	}

	@Test
	@Order(3)
	void theRequesterAssessesThisVeryMachineWithTheCollector() throws Exception {
		String collected = collect();
		Page page = this.browser.signedIn("rita", PASSWORD);
		page.navigate("/assess");
		this.browser.looksRight(page, "assess");
		page.navigate("/assess?by=collector");
		page.locator("#collector").fill(collected);
		this.browser.looksRight(page, "assess-collector");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Assess")).click();

		assertThat(page.locator(".verdict h1")).isVisible();
		assertThat(page.locator("details.finding").first()).isVisible();
		this.browser.looksRight(page, "assessment");
		page.context().close();
	}

	@Test
	@Order(4)
	void theOperatorRegistersAndReadsANode() {
		Page page = this.browser.signedIn("oscar", PASSWORD);
		page.navigate("/nodes/new");
		page.locator("#name").fill("demo compute");
		page.locator("#host").fill("qemu:///system?command=id");
		page.locator("label[for=transport-tcp]").click();
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Register")).click();
		assertThat(page.locator(".field-error").first()).isVisible();
		this.browser.looksRight(page, "node-form-refused");

		assertThat(page.locator("#name")).hasValue("demo compute");
		page.locator("#name").fill("demo-compute-3");
		page.locator("#host").fill("127.0.0.1");
		page.locator("#port").fill(String.valueOf(this.fleet.node(NODE).port()));
		page.locator("#release").fill("2024.1");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Register")).click();
		assertThat(page.locator("h1")).hasText("demo-compute-3");
		this.nodeId = page.url().replaceAll(".*/nodes/([0-9a-z]+).*", "$1");
		this.browser.looksRight(page, "node-new");

		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check").setExact(true)).click();
		assertThat(page.locator("#steps .tone-green").first()).isVisible();
		assertThat(page.locator("#steps .tone-red")).hasCount(0);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Read facts")).click();
		assertThat(page.locator("#facts")).containsText("libvirt");

		// whatever this machine can do, the people behind the node take it
		page.locator("label[for^='intent.accept-emulation']")
			.filter(new Locator.FilterOptions().setHasText("Yes"))
			.click();
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Hand in and assess")).click();
		assertThat(page.locator("#ask")).isVisible();
		this.browser.looksRight(page, "node");
		page.navigate("/nodes");
		this.browser.looksRight(page, "nodes");
		page.context().close();
	}

	@Test
	@Order(5)
	void theOperatorAsksForTheChangeAndCannotApproveIt() {
		Page page = this.browser.signedIn("oscar", PASSWORD);
		page.navigate("/nodes/" + this.nodeId);
		page.locator("#ask textarea").fill("The node has no virt_type of its own; put what was assessed in force.");
		page.locator("#ask button").last().click();
		assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/changes/[0-9a-z]+.*"));
		this.changeId = page.url().replaceAll(".*/changes/([0-9a-z]+).*", "$1");
		assertThat(page.locator("#diff")).containsText("virt_type");
		assertThat(page.locator("#policy")).containsText("Two different approvers, because");
		this.browser.looksRight(page, "change-draft");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask for approval")).click();

		Locator approve = page.getByRole(AriaRole.BUTTON,
				new Page.GetByRoleOptions().setName("Approve").setExact(true));
		assertThat(approve).isDisabled();
		assertThat(page.locator("#why-not")).containsText("You");
		this.browser.looksRight(page, "change-waiting-own");
		page.context().close();
	}

	@Test
	@Order(6)
	void fourEyesHoldAgainstDirectCalls() {
		String hash = change().get("contentHash").asString();

		refused(call("POST", "/approve", "oscar", approval(hash)), 403);
		refused(call("POST", "/approve", "rita", approval(hash)), 403);
		refused(call("POST", "/approve", "ada", approval("0".repeat(64))), 409);
		refused(call("POST", "/start", "oscar", "{}"), 409);
		refused(call("POST", "/start", "rita", "{}"), 403);
		refused(call("POST", "/approve", "admin", approval(hash)), 403);
		assertThat(change().get("status").asString()).isEqualTo("waiting-for-approval");
	}

	@Test
	@Order(7)
	void twoApproversApproveBecauseVirtTypeChanges() {
		Page page = this.browser.signedIn("ada", PASSWORD);
		this.browser.looksRight(page, "overview-approver");
		page.navigate("/approvals");
		this.browser.looksRight(page, "approvals");
		page.locator("a[href*='/changes/" + this.changeId + "']").first().click();
		this.browser.looksRight(page, "change-waiting");
		page.locator("#comment").fill("Diff read, window is now.");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve").setExact(true)).click();
		assertThat(page.locator("h1")).hasText("Approve this for 1 node?");
		this.browser.looksRight(page, "change-confirm");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Yes, approve it")).click();
		assertThat(page.locator("#approvals")).containsText("Abel Approver can decide");
		this.browser.looksRight(page, "change-waiting-second");
		refused(call("POST", "/approve", "ada", approval(change().get("contentHash").asString())), 409);
		page.navigate("/approval-policy");
		this.browser.looksRight(page, "approval-policy");
		assertThat(call("POST", "/approve", "abel", approval(change().get("contentHash").asString())).statusCode())
			.isEqualTo(200);
		page.navigate("/changes/" + this.changeId);
		assertThat(page.locator("h1 + *, .chip").filter(new Locator.FilterOptions().setHasText("Approved")).first())
			.isVisible();
		page.context().close();
	}

	@Test
	@Order(8)
	void theOperatorPutsItOnTheNodeAndTheNodesOwnFileProvesIt() throws Exception {
		Path file = this.fleet.path(NODE, "/etc/nova/nova.conf");
		byte[] before = Files.readAllBytes(file);
		String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
		Object group = Files.getAttribute(file, "unix:gid");
		JsonNode planned = change().get("nodes").get(0);
		assertThat(ContentHash.of(before).sha256()).isEqualTo(planned.get("before").get("hash").asString());

		Page page = this.browser.signedIn("oscar", PASSWORD);
		page.navigate("/changes/" + this.changeId);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start").setExact(true)).click();
		assertThat(page.locator("main")).containsText("systemctl restart",
				new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions().setTimeout(60_000));

		byte[] after = Files.readAllBytes(file);
		assertThat(ContentHash.of(after).sha256()).isEqualTo(planned.get("after").get("hash").asString());
		assertThat(new String(after, StandardCharsets.UTF_8)).contains("[libvirt]").contains("virt_type");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(mode);
		assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(group);
		assertThat(change().get("status").asString()).isEqualTo("restart-pending");
		this.browser.looksRight(page, "change-restart-pending");

		page.navigate("/nodes/" + this.nodeId);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Read facts")).click();
		page.navigate("/changes/" + this.changeId);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("It is restarted, check again")).click();
		assertThat(page.locator(".chip").filter(new Locator.FilterOptions().setHasText("In force")).first())
			.isVisible();
		assertThat(change().get("status").asString()).isEqualTo("in-force");
		this.browser.looksRight(page, "change-in-force");
		page.navigate("/nodes/" + this.nodeId);
		assertThat(page.locator("main")).not().containsText("options differ");
		this.browser.looksRight(page, "node-in-force");
		page.context().close();
	}

	@Test
	@Order(9)
	void theAuditorSeesWhoDidWhat() {
		Page page = this.browser.signedIn("udo", PASSWORD);
		page.navigate("/audit");
		assertThat(page.locator("main")).containsText("Ada Approver");
		this.browser.looksRight(page, "audit");
		page.navigate("/users");
		assertThat(page.locator("main")).containsText("user:write");
		this.browser.looksRight(page, "error-403");
		page.navigate("/nodes/nosuchnode");
		this.browser.looksRight(page, "error-404");
		page.context().close();
		Page admin = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		admin.navigate("/users");
		this.browser.looksRight(admin, "users");
		admin.navigate("/");
		this.browser.looksRight(admin, "overview");
		admin.context().close();
	}

	@Test
	@Order(10)
	void assessingWorksWithoutScript() {
		Page page = this.browser.visitor(false);
		page.navigate("/signin");
		page.locator("#username").fill("rita");
		page.locator("#password").fill(PASSWORD);
		page.locator("form button").first().click();
		page.navigate("/assess");
		page.locator("textarea[name=cpuinfo]").fill("vendor_id : GenuineIntel\nflags : fpu vmx");
		page.locator("label[for=modules-empty]").click();
		page.locator("button.btn-primary").click();
		assertThat(page.locator(".verdict h1")).isVisible();
		assertThat(page.locator("main")).containsText("S19");
		page.context().close();
	}

	@Test
	@Order(11)
	void theBrowserHadNothingToComplainAbout() {
		assertThat(this.browser.complaints()).isEmpty();
	}

	private JsonNode change() {
		return JSON.readTree(call("GET", "", "oscar", "").body());
	}

	private HttpResponse<String> call(String method, String verb, String user, String body) {
		String password = user.equals("admin") ? Portal.ADMIN_PASSWORD : PASSWORD;
		return this.portal.call(method, "/api/v1/changes/" + this.changeId + verb, user, password, "application/json",
				body);
	}

	private static String approval(String hash) {
		return "{\"contentHash\":\"" + hash + "\",\"comment\":\"looks good\"}";
	}

	private static void refused(HttpResponse<String> response, int status) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/problem+json"));
	}

	/** What the collector that the portal serves prints on this machine. */
	private String collect() throws IOException, InterruptedException {
		Path script = this.temporary.resolve("collect.sh");
		Files.writeString(script, this.portal.call("GET", "/collect.sh", "", "", "text/plain", "").body());
		Path output = this.temporary.resolve("collected");
		Process process = new ProcessBuilder(List.of("sh", script.toString())).redirectOutput(output.toFile())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return Objects.requireNonNull(Files.readString(output));
	}

}
