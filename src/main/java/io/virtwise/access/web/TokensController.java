package io.virtwise.access.web;

import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Right;
import io.virtwise.access.internal.ApiToken;
import io.virtwise.access.internal.ApiTokens;
import io.virtwise.access.internal.ApiTokens.NewToken;
import io.virtwise.access.internal.ApiTokens.Wish;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Refused.Kind;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page on which people make, see and end their tokens.
 */
@Controller
@RequestMapping("/tokens")
class TokensController {

	private final ApiTokens tokens;

	private final CurrentUser currentUser;

	TokensController(ApiTokens tokens, CurrentUser currentUser) {
		this.tokens = tokens;
		this.currentUser = currentUser;
	}

	@GetMapping
	String list(@RequestParam(required = false) @Nullable Integer page, Model model) {
		return page(page, new TokenForm("", List.of(), ""), List.of(), model);
	}

	/**
	 * Shows the token at once and not after a redirect: so it is kept nowhere, not even
	 * in the session.
	 */
	@PostMapping
	String create(@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") List<String> scopes,
			@RequestParam(defaultValue = "") String expiresAt, Model model, HttpServletResponse response) {
		try {
			NewToken made = this.tokens.create(new Wish(name, scopes, expiresAt));
			model.addAttribute("made", made.token());
			model.addAttribute("secret", made.secret());
			return page(null, new TokenForm("", List.of(), ""), List.of(), model);
		}
		catch (Refused refused) {
			if (refused.kind() != Kind.INVALID && refused.kind() != Kind.CONFLICT) {
				throw refused;
			}
			response.setStatus((refused.kind() == Kind.INVALID) ? 422 : refused.kind().status());
			model.addAttribute("problem", refused.faults().isEmpty() ? refused.getMessage() : null);
			return page(null, new TokenForm(name, scopes, expiresAt), refused.faults(), model);
		}
	}

	@PostMapping("/{id}/revoke")
	String revoke(@PathVariable String id, RedirectAttributes redirect) {
		ApiToken token = this.tokens.revoke(id);
		redirect.addFlashAttribute("done",
				"The token " + token.name() + " (" + token.prefix() + "…) is revoked. It opens nothing any more.");
		return "redirect:/tokens";
	}

	private String page(@Nullable Integer page, TokenForm form, List<FieldFault> faults, Model model) {
		model.addAttribute("tokens", this.tokens.list(null, page, null, null));
		model.addAttribute("rights", this.currentUser.require().rights().stream().sorted().toList());
		model.addAttribute("decide", Right.CHANGE_DECIDE);
		model.addAttribute("form", form);
		model.addAttribute("faults", faults);
		model.addAttribute("fault",
				faults.stream().collect(Collectors.toMap(FieldFault::field, FieldFault::message, (a, b) -> a)));
		return "access/tokens";
	}

	/**
	 * What was typed.
	 */
	record TokenForm(String name, List<String> scopes, String expiresAt) {
	}

}
