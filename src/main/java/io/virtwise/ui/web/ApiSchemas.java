package io.virtwise.ui.web;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Describes bodies as their records say: what may be null, what is always there, and each
 * record under a name of its own, where two rooms have a record of one simple name.
 */
@Component
class ApiSchemas implements ModelConverter {

	private static final String NULL = "null";

	@Override
	public @Nullable Schema<?> resolve(io.swagger.v3.core.converter.AnnotatedType type, ModelConverterContext context,
			Iterator<ModelConverter> chain) {
		if (!chain.hasNext()) {
			return null;
		}
		JavaType java = Json31.mapper().constructType(type.getType());
		if (!java.getRawClass().isRecord()) {
			return chain.next().resolve(type, context, chain);
		}
		Schema<?> schema = chain.next().resolve(named(type, java), context, chain);
		Schema<?> model = context.getDefinedModels().get(name(java));
		if (model != null) {
			complete(java.getRawClass(), model);
		}
		return schema;
	}

	/** A copy, because the one that was given is a key by its content already. */
	private static io.swagger.v3.core.converter.AnnotatedType named(io.swagger.v3.core.converter.AnnotatedType type,
			JavaType java) {
		return new io.swagger.v3.core.converter.AnnotatedType(type.getType()).name(name(java))
			.parent(type.getParent())
			.ctxAnnotations(type.getCtxAnnotations())
			.jsonUnwrappedHandler(type.getJsonUnwrappedHandler())
			.jsonViewAnnotation(type.getJsonViewAnnotation())
			.propertyName(type.getPropertyName())
			.components(type.getComponents())
			.schemaProperty(type.isSchemaProperty())
			.resolveAsRef(type.isResolveAsRef())
			.skipOverride(type.isSkipOverride())
			.skipSchemaName(type.isSkipSchemaName());
	}

	private static String name(JavaType type) {
		Class<?> raw = type.getRawClass();
		StringBuilder name = new StringBuilder(raw.getSimpleName());
		for (Class<?> outer = raw.getEnclosingClass(); outer != null; outer = outer.getEnclosingClass()) {
			name.insert(0, outer.getSimpleName());
		}
		for (int i = 0; i < type.containedTypeCount(); i++) {
			name.append(name(type.containedType(i)));
		}
		return name.toString();
	}

	@SuppressWarnings("rawtypes") // as the library has it
	private static void complete(Class<?> record, Schema<?> model) {
		Map<String, Schema> properties = Objects.requireNonNullElse(model.getProperties(), Map.of());
		List<String> always = new ArrayList<>();
		for (RecordComponent component : record.getRecordComponents()) {
			String name = name(component);
			Schema<?> property = properties.get(name);
			if (property == null) {
				continue;
			}
			AnnotatedType type = component.getAnnotatedType();
			content(type, property);
			if (mayBeNull(type)) {
				properties.put(name, orNull(property));
			}
			else {
				always.add(name);
			}
		}
		model.setRequired(always.isEmpty() ? null : always);
	}

	private static String name(RecordComponent component) {
		JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
		return (given != null && !given.value().isEmpty()) ? given.value() : component.getName();
	}

	/** What may be null within a list or a map. */
	private static void content(AnnotatedType type, Schema<?> property) {
		if (!(type instanceof AnnotatedParameterizedType parameterized)) {
			return;
		}
		AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
		AnnotatedType last = arguments[arguments.length - 1];
		if (property.getItems() != null) {
			content(last, property.getItems());
			property.setItems(mayBeNull(last) ? orNull(property.getItems()) : property.getItems());
		}
		else if (property.getAdditionalProperties() instanceof Schema<?> values) {
			content(last, values);
			property.setAdditionalProperties(mayBeNull(last) ? orNull(values) : values);
		}
	}

	private static boolean mayBeNull(AnnotatedElement type) {
		return type.isAnnotationPresent(Nullable.class);
	}

	private static Schema<?> orNull(Schema<?> schema) {
		if (schema.getTypes() != null) {
			schema.addType(NULL);
			return schema;
		}
		if (schema.get$ref() == null || schema.getAnyOf() != null) {
			return schema; // whatever it is, or seen already
		}
		Schema<?> nothing = new Schema<>();
		nothing.addType(NULL);
		Schema<?> either = new Schema<>();
		either.setName(schema.getName());
		either.addAnyOfItem(new Schema<>().$ref(schema.get$ref()));
		either.addAnyOfItem(nothing);
		return either;
	}

}
