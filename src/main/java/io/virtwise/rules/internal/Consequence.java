package io.virtwise.rules.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.virtwise.rules.internal.syntax.Call;
import io.virtwise.rules.internal.syntax.Value;
import io.virtwise.rules.language.Advise;
import io.virtwise.rules.language.Answer;
import io.virtwise.rules.language.Conclude;
import io.virtwise.rules.language.Topic;

/**
 * What a rule does when it fires, read once: one call on one sink.
 */
@FunctionalInterface
interface Consequence {

	/** Calls the sink that the rule names. */
	void on(Conclude conclude, Advise advise);

	/** What this call does. */
	static Consequence of(Call call) {
		List<String> texts = new ArrayList<>();
		List<String> words = new ArrayList<>();
		for (Value argument : call.arguments()) {
			if (argument instanceof Value.Text text) {
				texts.add(text.content());
			}
			else if (argument instanceof Value.Word word) {
				words.add(word.constant());
			}
		}
		return call.sink().equals(Stage.DIAGNOSE.sink()) ? conclusion(words, texts.get(0))
				: advice(call.method(), texts.toArray(new String[0]));
	}

	private static Consequence conclusion(List<String> words, String sentence) {
		Topic topic = Topic.valueOf(words.get(0));
		Answer answer = Answer.valueOf(words.get(1));
		return (conclude, advise) -> conclude.that(topic, answer, sentence);
	}

	private static Consequence advice(String method, String[] texts) {
		return switch (method) {
			case "finding" -> (conclude, advise) -> advise.finding(texts[0], texts[1], from(texts, 2));
			case "unknown" -> (conclude, advise) -> advise.unknown(texts[0], texts[1], from(texts, 2));
			case "settings" -> (conclude, advise) -> advise.settings(texts);
			case "cpuFlags" -> (conclude, advise) -> advise.cpuFlags(texts);
			case "recommend" -> (conclude, advise) -> advise.recommend(texts);
			case "novaSays" -> (conclude, advise) -> advise.novaSays(texts[0], texts[1]);
			case "novaRefuses" ->
				(conclude, advise) -> advise.novaRefuses(texts[0], texts[1], texts[2], texts[3], from(texts, 4));
			case "novaUndecided" -> (conclude, advise) -> advise.novaUndecided(texts[0]);
			default -> throw new IllegalArgumentException("nobody can be asked to " + method);
		};
	}

	private static String[] from(String[] texts, int first) {
		return Arrays.copyOfRange(texts, first, texts.length);
	}

}
