package io.virtwise.ui.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;

/**
 * Reads JSON to the letter: a misspelt part would quietly be left out, and one of another
 * type be taken for what nobody wrote. Calls nothing a problem that is none, whatever the
 * caller would like to get.
 */
class ExactJson extends JacksonJsonHttpMessageConverter {

	private ExactJson(JsonMapper mapper) {
		super(mapper);
	}

	/** For the same types. */
	static ExactJson like(JacksonJsonHttpMessageConverter json) {
		ExactJson exact = new ExactJson(json.getMapper()
			.rebuild()
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.withCoercionConfig(LogicalType.Textual,
					(texts) -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
			.build());
		exact.setSupportedMediaTypes(json.getSupportedMediaTypes());
		return exact;
	}

	@Override
	public boolean canWrite(ResolvableType type, Class<?> valueClass, @Nullable MediaType mediaType) {
		boolean asProblem = MediaType.APPLICATION_PROBLEM_JSON.equalsTypeAndSubtype(mediaType);
		return (!asProblem || ProblemDetail.class.isAssignableFrom(valueClass))
				&& super.canWrite(type, valueClass, mediaType);
	}

}
