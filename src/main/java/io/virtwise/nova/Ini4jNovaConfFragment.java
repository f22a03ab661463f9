package io.virtwise.nova;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.ini4j.Config;
import org.ini4j.Ini;
import org.ini4j.Profile;
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
		Ini ini = new Ini();
		ini.setConfig(config());
		for (String section : defaultFirst(sections)) {
			Profile.Section written = ini.add(section);
			sections.getOrDefault(section, Map.of()).forEach(written::add);
		}
		StringWriter out = new StringWriter();
		try {
			ini.store(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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

}
