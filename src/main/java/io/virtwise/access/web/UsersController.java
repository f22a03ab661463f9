package io.virtwise.access.web;

import java.util.List;
import java.util.stream.Collectors;

import io.virtwise.access.Role;
import io.virtwise.access.internal.Account;
import io.virtwise.access.internal.Accounts;
import io.virtwise.access.internal.Accounts.AccountEdit;
import io.virtwise.access.internal.Accounts.NewAccount;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import io.virtwise.shared.Refused.Kind;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The administrator's pages about users.
 */
@Controller
@RequestMapping("/users")
class UsersController {

	private final Accounts accounts;

	UsersController(Accounts accounts) {
		this.accounts = accounts;
	}

	@GetMapping
	String list(@RequestParam(required = false) @Nullable Integer page,
			@RequestParam(required = false) @Nullable String sort, Model model) {
		model.addAttribute("users", this.accounts.list(page, null, sort));
		model.addAttribute("sort", (sort != null) ? sort : "username,asc");
		return "access/users";
	}

	@GetMapping("/new")
	@PreAuthorize("hasAuthority('user:write')")
	String blank(Model model) {
		return form(model, new UserForm("", "", List.of()), List.of());
	}

	@PostMapping
	String create(@RequestParam(defaultValue = "") String username, @RequestParam(defaultValue = "") String displayName,
			@RequestParam(defaultValue = "") String password, @RequestParam(defaultValue = "") List<String> roles,
			Model model, HttpServletResponse response, RedirectAttributes redirect) {
		try {
			Account account = this.accounts.create(new NewAccount(username, displayName, password, roles));
			redirect.addFlashAttribute("done", account.displayName() + " can sign in now, as " + account.username()
					+ ". Hand over the password by another way than this page's address.");
			return "redirect:/users";
		}
		catch (Refused refused) {
			if (refused.kind() != Kind.INVALID) {
				throw refused;
			}
			response.setStatus(status(refused));
			return form(model, new UserForm(username, displayName, roles), refused.faults());
		}
	}

	@GetMapping("/{id}")
	String show(@PathVariable String id, Model model) {
		Account account = this.accounts.get(id);
		return edit(model, account, account.displayName(), keys(account), List.of());
	}

	@PostMapping("/{id}")
	String save(@PathVariable String id, @RequestParam(defaultValue = "") String displayName,
			@RequestParam(defaultValue = "") List<String> roles, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		return change(id, new AccountEdit(displayName, roles, null, null), "was saved. It counts from the next click.",
				model, response, redirect);
	}

	@PostMapping("/{id}/password")
	String password(@PathVariable String id, @RequestParam(defaultValue = "") String password, Model model,
			HttpServletResponse response, RedirectAttributes redirect) {
		return change(id, new AccountEdit(null, null, null, password),
				"has a new password. Sessions with the old one have ended.", model, response, redirect);
	}

	@PostMapping("/{id}/disable")
	String disable(@PathVariable String id, Model model, HttpServletResponse response, RedirectAttributes redirect) {
		return change(id, new AccountEdit(null, null, true, null), "can no longer sign in, and open sessions ended.",
				model, response, redirect);
	}

	@PostMapping("/{id}/enable")
	String enable(@PathVariable String id, Model model, HttpServletResponse response, RedirectAttributes redirect) {
		return change(id, new AccountEdit(null, null, false, null), "can sign in again.", model, response, redirect);
	}

	private String change(String id, AccountEdit edit, String done, Model model, HttpServletResponse response,
			RedirectAttributes redirect) {
		try {
			Account account = this.accounts.edit(id, edit);
			redirect.addFlashAttribute("done", account.displayName() + " " + done);
			return "redirect:/users";
		}
		catch (Refused refused) {
			if (refused.kind() != Kind.INVALID && refused.kind() != Kind.CONFLICT) {
				throw refused;
			}
			response.setStatus(status(refused));
			Account account = this.accounts.get(id);
			model.addAttribute("problem", refused.faults().isEmpty() ? refused.getMessage() : null);
			return edit(model, account, (edit.displayName() != null) ? edit.displayName() : account.displayName(),
					(edit.roles() != null) ? edit.roles() : keys(account), refused.faults());
		}
	}

	private static String form(Model model, UserForm form, List<FieldFault> faults) {
		model.addAttribute("form", form);
		return withRoles(model, faults, "access/user-new");
	}

	private static String edit(Model model, Account account, String displayName, List<String> roles,
			List<FieldFault> faults) {
		model.addAttribute("user", account);
		model.addAttribute("form", new UserForm(account.username(), displayName, roles));
		return withRoles(model, faults, "access/user");
	}

	private static String withRoles(Model model, List<FieldFault> faults, String view) {
		model.addAttribute("allRoles", List.of(Role.values()));
		model.addAttribute("faults", faults);
		model.addAttribute("fault",
				faults.stream().collect(Collectors.toMap(FieldFault::field, FieldFault::message, (a, b) -> a)));
		return view;
	}

	private static List<String> keys(Account account) {
		return account.roles().stream().map(Role::key).toList();
	}

	private static int status(Refused refused) {
		return (refused.kind() == Kind.INVALID) ? 422 : refused.kind().status();
	}

	/**
	 * What was typed into the form for a new user, without the password.
	 */
	record UserForm(String username, String displayName, List<String> roles) {
	}

}
