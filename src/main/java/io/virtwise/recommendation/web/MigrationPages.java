package io.virtwise.recommendation.web;

import java.time.Clock;
import java.util.List;

import io.virtwise.node.Nodes;
import io.virtwise.recommendation.migration.MigrationGroups;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Which guests can move between the nodes of a group, now and with what is recommended.
 */
@Controller
class MigrationPages {

	private final MigrationGroups groups;

	private final Nodes nodes;

	private final Clock clock;

	MigrationPages(MigrationGroups groups, Nodes nodes, Clock clock) {
		this.groups = groups;
		this.nodes = nodes;
		this.clock = clock;
	}

	@GetMapping("/migration")
	String show(@RequestParam(required = false) @Nullable String group, Model model) {
		if (group == null || group.isBlank()) {
			model.addAttribute("groups", this.groups.groups());
			return "recommendation/migration-groups";
		}
		model.addAttribute("page", MigrationPage.of(this.groups.judge(group), this.clock.instant()));
		return "recommendation/migration";
	}

	/** What the group of a node asks of it: a piece of that node's page. */
	@GetMapping("/nodes/{id}/group")
	String ofNode(@PathVariable String id, Model model) {
		this.nodes.get(id);
		model.addAttribute("lines", this.groups.of(List.of(id)).get(id)).addAttribute("id", id);
		return "recommendation/group-of-node";
	}

}
