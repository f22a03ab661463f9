package io.virtwise.overview.web;

import java.util.function.Supplier;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Right;
import io.virtwise.approval.Approvals;
import io.virtwise.rules.Advisor;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.LazyContextVariable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Gives every page's frame what waits for this person and which rulebase is in force.
 * Nothing is counted until a frame is drawn.
 */
@ControllerAdvice(annotations = Controller.class)
class FrameFigures {

	private final ObjectProvider<CurrentUser> currentUser;

	private final ObjectProvider<Approvals> approvals;

	private final ObjectProvider<Advisor> advisor;

	FrameFigures(ObjectProvider<CurrentUser> currentUser, ObjectProvider<Approvals> approvals,
			ObjectProvider<Advisor> advisor) {
		this.currentUser = currentUser;
		this.approvals = approvals;
		this.advisor = advisor;
	}

	@ModelAttribute("waitingForMe")
	Object waitingForMe() {
		return new Lazy(this::count);
	}

	@ModelAttribute("rulebase")
	Object rulebase() {
		return new Lazy(() -> {
			Advisor known = this.advisor.getIfAvailable();
			return (known != null) ? known.rulebase() : null;
		});
	}

	private @Nullable Long count() {
		Approvals known = this.approvals.getIfAvailable();
		CurrentUser user = this.currentUser.getIfAvailable();
		if (known == null || user == null) {
			return null;
		}
		return user.find().filter((person) -> person.may(Right.CHANGE_DECIDE)).map(known::countWaitingFor).orElse(null);
	}

	/**
	 * Asked once, and only where a template wants it.
	 */
	private static final class Lazy extends LazyContextVariable<@Nullable Object> {

		private final Supplier<? extends @Nullable Object> source;

		private Lazy(Supplier<? extends @Nullable Object> source) {
			this.source = source;
		}

		@Override
		protected @Nullable Object loadValue() {
			return this.source.get();
		}

	}

}
