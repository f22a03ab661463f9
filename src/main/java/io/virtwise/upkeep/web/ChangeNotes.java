package io.virtwise.upkeep.web;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.People;
import io.virtwise.access.Right;
import io.virtwise.shared.Refused;
import io.virtwise.upkeep.LeftToDo;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Gives the page of a change its steps; the room that makes the page knows nothing of
 * this one.
 */
@ControllerAdvice(annotations = Controller.class)
class ChangeNotes {

	private static final Pattern CHANGE = Pattern.compile("/changes/([A-Za-z0-9-]{1,32})(/[a-z-]+)?");

	private final ObjectProvider<LeftToDo> left;

	private final ObjectProvider<People> people;

	private final ObjectProvider<CurrentUser> currentUser;

	ChangeNotes(ObjectProvider<LeftToDo> left, ObjectProvider<People> people, ObjectProvider<CurrentUser> currentUser) {
		this.left = left;
		this.people = people;
		this.currentUser = currentUser;
	}

	@ModelAttribute("leftToDo")
	@Nullable List<WorkStepView> leftToDo(HttpServletRequest request) {
		Matcher change = CHANGE.matcher(request.getRequestURI().substring(request.getContextPath().length()));
		LeftToDo steps = this.left.getIfAvailable();
		People names = this.people.getIfAvailable();
		CurrentUser user = this.currentUser.getIfAvailable();
		if (!change.matches() || change.group(1).equals("new") || steps == null || names == null || user == null
				|| !user.find().map((person) -> person.may(Right.CHANGE_READ)).orElse(false)) {
			return null;
		}
		try {
			return steps.of(change.group(1)).stream().map((step) -> WorkStepView.of(step, names)).toList();
		}
		catch (Refused ex) {
			// the page itself says that there is no such change
			return null;
		}
	}

}
