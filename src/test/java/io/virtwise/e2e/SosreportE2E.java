package io.virtwise.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.virtwise.Corpus;
import io.virtwise.facts.internal.sosreport.Reports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sosreport on its way into the portal: over the API, on the page with script and
 * without, and into what is kept of a node.
 */
@ExtendWith(OnePortal.class)
class SosreportE2E {

	private static final String CPUINFO = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx smx\n";

	@TempDir
	private static Path home;

	private final Portal portal;

	private final Browser browser;

	SosreportE2E(Portal portal, Browser browser) {
		this.portal = portal;
		this.browser = browser;
	}

	/** What is expected was written down by hand from the members of the archive. */
	@Test
	void tellsOfTheCorpusReportWhatStandsInIt() {
		byte[] archive = Corpus.bytes("sosreport/sosreport-juju-ubuntu-2022-02-11-hotsosk.tar.xz");
		JsonNode answer = json(upload("/api/v1/assessments", "sosreport", "report", archive));
		JsonNode facts = answer.get("facts");

		assertThat(facts.get("arch").asString()).isEqualTo("x86_64");
		assertThat(facts.get("cpuinfo").get("logicalCpus").asInt()).isEqualTo(2);
		assertThat(facts.get("cpuinfo").get("modelName").asString())
			.isEqualTo("Intel Core Processor (Haswell, no TSX, IBRS)");
		assertThat(facts.get("cpuinfo").get("vmx").asBoolean()).isTrue();
		assertThat(facts.get("cpuinfo").get("hypervisorFlag").asBoolean()).isTrue();
		assertThat(facts.get("firmwareVirtualization").asString()).isEqualTo("on");
		assertThat(facts.get("modules").get("kvm_intel").asBoolean()).isTrue();
		assertThat(facts.get("modules").get("kvm_amd").asBoolean()).isFalse();
		assertThat(facts.get("modules").get("loaded").toString()).contains("\"kvm\"", "\"xt_statistic\"");
		assertThat(facts.get("devKvm").get("mode").asString()).isEqualTo("crw-rw----");
		assertThat(facts.get("devKvm").get("owner").asString()).isEqualTo("0");
		assertThat(facts.get("devKvm").get("group").asString()).isEqualTo("108");
		assertThat(facts.get("capabilities").isNull()).isTrue();
		assertThat(facts.get("novaConf").isNull()).isTrue();
		assertThat(facts.get("release").isNull()).isTrue();
		assertThat(answer.get("verdict").asString()).isEqualTo("undetermined");
		assertThat(answer.toString()).contains("sos_commands/block/ls_-lanR_.dev", "proc/cpuinfo");
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "gz", "bz2", "xz" })
	void readsEveryPackingOverHttp(String packing) {
		byte[] archive = report().packed(packing);
		JsonNode facts = json(upload("/api/v1/assessments", "sosreport", "x.bin", archive)).get("facts");

		assertThat(facts.get("release").get("major").asInt()).isEqualTo(13);
		assertThat(facts.get("novaConf").get("virtType").asString()).isEqualTo("qemu");
		String inJson = "{\"sosreport\":\"" + Base64.getEncoder().encodeToString(archive) + "\"}";
		HttpResponse<String> same = this.portal.call("POST", "/api/v1/assessments", "admin", Portal.ADMIN_PASSWORD,
				"application/json", inJson);
		assertThat(json(same).get("facts").toString()).isEqualTo(facts.toString());
	}

	@Test
	void aPartBesideTheReportCountsMore() {
		String archive = Base64.getEncoder().encodeToString(report().packed("gz"));
		JsonNode facts = json(
				this.portal.call("POST", "/api/v1/assessments", "admin", Portal.ADMIN_PASSWORD, "application/json",
						"{\"sosreport\":\"" + archive + "\",\"cpuinfo\":\"processor : 0\\nflags : fpu svm\\n\"}"))
			.get("facts");

		assertThat(facts.get("cpuinfo").get("svm").asBoolean()).isTrue();
		assertThat(facts.get("novaConf").get("virtType").asString()).isEqualTo("qemu");
	}

	@Test
	void aBrokenOneIsAProblemAndATooLargeOneIs413() {
		JsonNode broken = json(
				upload("/api/v1/assessments", "sosreport", "x.tar", "no archive".getBytes(StandardCharsets.UTF_8)));
		assertThat(broken.get("problems").get(0).get("part").asString()).isEqualTo("sosreport");
		assertThat(broken.get("facts").get("cpuinfo").isNull()).isTrue();

		HttpResponse<String> large = upload("/api/v1/assessments", "sosreport", "x.tar", new byte[257 * 1024 * 1024]);
		assertThat(large.statusCode()).isEqualTo(413);
	}

	@Test
	void showsWhatIsInAReportAsSoonAsItIsChosen() throws Exception {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/assess?by=sosreport");
		this.browser.looksRight(page, "assess-sosreport");
		page.locator("#sosreport").setInputFiles(file("report.tar.xz", report().packed("xz")));
		Locator found = page.locator("#reported table");
		assertThat(found).containsText("1 processor, GenuineIntel, vmx present (proc/cpuinfo)");
		assertThat(found).containsText("virt_type = qemu");
		assertThat(found).containsText("etc/nova/nova-compute.conf");
		assertThat(found).containsText("mitaka, nova 13");
		assertThat(found).containsText("It would tell whether libvirt can start guests with KVM.");
		assertThat(page.locator("[data-progress]")).isHidden();
		this.browser.looksRight(page, "assess-sosreport-read");
		page.locator("button.btn-primary").click();
		assertThat(page.locator("h1")).not().hasText("Assess a node");
		assertThat(page.locator("main")).containsText("etc/nova/nova-compute.conf");
		this.browser.looksRight(page, "assessment-of-sosreport");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void saysWhyAFileIsNotRead() throws Exception {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/assess?by=sosreport");
		page.locator("#sosreport").setInputFiles(file("notes.txt", "not an archive".getBytes(StandardCharsets.UTF_8)));
		assertThat(page.locator("#reported [role=alert]")).containsText("This file was not read. This is no sosreport");
		this.browser.looksRight(page, "assess-sosreport-refused");
		page.locator("label[for='intent.environment-1']").click();
		page.locator("button.btn-primary").click();
		assertThat(page.locator("[data-error-summary]")).containsText("sosreport was not read");
		assertThat(page.locator("#reported [role=alert]")).containsText("This is no sosreport");
		assertThat(page.locator("[id='intent.environment-1']")).isChecked();
		page.locator("button.btn-primary").click();
		assertThat(page.locator("[data-error-summary]")).containsText("sosreport is empty");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void whatIsTooLargeIsNotSent() throws Exception {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/assess?by=sosreport");
		Path large = home.resolve("large.tar");
		try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
			file.setLength(256L * 1024 * 1024 + 1);
		}
		page.locator("#sosreport").setInputFiles(large);
		assertThat(page.locator("[data-too-large]")).isVisible();
		assertThat(page.locator("#sosreport")).hasValue("");
		this.browser.looksRight(page, "assess-sosreport-too-large");
	}

	@Test
	void worksWithoutScript() throws Exception {
		Page page = this.browser.visitor(false);
		page.navigate("/signin");
		page.locator("#username").fill("admin");
		page.locator("#password").fill(Portal.ADMIN_PASSWORD);
		page.locator("form button.btn-primary").click();
		page.navigate("/assess?by=sosreport");
		page.locator("#sosreport").setInputFiles(file("report.tar.gz", report().packed("gz")));
		page.locator("button.btn-primary").click();
		assertThat(page.locator("h1")).not().hasText("Assess a node");
		assertThat(page.locator("main")).containsText("vmx");
	}

	@Test
	void severalFilesOfNovaAreReadInItsOrder() throws Exception {
		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/assess");
		page.getByText("Add other files of nova").click();
		page.locator("#nova-conf-file")
			.setInputFiles(
					new Path[] { file("20-b.conf", "[libvirt]\nvirt_type = kvm\n".getBytes(StandardCharsets.UTF_8)),
							file("10-a.conf", "[libvirt]\nvirt_type = lxc\n".getBytes(StandardCharsets.UTF_8)),
							file("nova.conf", "[libvirt]\nvirt_type = qemu\n".getBytes(StandardCharsets.UTF_8)) });
		this.browser.looksRight(page, "assess-nova-files");
		page.locator("button.btn-primary").click();
		assertThat(page.locator("h1")).not().hasText("Assess a node");
		assertThat(page.locator("main")).containsText("20-b.conf");
	}

	@Test
	void ofANodeTheTextsAreKeptAndAnAnswerCanBeTakenBack() {
		String node = json(this.portal.call("POST", "/api/v1/nodes", "admin", Portal.ADMIN_PASSWORD, "application/json",
				"{\"name\":\"cmp-1\",\"host\":\"cmp-1.example.net\",\"transport\":\"tls\"}"))
			.get("id")
			.asString();
		byte[] archive = report().packed("xz");
		HttpResponse<String> stored = upload("/api/v1/nodes/" + node + "/facts", "sosreport", "r.tar.xz", archive);
		assertThat(stored.statusCode()).isEqualTo(200);
		assertThat(stored.body()).contains("\"virtType\":\"qemu\"");

		Page page = this.browser.signedIn("admin", Portal.ADMIN_PASSWORD);
		page.navigate("/nodes/" + node);
		assertThat(page.locator("#facts")).containsText("proc/cpuinfo");
		page.locator("label[for='intent.nested-0']").click();
		page.locator("#add input[value=qcow2]").check();
		page.locator("#add .card-footer button").click();
		assertThat(page.locator("[id='intent.nested-0']")).isChecked();
		assertThat(page.locator("#add input[value=qcow2]")).isChecked();
		page.locator("label[for='intent.nested-2']").click();
		page.locator("#add input[value=qcow2]").uncheck();
		page.locator("#add .card-footer button").click();
		assertThat(page.locator("[id='intent.nested-2']")).isChecked();
		assertThat(page.locator("#add input[value=qcow2]")).not().isChecked();
		assertThat(page.locator("#facts")).containsText("proc/cpuinfo");
		this.browser.looksRight(page, "node-with-sosreport");
		assertThat(this.browser.complaints()).isEmpty();
	}

	private static Reports report() {
		return Reports.in("sosreport-node17")
			.file("proc/cpuinfo", CPUINFO)
			.link("lsmod", "sos_commands/kernel/lsmod")
			.file("sos_commands/kernel/lsmod",
					"Module                  Size  Used by\nkvm_intel 282624 0\nkvm 663552 1 kvm_intel\n")
			.file("sos_commands/block/ls_-lanR_.dev", "/dev:\ntotal 4\ncrw-rw----  1 0 108  10, 232 Feb 11 18:59 kvm\n")
			.file("installed-debs", "ii  nova-compute   2:13.1.4-0ubuntu4   all   OpenStack Compute\n")
			.file("etc/nova/nova.conf", "[libvirt]\nvirt_type = kvm\n")
			.file("etc/nova/nova-compute.conf", "[libvirt]\nvirt_type = qemu\n");
	}

	private static Path file(String name, byte[] content) throws IOException {
		return Files.write(home.resolve(name), content);
	}

	private HttpResponse<String> upload(String path, String name, String file, byte[] content) {
		String boundary = "----vw-7d1a0c52";
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
				+ file + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
			.getBytes(StandardCharsets.UTF_8));
		body.writeBytes(content);
		body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
		return this.portal.call("POST", path, "admin", Portal.ADMIN_PASSWORD,
				"multipart/form-data; boundary=" + boundary, body.toByteArray());
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		return JsonMapper.shared().readTree(response.body());
	}

}
