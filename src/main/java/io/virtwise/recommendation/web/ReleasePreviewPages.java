package io.virtwise.recommendation.web;

import java.util.List;

import io.virtwise.facts.FactReader;
import io.virtwise.facts.IntakeForm;
import io.virtwise.facts.IntakePage;
import io.virtwise.facts.NodeFacts;
import io.virtwise.node.Node;
import io.virtwise.nova.NovaRelease;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.recommendation.internal.ReleaseRuns;
import io.virtwise.recommendation.internal.StoredAssessment;
import io.virtwise.shared.Refused;
import io.virtwise.shared.TakesAnyText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The pages that lay a later nova release beside today's: for a node by an address that
 * can be sent to somebody, for evidence just handed in by handing it in again.
 */
@Controller
class ReleasePreviewPages {

	private final NodeDossier dossier;

	private final FactReader reader;

	private final ReleaseRuns runs;

	private final IntakePage intake;

	ReleasePreviewPages(NodeDossier dossier, FactReader reader, ReleaseRuns runs, IntakePage intake) {
		this.dossier = dossier;
		this.reader = reader;
		this.runs = runs;
		this.intake = intake;
	}

	@GetMapping("/nodes/{id}/releases")
	String ofNode(@PathVariable String id, @RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to, Model model, HttpServletResponse response) {
		Node node = this.dossier.node(id);
		model.addAttribute("node", node);
		NodeFacts facts = this.dossier.latest(id).map(StoredAssessment::facts).orElse(null);
		if (facts != null) {
			preview(facts, new Asked(from, to), model, response);
		}
		return show(model);
	}

	@TakesAnyText
	@PostMapping("/assess/releases")
	String ofEvidence(@RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to, HttpServletRequest request,
			HttpServletResponse response, Model model) {
		IntakeForm form = IntakeForm.of(request);
		if (!form.faults().isEmpty()) {
			response.setStatus(422);
			return this.intake.show(form, model);
		}
		model.addAttribute("carried", CarriedEvidence.of(request, form));
		preview(this.reader.read(form.toEvidence()), new Asked(from, to), model, response);
		return show(model);
	}

	/** A page without a comparison asks for the releases. */
	private void preview(NodeFacts facts, Asked asked, Model model, HttpServletResponse response) {
		NovaRelease known = facts.release();
		model.addAttribute("chosenFrom", asked.chosenFrom(known)).addAttribute("chosenTo", asked.chosenTo());
		model.addAttribute("hasFacts", true);
		if (known == null && asked.from == null) {
			return;
		}
		try {
			PreviewRequest request = PreviewRequest.of("from", asked.from, known, List.of(asked.chosenTo()));
			NovaRelease to = request.to().get(request.to().size() - 1);
			model.addAttribute("preview", ReleasePreviewPage.of(this.runs.preview(facts, request.from()), to));
		}
		catch (Refused ex) {
			if (ex.kind() != Refused.Kind.INVALID) {
				throw ex;
			}
			response.setStatus(422);
			model.addAttribute("problem", String.valueOf(ex.getMessage()));
		}
	}

	private static String show(Model model) {
		model.addAttribute("releases", NovaRelease.all());
		return "recommendation/preview";
	}

	/**
	 * What the form asks for.
	 */
	private record Asked(@Nullable String from, @Nullable String to) {

		String chosenFrom(@Nullable NovaRelease known) {
			return (this.from != null) ? major(this.from) : (known != null) ? String.valueOf(known.major()) : "";
		}

		String chosenTo() {
			List<NovaRelease> all = NovaRelease.all();
			return (this.to != null && !this.to.isBlank()) ? major(this.to)
					: String.valueOf(all.get(all.size() - 1).major());
		}

		private static String major(String text) {
			return NovaRelease.parse(text).map((release) -> String.valueOf(release.major())).orElse(text);
		}

	}

}
