package io.virtwise.approval.web;

import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import io.virtwise.access.Right;
import io.virtwise.access.Role;
import io.virtwise.approval.ApprovalPolicies;
import io.virtwise.approval.ApprovalPolicy;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page of the policy: everybody reads it, an administrator sets it.
 */
@Controller
@RequestMapping("/approval-policy")
class PolicyPages {

	private final ApprovalPolicies policies;

	private final People people;

	private final CurrentUser currentUser;

	PolicyPages(ApprovalPolicies policies, People people, CurrentUser currentUser) {
		this.policies = policies;
		this.people = people;
		this.currentUser = currentUser;
	}

	@GetMapping
	String show(Model model) {
		ApprovalPolicy policy = this.policies.current();
		return page(model, policy, PolicyForm.of(policy, this.people), List.of(), null);
	}

	@PostMapping
	String set(@ModelAttribute PolicyForm form, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		ApprovalPolicy before = this.policies.toEdit();
		try {
			this.policies.set(form.toPolicy(before, this.people));
			redirect.addFlashAttribute("done",
					"The policy was set. It holds from now on, also for what waits already.");
			return "redirect:/approval-policy";
		}
		catch (Refused refused) {
			if (refused.kind() != Refused.Kind.INVALID && refused.kind() != Refused.Kind.CONFLICT) {
				throw refused;
			}
			response.setStatus((refused.kind() == Refused.Kind.INVALID) ? 422 : refused.kind().status());
			return page(model, before, form, refused.faults(),
					refused.faults().isEmpty() ? refused.getMessage() : null);
		}
	}

	private String page(Model model, ApprovalPolicy policy, PolicyForm form, List<FieldFault> faults,
			@Nullable String problem) {
		String by = policy.changedBy();
		model.addAttribute("policy", policy);
		model.addAttribute("by", (by != null) ? this.people.nameOf(by) : null);
		model.addAttribute("form", form);
		model.addAttribute("faults", faults);
		model.addAttribute("fault",
				faults.stream().collect(Collectors.toMap(FieldFault::field, FieldFault::message, (a, b) -> a)));
		model.addAttribute("problem", problem);
		model.addAttribute("approvers", this.people.withRole(Role.APPROVER));
		model.addAttribute("mayWrite", this.currentUser.require().may(Right.POLICY_WRITE));
		return "approval/policy";
	}

}
