package io.virtwise.ui.web;

import java.util.Locale;

import io.virtwise.shared.Explained;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Bodies are read as they are sent, and as JSON to the letter where the contract does not
 * say otherwise. A library that is here for something else would have YAML read as well.
 */
@Configuration(proxyBeanMethods = false)
class PlainBodies implements HandlerInterceptor, WebMvcConfigurer {

	@Override
	public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
		builder.configureMessageConvertersList((converters) -> {
			converters.removeIf((converter) -> converter.getSupportedMediaTypes().contains(MediaType.APPLICATION_YAML));
			converters.replaceAll((converter) -> (converter instanceof JacksonJsonHttpMessageConverter json)
					? ExactJson.like(json) : converter);
		});
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
		if (encoding != null && !encoding.isBlank() && !encoding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
			response.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
			throw new Encoded();
		}
		return true;
	}

	/**
	 * The body is packed.
	 */
	private static final class Encoded extends RuntimeException implements Explained {

		private static final long serialVersionUID = 1L;

		Encoded() {
			super("The body was sent with a Content-Encoding; send it as it is, without one.");
		}

		@Override
		public int status() {
			return 415;
		}

		@Override
		public String key() {
			return "unsupported-media-type";
		}

	}

}
