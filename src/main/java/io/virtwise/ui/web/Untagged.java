package io.virtwise.ui.web;

import java.util.Arrays;
import java.util.Set;

import io.virtwise.shared.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Whoever sends If-Match wants nothing done to another state than that one. Where we give
 * no ETag there is nothing to compare with, so nothing is done.
 */
@Configuration(proxyBeanMethods = false)
class Untagged implements HandlerInterceptor, WebMvcConfigurer {

	private static final Set<String> WRITES = Set.of("PUT", "PATCH", "DELETE");

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).addPathPatterns("/api/v1/**");
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		String ifMatch = request.getHeader(HttpHeaders.IF_MATCH);
		if (ifMatch != null && !ifMatch.strip().equals("*") && WRITES.contains(request.getMethod())
				&& handler instanceof HandlerMethod method && !compares(method)) {
			throw Refused.outdated("no-tag", "This has no ETag, so it cannot be what If-Match says."
					+ " Leave If-Match out to do it whatever the state is.");
		}
		return true;
	}

	private static boolean compares(HandlerMethod method) {
		return Arrays.stream(method.getMethodParameters())
			.map((parameter) -> parameter.getParameterAnnotation(RequestHeader.class))
			.anyMatch((header) -> header != null && header.name().equals(HttpHeaders.IF_MATCH));
	}

}
