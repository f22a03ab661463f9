package io.virtwise.rules.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Texts that try to do what a rule may not.
 */
public final class Attacks {

	static final String CONDITION = "CpuInfo(vmx == Known.YES)";

	static final String CALL = "conclude.that(Topic.KVM, Answer.YES, \"yes\");";

	private final Path canary;

	/**
	 * @param canary the file that a text would make if it ran
	 */
	public Attacks(Path canary) {
		this.canary = canary;
	}

	/** The rule that all of them are made of. */
	public String harmless() {
		return rule(Map.of());
	}

	/** The same with another condition. */
	String withCondition(String condition) {
		return rule(Map.of("condition", condition));
	}

	/** All of them, by what they try. */
	public Map<String, String> texts() throws IOException {
		Map<String, String> texts = new LinkedHashMap<>();
		try (InputStream attacks = Attacks.class.getResourceAsStream("attacks.yaml")) {
			String yaml = new String(Objects.requireNonNull(attacks).readAllBytes(), StandardCharsets.UTF_8);
			for (Object one : (List<?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml)) {
				Map<String, Object> attack = CaseFacts.map(one);
				texts.put(String.valueOf(attack.get("name")), rule(attack));
			}
		}
		texts.put("a zero byte", rule(Map.of("condition", "CpuInfo(modelName == \"a\u0000\")")));
		texts.put("a mark that turns the direction", rule(Map.of("condition", "CpuInfo(modelName == \"\u202Ea\")")));
		texts.put("an invisible character in a comment", rule(Map.of("file", "// \u200B")));
		texts.put("a byte order mark", "\uFEFF" + rule(Map.of()));
		texts.put("a name in other letters", rule(Map.of("condition", "CpuInfo(v\u043Cx == Known.YES)")));
		texts.put("a very long line", rule(Map.of("file", "//" + "a".repeat(5_000))));
		texts.put("a very long text",
				rule(Map.of("condition", "CpuInfo(modelName == \"" + "a".repeat(100_000) + "\")")));
		texts.put("a very long file", (rule(Map.of()) + "\n").repeat(3_000));
		texts.put("ten thousand brackets", rule(Map.of("condition", nested("(", 10_000))));
		texts.put("ten thousand nots", rule(Map.of("condition", nested("not ", 10_000))));
		texts.put("ten thousand patterns", rule(Map.of("condition", (CONDITION + "\n").repeat(5_000))));
		texts.put("ten thousand values",
				rule(Map.of("condition", "CpuInfo(modelName in (\n" + "\"a\",\n".repeat(3_000) + "\"a\"))")));
		return texts;
	}

	private static String nested(String sign, int deep) {
		return (sign + "\n").repeat(deep) + CONDITION;
	}

	private String rule(Map<String, ?> attack) {
		if (attack.containsKey("whole")) {
			return canaried(text(attack, "whole", ""));
		}
		List<String> lines = new ArrayList<>();
		lines.add(text(attack, "file", "// a rule"));
		lines.add("rule \"" + text(attack, "title", "V999 Made for a test") + "\"");
		lines.add(text(attack, "annotations", "@id(V999) @doc(\"test 1\") @severity(INFO)"));
		lines.add(text(attack, "head", ""));
		lines.add("when");
		lines.add("    " + text(attack, "condition", CONDITION));
		lines.add("then");
		lines.add("    " + text(attack, "consequence", CALL));
		lines.add("end");
		return canaried(String.join("\n", lines)) + "\n";
	}

	private static String text(Map<String, ?> attack, String key, String other) {
		Object value = attack.get(key);
		return (value != null) ? String.valueOf(value) : other;
	}

	private String canaried(String text) {
		return text.replace("CANARY", this.canary.toString());
	}

}
