package io.virtwise.ui.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Lists what the API can be asked, from the routes that there are; no script needed.
 */
@Controller
class ApiReaderPage {

	private static final String ROOT = "/api/v1/";

	private final ObjectProvider<RequestMappingHandlerMapping> mappings;

	ApiReaderPage(ObjectProvider<RequestMappingHandlerMapping> mappings) {
		this.mappings = mappings;
	}

	@GetMapping("/api/docs")
	String show(Model model) {
		Map<String, List<Operation>> groups = new TreeMap<>();
		this.mappings.orderedStream()
			.flatMap((mapping) -> mapping.getHandlerMethods().keySet().stream())
			.flatMap((info) -> operations(info).stream())
			.distinct()
			.sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
			.forEach((operation) -> groups.computeIfAbsent(group(operation.path()), (name) -> new ArrayList<>())
				.add(operation));
		model.addAttribute("groups", groups);
		return "ui/api";
	}

	private static List<Operation> operations(RequestMappingInfo info) {
		List<Operation> operations = new ArrayList<>();
		String takes = String.join(", ",
				info.getConsumesCondition().getConsumableMediaTypes().stream().map(MediaType::toString).toList());
		for (String path : info.getPatternValues()) {
			if (path.startsWith(ROOT)) {
				info.getMethodsCondition()
					.getMethods()
					.forEach((method) -> operations.add(new Operation(method.name(), path, takes)));
			}
		}
		return operations;
	}

	private static String group(String path) {
		return path.substring(ROOT.length()).split("[/:]", 2)[0];
	}

	/**
	 * One thing that can be asked.
	 *
	 * @param method the HTTP method
	 * @param path with the names of its variables in braces
	 * @param takes the media types of its body where it insists on some
	 */
	record Operation(String method, String path, String takes) {
	}

}
