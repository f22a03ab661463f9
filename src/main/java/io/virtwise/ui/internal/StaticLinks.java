package io.virtwise.ui.internal;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;

/**
 * Gives links to style sheets and scripts their version, and leaves other links alone.
 * Spring's own filter looks for a file behind every link of a page, in each library of
 * the portal, and never remembers that there was none: a quarter of the time of a list.
 */
@Configuration(proxyBeanMethods = false)
class StaticLinks {

	private static final List<String> FILES = List.of("/webjars/", "/css/", "/js/", "/icon.svg");

	@Bean
	FilterRegistrationBean<ResourceUrlEncodingFilter> linksToFiles() {
		return new FilterRegistrationBean<>(new OfFiles());
	}

	/**
	 * The filter, asked only for files.
	 */
	static final class OfFiles extends ResourceUrlEncodingFilter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			super.doFilter(request, response, (asked, versioned) -> chain.doFilter(asked,
					(versioned instanceof HttpServletResponse both && response instanceof HttpServletResponse plain)
							? new Choice(both, plain, request.getServletContext().getContextPath()) : versioned));
		}

	}

	/**
	 * Which of two encodes a link.
	 */
	private static final class Choice extends HttpServletResponseWrapper {

		private final HttpServletResponse plain;

		private final String root;

		Choice(HttpServletResponse versioned, HttpServletResponse plain, String root) {
			super(versioned);
			this.plain = plain;
			this.root = root;
		}

		@Override
		public String encodeURL(String url) {
			boolean file = FILES.stream().anyMatch((place) -> url.startsWith(place, this.root.length()));
			return file ? super.encodeURL(url) : this.plain.encodeURL(url);
		}

	}

}
