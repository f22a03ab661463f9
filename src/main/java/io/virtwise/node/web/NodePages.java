package io.virtwise.node.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.virtwise.node.Node;
import io.virtwise.node.Transport;
import io.virtwise.node.internal.Credential;
import io.virtwise.node.internal.Credentials;
import io.virtwise.node.internal.NodeRegister;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
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
 * The pages that register, edit and remove a node.
 */
@Controller
class NodePages {

	private final NodeRegister register;

	private final Credentials credentials;

	NodePages(NodeRegister register, Credentials credentials) {
		this.register = register;
		this.credentials = credentials;
	}

	@GetMapping("/nodes/new")
	@PreAuthorize("hasAuthority('node:write')")
	String blank(Model model) {
		return form(model, null, NodeForm.empty(), List.of(), null);
	}

	@PostMapping("/nodes")
	String register(@ModelAttribute("form") NodeForm form, Model model, HttpServletResponse response,
			RedirectAttributes flash) {
		Node node;
		try {
			node = this.register.register(form.toDraft());
		}
		catch (Refused ex) {
			return again(model, null, form, ex, response);
		}
		flash.addFlashAttribute("done", node.name() + " is registered. " + ((node.transport() == Transport.SSH)
				? "Compare its host keys, then check the connection." : "Check the connection, then read its facts."));
		return "redirect:/nodes/" + node.id();
	}

	@GetMapping("/nodes/{id}/edit")
	@PreAuthorize("hasAuthority('node:write')")
	String edit(@PathVariable String id, Model model) {
		Node node = this.register.get(id);
		return form(model, node, NodeForm.of(node, credentialName(node)), List.of(), null);
	}

	@PostMapping("/nodes/{id}/edit")
	String save(@PathVariable String id, @ModelAttribute("form") NodeForm form, Model model,
			HttpServletResponse response, RedirectAttributes flash) {
		Node before = this.register.get(id);
		try {
			this.register.edit(id, form.toDraft(), form.seenVersion());
		}
		catch (Refused ex) {
			return again(model, before, form, ex, response);
		}
		flash.addFlashAttribute("done", "The edit is saved.");
		return "redirect:/nodes/" + id;
	}

	@GetMapping("/nodes/{id}/remove")
	@PreAuthorize("hasAuthority('node:write')")
	String confirmRemoval(@PathVariable String id, Model model) {
		model.addAttribute("node", this.register.get(id));
		return "node/remove";
	}

	@PostMapping("/nodes/{id}/remove")
	String remove(@PathVariable String id, @RequestParam long version, Model model, HttpServletResponse response,
			RedirectAttributes flash) {
		Node node = this.register.get(id);
		try {
			this.register.remove(id, version);
		}
		catch (Refused ex) {
			if (ex.kind() != Refused.Kind.CONFLICT) {
				throw ex;
			}
			response.setStatus(ex.kind().status());
			model.addAttribute("node", node).addAttribute("problem", ex.getMessage());
			return "node/remove";
		}
		flash.addFlashAttribute("done", node.name() + " is removed from the register.");
		return "redirect:/nodes";
	}

	/** A credential that is kept here by its name, another by what the node has. */
	private @Nullable String credentialName(Node node) {
		return this.credentials.all()
			.stream()
			.filter((one) -> one.id().equals(node.credential()))
			.findFirst()
			.map(Credential::name)
			.orElse(node.credential());
	}

	/** The same form with what was typed; only faults of the input are shown there. */
	private String again(Model model, @Nullable Node node, NodeForm form, Refused refused,
			HttpServletResponse response) {
		boolean stale = refused.key().equals("stale-version");
		if (refused.faults().isEmpty() && !stale) {
			throw refused;
		}
		response.setStatus((refused.kind() == Refused.Kind.INVALID) ? 422 : refused.kind().status());
		return form(model, node, form, refused.faults(), stale ? refused.getMessage() : null);
	}

	private String form(Model model, @Nullable Node node, NodeForm form, List<FieldFault> faults,
			@Nullable String problem) {
		Map<String, String> errors = faults.stream()
			.collect(Collectors.toMap(FieldFault::field, FieldFault::message, (first, second) -> first));
		model.addAttribute("node", node)
			.addAttribute("form", form)
			.addAttribute("faults", faults)
			.addAttribute("errors", errors)
			.addAttribute("problem", problem)
			.addAttribute("credentials", this.credentials.all())
			.addAttribute("tcpAllowed", this.register.tcpAllowed());
		return "node/form";
	}

}
