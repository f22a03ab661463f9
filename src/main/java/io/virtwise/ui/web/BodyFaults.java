package io.virtwise.ui.web;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Tells which part of a JSON body is wrong, and what it would have to be.
 */
final class BodyFaults {

	private static final Pattern TWICE = Pattern.compile("Duplicate Object property \"([^\"]{1,80})");

	private static final int LONGEST_NAME = 80;

	private BodyFaults() {
	}

	/** The part at fault, {@code null} where it is the body as a whole. */
	static @Nullable FieldFault of(JacksonException json) {
		StringBuilder place = new StringBuilder();
		for (JacksonException.Reference step : json.getPath()) {
			if (step.getPropertyName() == null) {
				place.append('[').append(step.getIndex()).append(']');
			}
			else {
				place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
			}
		}
		String field = place.toString();
		if (!field.isEmpty()) {
			return new FieldFault(field.substring(0, Math.min(field.length(), LONGEST_NAME)), message(json));
		}
		Matcher twice = TWICE.matcher(String.valueOf(json.getOriginalMessage()));
		return twice.find() ? new FieldFault(twice.group(1), "is given more than once; give it once") : null;
	}

	/** What is wrong with the body as a whole. */
	static String ofTheWhole(JacksonException json) {
		if (json instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
			return "The body " + form(mismatch.getTargetType()) + ".";
		}
		TokenStreamLocation place = json.getLocation();
		return "The body is not JSON that can be read"
				+ ((place != null) ? "; look at line " + place.getLineNr() + ", column " + place.getColumnNr() : "")
				+ ".";
	}

	private static String message(JacksonException json) {
		if (json instanceof UnrecognizedPropertyException unknown) {
			Collection<Object> known = unknown.getKnownPropertyIds();
			return "is not known here" + ((known == null || known.isEmpty()) ? "" : "; what is known is "
					+ known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")));
		}
		if (json instanceof InputCoercionException number) {
			return form(number.getTargetType()); // larger than it may be
		}
		return (json instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null)
				? form(mismatch.getTargetType()) : "is not of the form that is asked for";
	}

	private static String form(Class<?> wanted) {
		String remedy = "";
		if (wanted == String.class) {
			remedy = "; write it in quotation marks";
		}
		else if (isNumber(wanted) || wanted == Boolean.class) {
			remedy = "; write it without quotation marks";
		}
		else if (Collection.class.isAssignableFrom(wanted)) {
			remedy = "; write it in square brackets";
		}
		else if (wanted.isRecord()) {
			remedy = "; write it in curly brackets";
		}
		return shape(wanted) + remedy;
	}

	/** What a value is not. */
	static String shape(Class<?> wanted) {
		if (wanted == String.class) {
			return "is not a text";
		}
		if (isNumber(wanted)) {
			return "is not a whole number, or too large a one";
		}
		if (wanted == Boolean.class || wanted == boolean.class) {
			return "is neither true nor false";
		}
		if (Collection.class.isAssignableFrom(wanted)) {
			return "is not a list";
		}
		return wanted.isRecord() ? "is not a JSON object" : "is not of the form that is asked for";
	}

	private static boolean isNumber(Class<?> wanted) {
		return Number.class.isAssignableFrom(wanted) || wanted == int.class || wanted == long.class;
	}

}
