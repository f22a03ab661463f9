package io.virtwise.upkeep.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Right;
import io.virtwise.upkeep.DriftWatch;
import io.virtwise.upkeep.NodeWatch;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Gives the page of a node what this room knows of it; the room that makes the page knows
 * nothing of this one.
 */
@ControllerAdvice(annotations = Controller.class)
class NodeNotes {

	private static final Pattern NODE = Pattern.compile("/nodes/([A-Za-z0-9-]{1,32})(/(probe|check|facts))?");

	private final ObjectProvider<DriftWatch> drift;

	private final ObjectProvider<CurrentUser> currentUser;

	NodeNotes(ObjectProvider<DriftWatch> drift, ObjectProvider<CurrentUser> currentUser) {
		this.drift = drift;
		this.currentUser = currentUser;
	}

	/** How the node stands by the watch for drift; nothing on any other page. */
	@ModelAttribute("nodeWatch")
	@Nullable NodeWatch nodeWatch(HttpServletRequest request) {
		Matcher node = NODE.matcher(request.getRequestURI().substring(request.getContextPath().length()));
		DriftWatch watch = this.drift.getIfAvailable();
		CurrentUser user = this.currentUser.getIfAvailable();
		if (!node.matches() || watch == null || user == null
				|| !user.find().map((person) -> person.may(Right.NODE_READ)).orElse(false)) {
			return null;
		}
		return watch.of(node.group(1)).orElse(null);
	}

}
