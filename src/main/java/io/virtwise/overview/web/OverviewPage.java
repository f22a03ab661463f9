package io.virtwise.overview.web;

import java.util.Map;

import io.virtwise.access.CurrentUser;
import io.virtwise.access.Person;
import io.virtwise.access.Right;
import io.virtwise.node.Nodes;
import io.virtwise.recommendation.NodeAssessments;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * The first page: what waits for me, and the fleet at a glance; before the first node,
 * where to begin.
 */
@Controller
class OverviewPage {

	private final CurrentUser currentUser;

	private final Inbox inbox;

	private final Nodes nodes;

	private final NodeAssessments assessments;

	private final String database;

	OverviewPage(CurrentUser currentUser, Inbox inbox, Nodes nodes, NodeAssessments assessments,
			@Value("${spring.datasource.url}") String databaseUrl) {
		this.currentUser = currentUser;
		this.inbox = inbox;
		this.nodes = nodes;
		this.assessments = assessments;
		this.database = databaseUrl.startsWith("jdbc:h2:") ? "One file, no set-up" : "PostgreSQL";
	}

	@GetMapping("/")
	String show(Model model) {
		Person person = this.currentUser.require();
		boolean sees = person.may(Right.NODE_READ);
		long count = sees ? this.nodes.count() : 0;
		model.addAttribute("waiting", this.inbox.of(person))
			.addAttribute("mine", this.inbox.waitingForOthers(person))
			.addAttribute("running", this.inbox.running(person))
			.addAttribute("fleet", Fleet.of(count, (count > 0) ? this.assessments.countsByVerdict() : Map.of()))
			.addAttribute("database", this.database)
			.addAttribute("collect",
					"curl -sO " + ServletUriComponentsBuilder.fromCurrentContextPath().path("/collect.sh").toUriString()
							+ " && sh collect.sh");
		if (person.roles().isEmpty()) {
			return "overview/no-role";
		}
		return (count == 0) ? "overview/empty" : "overview/index";
	}

}
