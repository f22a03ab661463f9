package io.virtwise.access.web;

import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.access.internal.Account;
import io.virtwise.access.internal.OpenSessions;
import io.virtwise.access.internal.OwnPassword;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Refused.Kind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page on which people change their password.
 */
@Controller
class PasswordController {

	private final OwnPassword password;

	private final OpenSessions sessions;

	PasswordController(OwnPassword password, OpenSessions sessions) {
		this.password = password;
		this.sessions = sessions;
	}

	@GetMapping("/password")
	String show(Model model) {
		return page(List.of(), model);
	}

	@PostMapping("/password")
	String change(@RequestParam(defaultValue = "") String present, @RequestParam(defaultValue = "") String password,
			@RequestParam(defaultValue = "") String repeated, Model model, HttpServletRequest request,
			HttpServletResponse response, RedirectAttributes redirect) {
		try {
			Account changed = this.password.change(present, password, repeated,
					String.valueOf(request.getRemoteAddr()));
			this.sessions.keep(changed, request, response);
			redirect.addFlashAttribute("done",
					"Your password is changed. All your other sessions have ended; your API tokens go on.");
			return "redirect:/password";
		}
		catch (Refused refused) {
			if (refused.kind() != Kind.INVALID) {
				throw refused;
			}
			response.setStatus(422);
			return page(refused.faults(), model);
		}
	}

	private static String page(List<FieldFault> faults, Model model) {
		model.addAttribute("faults", faults);
		model.addAttribute("fault",
				faults.stream().collect(Collectors.toMap(FieldFault::field, FieldFault::message, (a, b) -> a)));
		return "access/password";
	}

}
