package io.virtwise.nova;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.ini4j.Config;
import org.ini4j.spi.IniFormatter;
import org.springframework.stereotype.Component;

/**
 * Writes fragments with ini4j, with its escaping off, since oslo.config knows none. It is
 * never asked to resolve anything ({@code fetch} overflows the stack on a value that
 * names itself), and what it wrote is read back before anybody gets it.
 */
@Component
class Ini4jNovaConfFragment implements NovaConfFragment {

	@Override
	public String render(List<Setting> settings) {
		Map<String, Map<String, String>> sections = new LinkedHashMap<>();
		for (Setting setting : SettingCheck.checked(settings)) {
			if (setting.value() != null) {
				sections.computeIfAbsent(setting.section(), (name) -> new LinkedHashMap<>())
					.put(setting.option(), setting.value());
			}
		}
		String text = write(sections);
		requireReadBack(text, sections);
		return text;
	}

	private String write(Map<String, Map<String, String>> sections) {
		if (sections.isEmpty()) {
			return "";
		}
		StringWriter out = new StringWriter();
		PrintWriter lines = new PrintWriter(out);
		Formatting formatting = new Formatting(lines);
		formatting.startIni();
		for (String section : defaultFirst(sections)) {
			formatting.startSection(section);
			sections.getOrDefault(section, Map.of()).forEach(formatting::handleOption);
			formatting.endSection();
		}
		formatting.endIni();
		lines.flush();
		return PythonText.rstrip(out.toString()) + "\n";
	}

	private static List<String> defaultFirst(Map<String, Map<String, String>> sections) {
		List<String> names = new ArrayList<>(sections.keySet());
		if (names.remove("DEFAULT")) {
			names.add(0, "DEFAULT");
		}
		return names;
	}

	private static Config config() {
		Config config = new Config();
		config.setEscape(false);
		config.setEscapeNewline(false);
		config.setEmptyOption(true);
		config.setLineSeparator("\n");
		config.setPathSeparator('\0');
		return config;
	}

	private static void requireReadBack(String text, Map<String, Map<String, String>> sections) {
		NovaConf conf = NovaConf.parse(text, "the fragment");
		Map<String, Map<String, List<String>>> wanted = new LinkedHashMap<>();
		sections.forEach((section, options) -> {
			Map<String, List<String>> values = new LinkedHashMap<>();
			options.forEach((option, value) -> values.put(option, List.of(value)));
			wanted.put(section, values);
		});
		if (conf.fault().isPresent() || !conf.sections().equals(wanted)) {
			throw new IllegalStateException("the rendered fragment does not read back as what was asked for: "
					+ conf.fault().map(NovaConf.Fault::sentence).orElse("other values"));
		}
	}

	/**
	 * ini4j's formatter, made here: its own way looks for one on the class path each
	 * time, which costs more than a whole assessment.
	 */
	private static final class Formatting extends IniFormatter {

		Formatting(PrintWriter out) {
			setOutput(out);
			setConfig(config());
		}

	}

}
