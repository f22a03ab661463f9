package io.virtwise.rollout.web;

import io.virtwise.change.Changes;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.Rollouts;
import io.virtwise.shared.Refused;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The buttons of a change's page from its start on. What is refused for the state of
 * things is said on the page itself.
 */
@Controller
@RequestMapping("/changes/{id}")
class RolloutPages {

	private final Rollouts rollouts;

	private final Changes changes;

	RolloutPages(Rollouts rollouts, Changes changes) {
		this.changes = changes;
		this.rollouts = rollouts;
	}

	@PostMapping("/dry-run")
	String dryRun(@PathVariable String id, RedirectAttributes flash) {
		return back(id, flash, "The dry run is done. Nothing was written.", () -> this.rollouts.dryRun(id));
	}

	@PostMapping("/start")
	String start(@PathVariable String id, @ModelAttribute SeenBody body, RedirectAttributes flash) {
		return back(id, flash, "Started. The journal says what is done on each node.",
				() -> this.rollouts.start(id, SeenBody.of(body), null));
	}

	@PostMapping("/pause")
	String pause(@PathVariable String id, @ModelAttribute SeenBody body, RedirectAttributes flash) {
		return back(id, flash, "Paused. A node that is being written is finished first.", () -> {
			this.changes.check(id, SeenBody.of(body));
			this.rollouts.pause(id);
		});
	}

	@PostMapping("/resume")
	String resume(@PathVariable String id, @ModelAttribute SeenBody body, RedirectAttributes flash) {
		return back(id, flash, "It goes on with the nodes that are left.", () -> {
			this.changes.check(id, SeenBody.of(body));
			this.rollouts.resume(id);
		});
	}

	@PostMapping("/stop")
	String stop(@PathVariable String id, @ModelAttribute SeenBody body, RedirectAttributes flash) {
		return back(id, flash, "Stopped. Nodes that were not begun are left as they are.", () -> {
			this.changes.check(id, SeenBody.of(body));
			this.rollouts.stop(id);
		});
	}

	@PostMapping("/roll-back")
	String rollBack(@PathVariable String id, @ModelAttribute SeenBody body,
			@RequestParam(defaultValue = "") String reason, RedirectAttributes flash) {
		return back(id, flash, "The old content is put back.", () -> {
			this.changes.check(id, SeenBody.of(body));
			this.rollouts.rollBack(id, reason);
		});
	}

	@PostMapping("/nodes/{nodeId}/confirm-restart")
	String confirmRestart(@PathVariable String id, @PathVariable String nodeId, RedirectAttributes flash) {
		return back(id, flash, "Confirmed: the file was read once more and holds what was approved.",
				() -> this.rollouts.confirmRestart(id, nodeId));
	}

	@PostMapping("/nodes/{nodeId}/retry")
	String retry(@PathVariable String id, @PathVariable String nodeId, RedirectAttributes flash) {
		return back(id, flash, "The node is tried again now.", () -> this.rollouts.retry(id, nodeId));
	}

	private static String back(String id, RedirectAttributes flash, String done, Runnable verb) {
		try {
			verb.run();
			flash.addFlashAttribute("done", done);
		}
		catch (Refused ex) {
			if (ex.kind() == Refused.Kind.NOT_FOUND) {
				throw ex;
			}
			flash.addFlashAttribute("refusal", ex.getMessage());
		}
		catch (NodeFailure ex) {
			flash.addFlashAttribute("refusal", ex.getMessage());
		}
		return "redirect:/changes/" + id;
	}

}
