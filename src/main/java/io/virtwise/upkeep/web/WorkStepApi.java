package io.virtwise.upkeep.web;

import java.util.List;

import io.virtwise.access.People;
import io.virtwise.upkeep.LeftToDo;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What is left to do after a change, over HTTP.
 */
@RestController
@RequestMapping("/api/v1/changes/{id}/steps")
class WorkStepApi {

	private final LeftToDo left;

	private final People people;

	WorkStepApi(LeftToDo left, People people) {
		this.left = left;
		this.people = people;
	}

	@GetMapping
	Steps of(@PathVariable String id) {
		return new Steps(this.left.of(id).stream().map((step) -> WorkStepView.of(step, this.people)).toList());
	}

	@PostMapping("/{stepId}/tick")
	WorkStepView tick(@PathVariable String id, @PathVariable String stepId) {
		return WorkStepView.of(this.left.tick(id, stepId, true), this.people);
	}

	@PostMapping("/{stepId}/untick")
	WorkStepView untick(@PathVariable String id, @PathVariable String stepId) {
		return WorkStepView.of(this.left.tick(id, stepId, false), this.people);
	}

	/**
	 * The steps of all nodes.
	 *
	 * @param items node by node, in their order
	 */
	record Steps(List<WorkStepView> items) {
	}

}
