package io.virtwise.node.web;

import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.access.People;
import io.virtwise.access.Person;
import io.virtwise.node.HostKey;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.internal.HostKeys;
import io.virtwise.node.internal.NodeRegister;
import io.virtwise.node.internal.PinnedKeys;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
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
 * The page on which a person compares the ssh host keys of a node.
 */
@Controller
@RequestMapping("/nodes/{id}/host-keys")
class HostKeyPages {

	private final NodeRegister register;

	private final HostKeys keys;

	private final People people;

	HostKeyPages(NodeRegister register, HostKeys keys, People people) {
		this.register = register;
		this.keys = keys;
		this.people = people;
	}

	@GetMapping
	String show(@PathVariable String id, Model model) {
		return page(id, List.of(), "", List.of(), null, model);
	}

	@PostMapping("/ask")
	String ask(@PathVariable String id, Model model, HttpServletResponse response) {
		try {
			List<HostKey> shown = this.keys.ask(id);
			return page(id, shown, shown.stream().map(HostKey::line).collect(Collectors.joining("\n")), List.of(), null,
					model);
		}
		catch (NodeFailure ex) {
			response.setStatus(ex.status());
			return page(id, List.of(), "", List.of(), ex.getMessage(), model);
		}
	}

	@PostMapping
	String pin(@PathVariable String id, @RequestParam(name = "keys", defaultValue = "") String lines,
			@RequestParam(defaultValue = "false") boolean compared, Model model, HttpServletResponse response,
			RedirectAttributes flash) {
		try {
			this.keys.pin(id, lines, compared);
		}
		catch (Refused ex) {
			if (ex.faults().isEmpty()) {
				throw ex;
			}
			response.setStatus(422);
			return page(id, List.of(), lines, ex.faults(), null, model);
		}
		flash.addFlashAttribute("done", "The node is held to these host keys from now on. Check the connection.");
		return "redirect:/nodes/" + id;
	}

	private String page(String id, List<HostKey> shown, String lines, List<FieldFault> faults, @Nullable String problem,
			Model model) {
		PinnedKeys pinned = this.keys.pinned(id).orElse(null);
		model.addAttribute("node", this.register.get(id))
			.addAttribute("pinned", pinned)
			.addAttribute("pinnedBy",
					(pinned != null) ? this.people.find(pinned.pinnedBy()).map(Person::displayName).orElse("somebody")
							: null)
			.addAttribute("shown", shown)
			.addAttribute("lines", lines)
			.addAttribute("faults", faults)
			.addAttribute("errors",
					faults.stream().collect(Collectors.toMap(FieldFault::field, FieldFault::message, (a, b) -> a)))
			.addAttribute("problem", problem);
		return "node/host-keys";
	}

}
