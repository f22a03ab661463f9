package io.virtwise.ui.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.StorableText;
import io.virtwise.shared.TakesAnyText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Refuses JSON bodies with characters that no database keeps, and names the field.
 */
@ControllerAdvice
class StorableBody extends RequestBodyAdviceAdapter {

	@Override
	public boolean supports(MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converterType) {
		return !parameter.hasMethodAnnotation(TakesAnyText.class);
	}

	@Override
	public Object afterBodyRead(Object body, HttpInputMessage message, MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converterType) {
		List<FieldFault> faults = new ArrayList<>();
		look("", body, faults);
		UnstorableText.check(faults);
		return body;
	}

	private static void look(String place, @Nullable Object value, List<FieldFault> faults) {
		if (value instanceof CharSequence text) {
			note(place, text, faults);
		}
		else if (value instanceof JsonNode node) {
			if (node.isString()) {
				note(place, node.stringValue(), faults);
			}
			else if (node.isObject()) {
				node.properties().forEach((each) -> property(place, each.getKey(), each.getValue(), faults));
			}
			else if (node.isArray()) {
				each(place, node, faults);
			}
		}
		else if (value instanceof Map<?, ?> map) {
			map.forEach((key, each) -> property(place, String.valueOf(key), each, faults));
		}
		else if (value instanceof Iterable<?> all) {
			each(place, all, faults);
		}
		else if (value instanceof Record row) {
			for (RecordComponent component : row.getClass().getRecordComponents()) {
				look(within(place, component.getName()), read(component, row), faults);
			}
		}
	}

	private static void each(String place, Iterable<?> all, List<FieldFault> faults) {
		int number = 0;
		for (Object one : all) {
			look(within(place, Integer.toString(number++)), one, faults);
		}
	}

	private static void property(String place, String name, @Nullable Object value, List<FieldFault> faults) {
		String shown = within(place, StorableText.marked(name));
		note(shown, name, faults);
		look(shown, value, faults);
	}

	private static void note(String place, CharSequence text, List<FieldFault> faults) {
		String fault = StorableText.fault(text);
		if (fault != null) {
			faults.add(new FieldFault(place.isEmpty() ? "body" : place, fault));
		}
	}

	private static String within(String place, String name) {
		return place.isEmpty() ? name : place + "." + name;
	}

	private static @Nullable Object read(RecordComponent component, Record row) {
		try {
			Method accessor = component.getAccessor();
			accessor.setAccessible(true); // bodies are records of one room
			return accessor.invoke(row);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException("a component of a record cannot be read", ex);
		}
	}

}
