package io.virtwise.facts.web;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.access.CurrentUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * The page on which facts are handed in.
 */
@WebMvcTest(controllers = IntakePages.class,
		includeFilters = @Filter(type = FilterType.REGEX, pattern = "io\\.virtwise\\.facts\\.(?!web).*"))
@WithMockUser
@MockitoBean(types = CurrentUser.class)
class IntakePagesTests {

	private static final Pattern INLINE = Pattern.compile("<[^>]*\\s(style|on[a-z]+|hx-on[:a-z-]*)=");

	@Autowired
	private MockMvcTester mvc;

	@Test
	void asksForEveryDocumentedCommandAndSaysNothingByDefault() throws Exception {
		String page = get("/assess");
		assertThat(page).contains("cat /proc/cpuinfo", "lsmod | grep kvm", "ls -l /dev/kvm", "cat /etc/nova/nova.conf",
				"cat /etc/nova/nova-compute.conf", "virsh capabilities", "virsh domcapabilities --virttype kvm",
				"virsh domcapabilities --virttype qemu", "dmesg", "tail -n 5000 /var/log/nova/nova-compute.log");
		assertThat(count(page, "value=\"unknown\" checked=\"checked\"")).isEqualTo(11);
		assertThat(page).contains("name=\"intent.environment\" value=\"\" checked=\"checked\"");
		assertThat(page).contains("enctype=\"multipart/form-data\"", "action=\"/assess\"", "name=\"_csrf\"");
		assertThat(page).contains("<option value=\"\" selected=\"selected\">I do not know</option>",
				"Mitaka · nova 13 · RHOSP 9");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/assess", "/assess?by=collector", "/assess?by=sosreport" })
	void hasOneHeadingAndNothingInline(String uri) throws Exception {
		String page = get(uri);
		assertThat(count(page, "<h1")).isEqualTo(1);
		Matcher inline = INLINE.matcher(page);
		assertThat(inline.find()).isFalse();
		assertThat(page).doesNotContain("<script>");
	}

	@Test
	void everyFieldHasALabel() throws Exception {
		String page = get("/assess") + get("/assess?by=collector");
		Matcher fields = Pattern.compile("<(?:textarea|select|input)[^>]* id=\"([^\"]+)\"").matcher(page);
		int seen = 0;
		while (fields.find()) {
			assertThat(page).contains("for=\"" + fields.group(1) + "\"");
			seen++;
		}
		assertThat(seen).isGreaterThan(40);
	}

	@Test
	void saysHowToRunTheCollectorFromHere() throws Exception {
		assertThat(get("/assess?by=collector")).contains("curl -s http://localhost/collect.sh | sh &gt; facts.txt",
				"name=\"collector-file\"", "href=\"/collect.sh\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "cpuinfo | given | flags : fpu vmx | Understood: | vmx present",
			"cpuinfo | empty | '' | Understood: | neither vmx nor svm. Printing nothing is an answer.",
			"cpuinfo | unknown | '' | Unknown. | It would tell whether the processor can do hardware virtualization.",
			"cpuinfo | given | '' | Unknown. | It would tell whether the processor",
			"cpuinfo | given | lorem ipsum | Not understood: | No line of /proc/cpuinfo is in this text.",
			"modules | empty | '' | Understood: | no kvm module is loaded",
			"dev-kvm | given | ls: cannot access /dev/kvm: No such file or directory | Understood: | /dev/kvm does not exist",
			"kernel-log | given | [    0.6] kvm: disabled by bios | Understood: | firmware-off, firmware keeps virtualization off",
			"kernel-log | empty | '' | Understood: | no documented fault. Printing nothing is an answer.",
			"nova-compute-log | given | 2020-02-02 00:00:02 1 ERROR nova.x [-] No route | Understood: | no documented fault, 1 kind of other error",
			"nova-conf | given | virt_type = kvm | Understood: | nova cannot read it: line 1, Section must be started" })
	void saysWhatItUnderstoodOfAField(String field, String answer, String text, String lead, String words)
			throws Exception {
		String line = body(this.mvc.post()
			.uri("/assess/understood?field={field}", field)
			.with(csrf())
			.param(field, text)
			.param(field + ".answer", answer)
			.exchange());
		assertThat(line).contains(lead).contains(words).doesNotContain("<html", "<main");
	}

	@Test
	void showsATextAsText() throws Exception {
		String line = body(this.mvc.post()
			.uri("/assess/understood?field=cpuinfo")
			.with(csrf())
			.param("cpuinfo", "processor : 0\nvendor_id : <img src=x hx-get=/users>${7*7}\n")
			.exchange());
		assertThat(line).contains("&lt;img src=x hx-get=/users&gt;${7*7}").doesNotContain("<img");
	}

	@Test
	void saysPartByPartWhatItUnderstoodOfTheCollector() throws Exception {
		MockMultipartFile file = new MockMultipartFile("collector-file", "facts.txt", "text/plain", """
				=== virtwise collector 1 ===
				=== begin modules: /proc/modules ===
				| kvm 1 0 - Live 0x0
				=== end modules: ok ===
				=== begin nova-conf: /etc/nova/nova.conf ===
				=== end nova-conf: denied ===
				=== end of virtwise collector ===
				""".getBytes(StandardCharsets.UTF_8));
		String table = body(this.mvc.post()
			.uri("/assess/understood?field=collector")
			.with(csrf())
			.multipart()
			.file(file)
			.param("by", "collector")
			.exchange());
		assertThat(table).contains("kvm loaded", "nova.conf was not readable", "run the collector as root", "Unknown")
			.doesNotContain("<html");
	}

	@Test
	void aFieldThatThereIsNotIsNotFound() {
		assertThat(this.mvc.post().uri("/assess/understood?field=nonsense").with(csrf())).hasStatus(404);
	}

	private String get(String uri) throws Exception {
		return body(this.mvc.get().uri(uri).exchange());
	}

	private static String body(MvcTestResult result) throws Exception {
		assertThat(result).hasStatusOk();
		return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
	}

	private static int count(String text, String part) {
		return text.split(Pattern.quote(part), -1).length - 1;
	}

}
