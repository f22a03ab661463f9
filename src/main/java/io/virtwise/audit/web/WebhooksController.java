package io.virtwise.audit.web;

import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.audit.internal.Webhook;
import io.virtwise.audit.internal.WebhookKind;
import io.virtwise.audit.internal.Webhooks;
import io.virtwise.audit.internal.Webhooks.NewWebhook;
import io.virtwise.audit.internal.Webhooks.Wish;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Refused.Kind;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page on which administrators set webhooks up.
 */
@Controller
@RequestMapping("/webhooks")
class WebhooksController {

	private final Webhooks webhooks;

	WebhooksController(Webhooks webhooks) {
		this.webhooks = webhooks;
	}

	@GetMapping
	String list(Model model) {
		return page(new WebhookForm("", "", Webhooks.kinds().stream().map(WebhookKind::key).toList()), List.of(),
				model);
	}

	/** Shows the secret at once, so that it is kept nowhere else. */
	@PostMapping
	String create(@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String url,
			@RequestParam(defaultValue = "") List<String> kinds, @RequestParam(defaultValue = "") String secret,
			Model model, HttpServletResponse response) {
		try {
			NewWebhook made = this.webhooks.create(new Wish(name, url, kinds, secret));
			model.addAttribute("made", made.webhook());
			model.addAttribute("secret", secret.isEmpty() ? made.secret() : null);
			return list(model);
		}
		catch (Refused refused) {
			if (refused.kind() != Kind.INVALID && refused.kind() != Kind.CONFLICT) {
				throw refused;
			}
			response.setStatus((refused.kind() == Kind.INVALID) ? 422 : refused.kind().status());
			model.addAttribute("problem", refused.faults().isEmpty() ? refused.getMessage() : null);
			return page(new WebhookForm(name, url, kinds), refused.faults(), model);
		}
	}

	@PostMapping("/{id}/test")
	String test(@PathVariable String id, RedirectAttributes redirect) {
		Webhook webhook = this.webhooks.test(id);
		redirect.addFlashAttribute("done",
				"A test goes to " + webhook.name() + " within seconds. Reload to see what came of it.");
		return "redirect:/webhooks";
	}

	@PostMapping("/{id}/remove")
	String remove(@PathVariable String id, RedirectAttributes redirect) {
		redirect.addFlashAttribute("done", this.webhooks.remove(id).name() + " is told nothing any more.");
		return "redirect:/webhooks";
	}

	private String page(WebhookForm form, List<FieldFault> faults, Model model) {
		model.addAttribute("webhooks", this.webhooks.all());
		model.addAttribute("allKinds", Webhooks.kinds());
		model.addAttribute("form", form);
		model.addAttribute("faults", faults);
		model.addAttribute("fault",
				faults.stream().collect(Collectors.toMap(FieldFault::field, FieldFault::message, (a, b) -> a)));
		return "audit/webhooks";
	}

	/**
	 * What was typed, without the secret.
	 */
	record WebhookForm(String name, String url, List<String> kinds) {
	}

}
