package io.virtwise.recommendation.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.virtwise.access.People;
import io.virtwise.node.Node;
import io.virtwise.recommendation.Waivers;
import io.virtwise.recommendation.Waivers.Which;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.recommendation.web.WaiverApi.WaiverBody;
import io.virtwise.rules.Assessment.Finding;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.SliceRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pages of waivers.
 */
@Controller
class WaiverPages {

	private static final int USUAL_DAYS = 30;

	private final Waivers waivers;

	private final NodeDossier dossier;

	private final People people;

	private final Clock clock;

	WaiverPages(Waivers waivers, NodeDossier dossier, People people, Clock clock) {
		this.waivers = waivers;
		this.dossier = dossier;
		this.people = people;
		this.clock = clock;
	}

	@GetMapping("/waivers")
	String list(@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable Integer page, Model model) {
		Which which = WaiverApi.which(status);
		model.addAttribute("which", which.name().toLowerCase(Locale.ROOT))
			.addAttribute("waivers", this.waivers.list(which, null, SliceRequest.of(page, null, null, Set.of()))
				.map((one) -> WaiverView.of(one, this.people, today())));
		return "recommendation/waivers";
	}

	@GetMapping("/nodes/{id}/waivers/new")
	@PreAuthorize("hasAuthority('change:decide')")
	String blank(@PathVariable String id, @RequestParam(defaultValue = "") String rule,
			@RequestParam(required = false) @Nullable String title, Model model) {
		return form(id, new WaiverBody(rule, title, "", "", today().plusDays(USUAL_DAYS).toString()), List.of(), null,
				model);
	}

	@PostMapping("/nodes/{id}/waivers")
	String waive(@PathVariable String id, @ModelAttribute("form") WaiverBody form, Model model,
			HttpServletResponse response, RedirectAttributes flash) {
		try {
			this.waivers.waive(form.toWish(id));
		}
		catch (Refused ex) {
			if (ex.kind() != Refused.Kind.INVALID && ex.kind() != Refused.Kind.CONFLICT) {
				throw ex;
			}
			response.setStatus((ex.kind() == Refused.Kind.INVALID) ? 422 : ex.kind().status());
			return form(id, form, ex.faults(), ex.faults().isEmpty() ? ex.getMessage() : null, model);
		}
		flash.addFlashAttribute("done", "The finding is waived. It is open again when the day is over, or when the"
				+ " facts under it change.");
		return "redirect:/nodes/" + id + "#findings";
	}

	@PostMapping("/waivers/{id}/take-back")
	String takeBack(@PathVariable String id, RedirectAttributes flash) {
		try {
			flash.addFlashAttribute("done",
					"Taken back: the finding of " + this.waivers.takeBack(id).nodeName() + " is open again.");
		}
		catch (Refused ex) {
			if (ex.kind() != Refused.Kind.CONFLICT) {
				throw ex;
			}
			flash.addFlashAttribute("refusal", ex.getMessage());
		}
		return "redirect:/waivers";
	}

	private String form(String id, WaiverBody form, List<FieldFault> faults, @Nullable String problem, Model model) {
		Node node = this.dossier.node(id);
		List<Finding> findings = this.dossier.latest(id)
			.map((latest) -> latest.assessment().findings())
			.orElse(List.of());
		Map<String, String> errors = faults.stream()
			.collect(Collectors.toMap(FieldFault::field, FieldFault::message, (first, second) -> first));
		model.addAttribute("node", node)
			.addAttribute("form", form)
			.addAttribute("finding",
					findings.stream()
						.filter((one) -> one.rule().equals(form.rule())
								&& (form.title() == null || form.title().equals(one.title())))
						.findFirst()
						.orElse(null))
			.addAttribute("faults", faults)
			.addAttribute("errors", errors)
			.addAttribute("problem", problem);
		return "recommendation/waive";
	}

	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

}
