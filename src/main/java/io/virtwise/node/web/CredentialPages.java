package io.virtwise.node.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.node.internal.Credential;
import io.virtwise.node.internal.CredentialDraft;
import io.virtwise.node.internal.Credentials;
import io.virtwise.node.internal.Rotations;
import io.virtwise.node.internal.UsedBy;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Refused.Kind;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pages on which certificates and keys are handed in, replaced and taken away.
 */
@Controller
@RequestMapping("/credentials")
@PreAuthorize("hasAuthority('node:write')")
class CredentialPages {

	private final Credentials credentials;

	private final Rotations rotations;

	CredentialPages(Credentials credentials, Rotations rotations) {
		this.rotations = rotations;
		this.credentials = credentials;
	}

	@GetMapping
	String list(Model model) {
		List<CredentialView> rows = new ArrayList<>();
		this.credentials.all().forEach((one) -> rows.add(view(one)));
		model.addAttribute("credentials", rows).addAttribute("keyFault", this.credentials.fault());
		return "node/credentials";
	}

	@GetMapping("/new")
	String blank(Model model) {
		return form(model, null, new CredentialForm("", "tls", "", "", ""), List.of(), this.credentials.fault());
	}

	@PostMapping
	String create(@ModelAttribute("form") CredentialForm form, Model model, HttpServletResponse response,
			RedirectAttributes flash) {
		try {
			Credential made = this.credentials.create(form.toDraft());
			flash.addFlashAttribute("done", made.name() + " is kept, encrypted. Nodes can name it now.");
			return "redirect:/credentials/" + made.id();
		}
		catch (Refused ex) {
			return again(model, null, form, ex, response);
		}
	}

	@GetMapping("/{id}")
	String show(@PathVariable String id, Model model) {
		model.addAttribute("view", view(this.credentials.get(id)));
		return "node/credential";
	}

	@GetMapping("/{id}/rotate")
	String rotation(@PathVariable String id, Model model) {
		Credential credential = this.credentials.get(id);
		return form(model, credential, new CredentialForm(credential.name(), credential.kind().key(), "", "", ""),
				List.of(), this.credentials.fault());
	}

	@PostMapping("/{id}/rotate")
	String rotate(@PathVariable String id, @ModelAttribute("form") CredentialForm form,
			@RequestParam(defaultValue = "false") boolean unproved, Model model, HttpServletResponse response,
			RedirectAttributes flash) {
		Credential before = this.credentials.get(id);
		int proved;
		try {
			proved = this.rotations.rotate(id, form.toDraft(), null, unproved).proved();
		}
		catch (Refused ex) {
			return again(model, before, form, ex, response);
		}
		flash.addFlashAttribute("done",
				before.name() + " is rotated. " + ((proved > 0)
						? proved + ((proved == 1) ? " node" : " nodes") + " let the new one in before."
						: "It was not tried on a node: check the connection of one of its nodes, then of the others."));
		return "redirect:/credentials/" + id;
	}

	@PostMapping("/{id}/remove")
	String remove(@PathVariable String id, Model model, HttpServletResponse response, RedirectAttributes flash) {
		try {
			Credential gone = this.credentials.remove(id);
			flash.addFlashAttribute("done", gone.name() + " is removed for good.");
			return "redirect:/credentials";
		}
		catch (Refused ex) {
			if (ex.kind() != Kind.CONFLICT) {
				throw ex;
			}
			response.setStatus(ex.status());
			model.addAttribute("problem", ex.getMessage());
			return show(id, model);
		}
	}

	private CredentialView view(Credential credential) {
		return new CredentialView(credential, this.credentials.warning(credential), this.credentials.fault(credential),
				this.credentials.usedBy(credential.id()));
	}

	/** The same form, without the key: that one is pasted again. */
	private String again(Model model, @Nullable Credential credential, CredentialForm form, Refused refused,
			HttpServletResponse response) {
		if (refused.kind() != Kind.INVALID && refused.kind() != Kind.CONFLICT) {
			throw refused;
		}
		response.setStatus((refused.kind() == Kind.INVALID) ? 422 : refused.status());
		return form(model, credential, form, refused.faults(),
				refused.faults().isEmpty() ? refused.getMessage() : null);
	}

	private static String form(Model model, @Nullable Credential credential, CredentialForm form,
			List<FieldFault> faults, @Nullable String problem) {
		model.addAttribute("credential", credential)
			.addAttribute("form", form)
			.addAttribute("faults", faults)
			.addAttribute("errors",
					faults.stream().collect(Collectors.toMap(FieldFault::field, FieldFault::message, (a, b) -> a)))
			.addAttribute("problem", problem);
		return "node/credential-form";
	}

	/**
	 * A credential with what a page says about it.
	 *
	 * @param warning about its end
	 * @param fault why it cannot be used
	 */
	record CredentialView(Credential credential, @Nullable String warning, @Nullable String fault,
			List<UsedBy> usedBy) {
	}

	/**
	 * What was typed. The key is never put into a page.
	 */
	record CredentialForm(@Nullable String name, @Nullable String kind, @Nullable String caCertificate,
			@Nullable String certificate, @Nullable String privateKey) {

		CredentialDraft toDraft() {
			return new CredentialDraft(this.name, this.kind, this.caCertificate, this.certificate, this.privateKey);
		}

		@Override
		public String toString() {
			return "CredentialForm[" + this.name + ", " + this.kind + "]";
		}

	}

}
