package io.virtwise.rollout.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.virtwise.change.ChangeRequest;
import io.virtwise.change.Changes;
import io.virtwise.change.PlannedNode;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.Rollouts;
import io.virtwise.shared.Refused;
import org.jspecify.annotations.Nullable;

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
		this.rollouts = rollouts;
		this.changes = changes;
	}

	@PostMapping("/dry-run")
	String dryRun(@PathVariable String id, RedirectAttributes flash) {
		return back(id, flash, "The dry run is done. Nothing was written.", () -> this.rollouts.dryRun(id));
	}

	@PostMapping("/plan")
	String plan(@PathVariable String id, PlanForm form, RedirectAttributes flash) {
		flash.addFlashAttribute("typed", form);
		return back(id, flash, "Planned. It is carried out like this once it is started.", () -> {
			this.rollouts.plan(id, form.toBody().toPlan(this.rollouts.plan(id)));
			flash.getFlashAttributes().remove("typed");
		});
	}

	@PostMapping("/rerun")
	String rerun(@PathVariable String id, @ModelAttribute SeenBody body,
			@RequestParam(defaultValue = "false") boolean skipped, RedirectAttributes flash) {
		return back(id, flash, "Nodes that are not as approved are written once more.", () -> {
			this.changes.check(id, SeenBody.of(body));
			this.rollouts.rerun(id, skipped);
		});
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
			this.rollouts.pause(id, body.reason());
		});
	}

	@PostMapping("/resume")
	String resume(@PathVariable String id, @ModelAttribute SeenBody body, RedirectAttributes flash) {
		return back(id, flash, "It goes on with the nodes that are left.", () -> {
			this.changes.check(id, SeenBody.of(body));
			this.rollouts.resume(id, body.reason());
		});
	}

	@PostMapping("/stop")
	String stop(@PathVariable String id, @ModelAttribute SeenBody body, RedirectAttributes flash) {
		return back(id, flash, "Stopped. Nodes that were not begun are left as they are.", () -> {
			this.changes.check(id, SeenBody.of(body));
			this.rollouts.stop(id, body.reason());
		});
	}

	@PostMapping("/roll-back")
	String rollBack(@PathVariable String id, @ModelAttribute SeenBody body,
			@RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "") String only,
			RedirectAttributes flash) {
		return back(id, flash, "The old content is put back.", () -> {
			this.changes.check(id, SeenBody.of(body));
			this.rollouts.rollBack(id, reason, named(id, only));
		});
	}

	/** The ids of the nodes that were named, by name or id. */
	private List<String> named(String id, String names) {
		ChangeRequest change = this.changes.get(id);
		List<String> ids = new ArrayList<>();
		for (String name : names.split("[\\s,]+", -1)) {
			if (!name.isEmpty()) {
				ids.add(change.nodes()
					.stream()
					.filter((node) -> node.nodeName().equals(name) || node.nodeId().equals(name))
					.map(PlannedNode::nodeId)
					.findFirst()
					.orElseThrow(() -> Refused.invalid("only",
							"names " + name + ", which is no node of this change; write names as they are listed")));
			}
		}
		return ids;
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
			flash.addFlashAttribute("refusal", ex.faults().isEmpty() ? ex.getMessage() : faults(ex));
		}
		catch (NodeFailure ex) {
			flash.addFlashAttribute("refusal", ex.getMessage());
		}
		return "redirect:/changes/" + id;
	}

	private static String faults(Refused refused) {
		return String.join(" ",
				refused.faults()
					.stream()
					.map((fault) -> "The field " + fault.field() + " " + fault.message() + ".")
					.toList());
	}

	/**
	 * The form of a plan, as it was typed.
	 *
	 * @param waves up to how many nodes each reaches, as {@code 1, 10%, 100%}
	 * @param thresholds how many per cent of each must succeed
	 * @param budget how many nodes may go wrong
	 * @param atOnce how many at the same time
	 * @param from when nodes may be begun, UTC
	 * @param to until when
	 * @param days on which days
	 */
	record PlanForm(@Nullable String waves, @Nullable String thresholds, @Nullable String budget,
			@Nullable String atOnce, @Nullable String from, @Nullable String to, @Nullable List<String> days) {

		PlanBody toBody() {
			List<String> sizes = parts(this.waves);
			List<String> shares = parts(this.thresholds);
			if (shares.size() > 1 && shares.size() != sizes.size()) {
				throw Refused.invalid("thresholds",
						"must be one number for all waves, or one for each of the " + sizes.size() + " waves");
			}
			List<@Nullable Object> wanted = new ArrayList<>();
			for (int i = 0; i < sizes.size(); i++) {
				Map<String, Object> wave = new HashMap<>();
				wave.put("upTo", sizes.get(i));
				if (!shares.isEmpty()) {
					wave.put("threshold", shares.get((shares.size() == 1) ? 0 : i));
				}
				wanted.add(wave);
			}
			List<@Nullable String> on = (this.days != null) ? new ArrayList<>(this.days) : new ArrayList<>();
			return new PlanBody(wanted, (this.budget != null) ? this.budget : "", number(),
					new PlanBody.WindowBody(this.from, this.to, on), null, null);
		}

		private int number() {
			String text = (this.atOnce != null) ? this.atOnce.strip() : "";
			return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
		}

		private static List<String> parts(@Nullable String text) {
			return Arrays.stream(((text != null) ? text : "").split("[\\s,]+", -1))
				.filter((part) -> !part.isEmpty())
				.toList();
		}

	}

}
