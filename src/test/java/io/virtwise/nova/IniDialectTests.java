package io.virtwise.nova;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every line of the dialect that was put to oslo.config's own parser once, with its
 * judgement.
 */
class IniDialectTests {

	@TestFactory
	Stream<DynamicTest> judgesAsOsloConfigDid() {
		JsonNode cases = JsonMapper.builder().build().readTree(Corpus.folder("ini-dialect").resolve("cases.json"));
		assertThat(cases.size()).isGreaterThanOrEqualTo(40);
		return cases.valueStream()
			.map((one) -> DynamicTest.dynamicTest(one.get("name").stringValue(), () -> check(one)));
	}

	private void check(JsonNode one) {
		List<String> lines = new ArrayList<>();
		one.get("lines").forEach((line) -> lines.add(line.stringValue()));

		NovaConf conf = NovaConf.parse(String.join("\n", lines), "nova.conf");

		if (one.has("error")) {
			assertThat(conf.fault()).hasValueSatisfying((fault) -> {
				assertThat(fault.line()).isEqualTo(one.get("error").get("line").intValue());
				assertThat(fault.message()).isEqualTo(one.get("error").get("message").stringValue());
			});
		}
		else {
			assertThat(conf.fault()).isEmpty();
			assertThat(conf.sections()).isEqualTo(sections(one.get("sections")));
		}
	}

	private Map<String, Map<String, List<String>>> sections(JsonNode node) {
		Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
		node.forEachEntry((section, options) -> {
			Map<String, List<String>> values = new LinkedHashMap<>();
			options.forEachEntry((option, all) -> {
				List<String> list = new ArrayList<>();
				all.forEach((value) -> list.add(value.stringValue()));
				values.put(option, list);
			});
			sections.put(section, values);
		});
		return sections;
	}

}
