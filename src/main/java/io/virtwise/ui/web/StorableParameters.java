package io.virtwise.ui.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.StorableText;
import io.virtwise.shared.TakesAnyText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.WebUtils;

/**
 * Refuses forms, queries and names of files with characters that no database keeps,
 * whichever handler they are for. The right to ask is asked for first.
 */
@Configuration(proxyBeanMethods = false)
class StorableParameters implements HandlerInterceptor, WebMvcConfigurer {

	/** People send no field with a longer name. */
	private static final int LONGEST_NAME = 80;

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).order(Ordered.LOWEST_PRECEDENCE);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method && !method.hasMethodAnnotation(TakesAnyText.class)) {
			List<FieldFault> faults = new ArrayList<>();
			request.getParameterMap().forEach((name, values) -> {
				note(name, name, faults);
				for (String value : values) {
					note(name, value, faults);
				}
			});
			files(WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class), faults);
			UnstorableText.check(faults);
		}
		return true;
	}

	private static void files(@Nullable MultipartHttpServletRequest request, List<FieldFault> faults) {
		if (request != null) {
			request.getMultiFileMap().forEach((name, files) -> {
				note(name, name, faults);
				for (MultipartFile file : files) {
					note(name, Objects.requireNonNullElse(file.getOriginalFilename(), ""), faults);
				}
			});
		}
	}

	private static void note(String name, String text, List<FieldFault> faults) {
		String fault = StorableText.fault(text);
		if (fault != null) {
			String shown = StorableText.marked(name);
			faults.add(new FieldFault(shown.substring(0, Math.min(shown.length(), LONGEST_NAME)), fault));
		}
	}

}
