package io.virtwise.rules.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Javadoc of facts, words and sinks says, as plain text by name:
 * {@code CpuInfo}, {@code CpuInfo.vmx}, {@code Known.YES}, {@code finding}.
 */
final class JavadocTexts {

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Pattern COMMENTED = Pattern.compile(
			"/\\*\\*(.*?)\\*/\\s*(?:@\\w+\\s*)*((?:public|private|protected|static|final|abstract|\\s)*[^{;=/]{1,400})",
			Pattern.DOTALL);

	private static final Pattern TYPE = Pattern.compile("\\b(?:record|enum|interface|class)\\s+(\\w+)");

	private static final Pattern METHOD = Pattern.compile("(\\w+)\\s*\\(");

	private static final Pattern CONSTANT = Pattern.compile("^\\s*([A-Z][A-Z0-9_]*)");

	private static final Pattern PARAM = Pattern.compile("@param\\s+(\\w+)\\s+([^@]*)");

	private final Map<String, String> texts = new TreeMap<>();

	/** All that is said of this type. */
	static Map<String, String> of(Class<?> type) {
		Class<?> outer = (type.getEnclosingClass() != null) ? type.getEnclosingClass() : type;
		JavadocTexts read = new JavadocTexts();
		try {
			read.read(Files.readString(SOURCES.resolve(outer.getName().replace('.', '/') + ".java")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return read.texts;
	}

	private void read(String source) {
		String type = "";
		Matcher comments = COMMENTED.matcher(source);
		while (comments.find()) {
			String says = plain(comments.group(1));
			String declared = comments.group(2);
			Matcher name = TYPE.matcher(declared);
			if (name.find()) {
				type = name.group(1);
				this.texts.putIfAbsent(type, sentence(says));
				for (Matcher param = PARAM.matcher(says); param.find();) {
					this.texts.putIfAbsent(type + "." + param.group(1), param.group(2).strip());
				}
				continue;
			}
			Matcher constant = CONSTANT.matcher(declared);
			Matcher method = METHOD.matcher(declared);
			if (constant.find()) {
				this.texts.putIfAbsent(type + "." + constant.group(1), sentence(says));
			}
			else if (method.find()) {
				this.texts.putIfAbsent(type + "." + method.group(1), sentence(says) + params(says));
			}
		}
	}

	/** Parameters of a call are said with it. */
	private static String params(String says) {
		StringBuilder text = new StringBuilder();
		for (Matcher param = PARAM.matcher(says); param.find();) {
			text.append(" ").append(param.group(1)).append(": ").append(param.group(2).strip()).append('.');
		}
		return text.toString();
	}

	private static String sentence(String says) {
		int end = says.indexOf(" @");
		return (says.startsWith("@") ? "" : (end < 0) ? says : says.substring(0, end)).strip();
	}

	private static String plain(String comment) {
		return comment.replaceAll("(?m)^\\s*\\*", "")
			.replaceAll("\\{@(?:code|link|literal)\\s+([^}]*)}", "$1")
			.replaceAll("</?p>", " ")
			.replaceAll("\\s+", " ")
			.strip();
	}

}
