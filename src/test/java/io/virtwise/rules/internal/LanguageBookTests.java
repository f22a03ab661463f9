package io.virtwise.rules.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.virtwise.rules.RuleLanguage;
import io.virtwise.rules.RuleLanguage.Fact;
import io.virtwise.rules.RuleLanguage.Field;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LanguageBook}.
 */
class LanguageBookTests {

	private static final RuleLanguage LANGUAGE = new LanguageBook()
		.of(new RulesRead(ShippedRules.files()).rules().stream().map(ReadRule::tree));

	/** Javadoc is no part of a jar, so its texts are copied; here they are held to it. */
	@Test
	void everyTextIsTheOneOfTheJavadoc() throws IOException {
		Map<String, String> wanted = new TreeMap<>();
		Map<String, String> all = new TreeMap<>();
		Vocabulary.factTypes().forEach((fact) -> all.putAll(JavadocTexts.of(fact)));
		Vocabulary.enums().forEach((words) -> all.putAll(JavadocTexts.of(words)));
		for (Stage stage : Stage.values()) {
			JavadocTexts.of(stage.sinkType())
				.forEach((name, text) -> all
					.put(name.replace(stage.sinkType().getSimpleName() + ".", stage.sink() + "."), text));
		}
		names(LANGUAGE).forEach((name) -> wanted.put(name, all.getOrDefault(name, "")));
		String written = wanted.entrySet()
			.stream()
			.map((one) -> one.getKey() + " = " + one.getValue().replace("\\", "\\\\") + "\n")
			.reduce("", String::concat);
		Path copy = Path.of("target", "language.properties");
		Files.createDirectories(copy.getParent());
		Files.writeString(copy, written);
		String kept = Files.readString(Path.of("src/main/resources" + LanguageBook.TEXTS))
			.lines()
			.filter((line) -> !line.startsWith("#") && !line.contains(".unit = ") && !line.isBlank())
			.map((line) -> line + "\n")
			.reduce("", String::concat);

		assertThat(wanted).allSatisfy((name, text) -> assertThat(text).as("Javadoc of " + name).isNotBlank());
		assertThat(kept).as("the texts; what they should be stands in %s", copy).isEqualTo(written);
	}

	@Test
	void everyNumberSaysHowItCounts() {
		assertThat(fields()).filteredOn((one) -> one.type().equals("number"))
			.allSatisfy((one) -> assertThat(one.unit()).as(one.name()).isNotBlank());
		assertThat(fields()).filteredOn((one) -> !one.type().equals("number"))
			.allSatisfy((one) -> assertThat(one.unit()).as(one.name()).isNull());
	}

	@Test
	void examplesComeFromRules() {
		assertThat(field("CpuInfo", "vmx").example()).startsWith("CpuInfo(vmx ").endsWith(")");
		assertThat(fields().stream().filter((one) -> one.example() != null).count()).as("fields with an example")
			.isGreaterThan(fields().size() * 2L / 3);
	}

	@Test
	void offersOnlyWhatCanBeCompared() {
		assertThat(fact("KernelModules").fields()).extracting(Field::name)
			.contains("kvmIntel")
			.doesNotContain("loaded");
		assertThat(fact("DevKvm").fields()).extracting(Field::name).doesNotContain("accessList");
		assertThat(fact("NovaOption").several()).isTrue();
		assertThat(fact("CpuInfo").several()).isFalse();
		assertThat(LANGUAGE.calls()).extracting(RuleLanguage.Call::name).contains("advise.finding", "conclude.that");
	}

	private static List<String> names(RuleLanguage language) {
		List<String> names = new ArrayList<>();
		language.facts().forEach((fact) -> {
			names.add(fact.name());
			fact.fields().forEach((field) -> names.add(fact.name() + "." + field.name()));
		});
		language.enums().forEach((words) -> {
			names.add(words.name());
			words.words().forEach((word) -> names.add(words.name() + "." + word.name()));
		});
		language.calls().forEach((call) -> names.add(call.name()));
		return names;
	}

	private static List<Field> fields() {
		return LANGUAGE.facts().stream().flatMap((fact) -> fact.fields().stream()).toList();
	}

	private static Fact fact(String name) {
		return LANGUAGE.facts().stream().filter((one) -> one.name().equals(name)).findFirst().orElseThrow();
	}

	private static Field field(String fact, String name) {
		return fact(fact).fields().stream().filter((one) -> one.name().equals(name)).findFirst().orElseThrow();
	}

}
