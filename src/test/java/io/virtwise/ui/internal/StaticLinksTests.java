package io.virtwise.ui.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.Resource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceResolverChain;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import org.springframework.web.servlet.resource.ResourceUrlProviderExposingInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which links of a page are looked for among the files.
 */
class StaticLinksTests {

	private final List<String> lookedFor = new ArrayList<>();

	private final ResourceUrlProvider files = new ResourceUrlProvider();

	@BeforeEach
	void noteWhatIsLookedFor() {
		ResourceHttpRequestHandler handler = new ResourceHttpRequestHandler();
		handler.setResourceResolvers(List.of(new PathResourceResolver() {

			@Override
			public String resolveUrlPath(String path, List<? extends Resource> places, ResourceResolverChain chain) {
				StaticLinksTests.this.lookedFor.add(path);
				return path.replace("tabler__core", "tabler__core/1.4.0");
			}

		}));
		this.files.setHandlerMap(Map.of("/**", handler));
	}

	@Test
	void givesFilesTheirVersionAndLooksForNothingElse() throws Exception {
		Map<String, String> links = links("", "/webjars/tabler__core/tabler.css", "/css/virtwise.css", "/nodes/abc",
				"/changes?status=draft", "/nodes/webjars/", "https://example.com/css/a.css", "#top", "");

		assertThat(links).containsEntry("/webjars/tabler__core/tabler.css", "/webjars/tabler__core/1.4.0/tabler.css")
			.containsEntry("/nodes/abc", "/nodes/abc")
			.containsEntry("/nodes/webjars/", "/nodes/webjars/");
		assertThat(this.lookedFor).containsExactly("webjars/tabler__core/tabler.css", "css/virtwise.css");
	}

	@Test
	void doesSoUnderAPathOfItsOwn() throws Exception {
		assertThat(links("/portal", "/portal/webjars/tabler__core/tabler.css", "/portal/nodes/abc"))
			.containsEntry("/portal/webjars/tabler__core/tabler.css", "/portal/webjars/tabler__core/1.4.0/tabler.css")
			.containsEntry("/portal/nodes/abc", "/portal/nodes/abc");
	}

	private Map<String, String> links(String root, String... urls) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", root + "/nodes");
		request.setContextPath(root);
		((MockServletContext) request.getServletContext()).setContextPath(root);
		request.setServletPath("/nodes");
		Map<String, String> links = new LinkedHashMap<>();
		new StaticLinks.OfFiles().doFilter(request, new MockHttpServletResponse(), (asked, response) -> {
			asked.setAttribute(ResourceUrlProviderExposingInterceptor.RESOURCE_URL_PROVIDER_ATTR, this.files);
			for (String url : urls) {
				links.put(url, ((HttpServletResponse) response).encodeURL(url));
			}
		});
		return links;
	}

}
