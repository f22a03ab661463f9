package io.virtwise;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No part that we are built from has an advisory that we know of and do not live with
 * knowingly. The list is {@code advisories.txt}.
 */
class AdvisoriesTests {

	private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.-]*?)(?:-[a-z]+)?\\.jar");

	@Test
	void isBuiltFromNothingThatHasAnAdvisory() throws IOException {
		List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.map((path) -> new File(path).getName())
			.filter((name) -> name.endsWith(".jar"))
			.toList();

		assertThat(jars).as("the class path is one of jars, as Maven makes it").hasSizeGreaterThan(100);
		assertThat(advised(jars)).isEmpty();
		assertThat(jars).as("so that this test knows what it looks at")
			.anyMatch((name) -> name.startsWith("thymeleaf-3"))
			.anyMatch((name) -> name.startsWith("ini4j-"));
	}

	@Test
	void complainsOfAPlantedOldThymeleaf() throws IOException {
		assertThat(advised(List.of("thymeleaf-3.1.3.RELEASE.jar", "h2-2.3.232.jar", "ini4j-0.5.4.jar"))).singleElement()
			.satisfies((fault) -> assertThat(fault).contains("thymeleaf 3.1.3", "CVE-2026-40477", "3.1.5"));
		assertThat(advised(List.of("log4j-1.2.17.jar", "commons-collections-3.2.2.jar", "spring-core-6.2.9.jar")))
			.hasSize(3);
		assertThat(advised(List.of("thymeleaf-3.1.5.RELEASE.jar", "thymeleaf-3.10.0.jar", "log4j-api-2.25.jar")))
			.isEmpty();
	}

	private static List<String> advised(List<String> jars) throws IOException {
		List<String> faults = new ArrayList<>();
		for (String line : list()) {
			String[] words = line.split("\\s+", 3);
			for (String jar : jars) {
				Matcher matcher = JAR.matcher(jar);
				if (matcher.matches() && matcher.group(1).equals(words[0]) && !words[2].contains("known:")
						&& (words[1].equals("*") || isBefore(matcher.group(2), words[1]))) {
					faults.add(words[0] + " " + matcher.group(2) + " has " + words[2] + "; take " + words[1]);
				}
			}
		}
		return faults;
	}

	private static List<String> list() throws IOException {
		try (InputStream in = Objects.requireNonNull(AdvisoriesTests.class.getResourceAsStream("/advisories.txt"))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.toList();
		}
	}

	private static boolean isBefore(String one, String other) {
		int[] first = numbers(one);
		int[] second = numbers(other);
		return Arrays.compare(first, second) < 0;
	}

	private static int[] numbers(String version) {
		return Arrays.copyOf(Pattern.compile("\\d+")
			.matcher(version.replaceFirst("[.-](RELEASE|Final|jre.*)$", ""))
			.results()
			.mapToInt((match) -> Integer.parseInt(match.group()))
			.toArray(), 4);
	}

}
