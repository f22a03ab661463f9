package io.virtwise.recommendation.web;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.facts.EvidenceParts;
import io.virtwise.facts.IntakePage;
import io.virtwise.facts.Intent;
import io.virtwise.facts.NodeFactsReader;
import io.virtwise.facts.NodeFactsReader.Reachability;
import io.virtwise.node.Node;
import io.virtwise.node.NodeCredentials;
import io.virtwise.node.NodeFailure;
import io.virtwise.recommendation.NodeAssessment;
import io.virtwise.recommendation.Waivers;
import io.virtwise.recommendation.WorkOrders;
import io.virtwise.recommendation.internal.AssessmentDesk;
import io.virtwise.recommendation.internal.NodeDossier;
import io.virtwise.shared.Refused;
import io.virtwise.shared.SliceRequest;
import io.virtwise.shared.TakesAnyText;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page of one node, and what can be done from it.
 */
@Controller
@RequestMapping("/nodes/{id}")
class NodeDossierPages {

	private static final SliceRequest NEWEST = new SliceRequest(0, 20, null, false);

	private static final List<EvidenceKind> ON_THE_FORM = List.of(EvidenceKind.CPUINFO, EvidenceKind.MODULES,
			EvidenceKind.DEV_KVM, EvidenceKind.COLLECTOR);

	private final NodeDossier dossier;

	private final AssessmentDesk desk;

	private final NodeFactsReader reader;

	private final Clock clock;

	private final WorkOrders orders;

	private final Waivers waivers;

	private final ObjectProvider<NodeCredentials> credentials;

	NodeDossierPages(NodeDossier dossier, AssessmentDesk desk, NodeFactsReader reader, Clock clock, WorkOrders orders,
			Waivers waivers, ObjectProvider<NodeCredentials> credentials) {
		this.waivers = waivers;
		this.credentials = credentials;
		this.dossier = dossier;
		this.desk = desk;
		this.reader = reader;
		this.clock = clock;
		this.orders = orders;
	}

	@GetMapping
	String show(@PathVariable String id, @RequestParam(required = false) @Nullable String order, Model model) {
		return page(id, order, model);
	}

	@PostMapping("/probe")
	String probe(@PathVariable String id, RedirectAttributes flash) {
		try {
			NodeAssessment assessed = this.desk.probe(id);
			flash.addFlashAttribute("done", "Read over libvirt just now, nova.conf " + ((assessed.novaConf() != null)
					? "included." : "not included; the notes under the facts say why."));
		}
		catch (NodeFailure ex) {
			// kept with the node, and shown on its page until a reading succeeds
		}
		return "redirect:/nodes/" + id;
	}

	@PostMapping("/check")
	String check(@PathVariable String id, Model model) {
		model.addAttribute("steps", this.desk.check(id));
		return page(id, null, model);
	}

	@TakesAnyText
	@PostMapping("/facts")
	String submit(@PathVariable String id, @RequestParam MultiValueMap<String, String> fields, Model model,
			@RequestParam(required = false) @Nullable MultipartFile sosreport, HttpServletResponse response,
			RedirectAttributes flash) {
		Map<String, String> answers = answers(fields);
		try {
			Evidence evidence = evidence(fields);
			if (sosreport != null && !sosreport.isEmpty()) {
				evidence = EvidenceParts.withReport(evidence, sosreport);
			}
			this.desk.submit(id,
					new Evidence(evidence.items(), null, Intent.ofAnswers(answers), Intent.leftOpen(answers)));
		}
		catch (Refused ex) {
			if (ex.kind() != Refused.Kind.INVALID && ex.kind() != Refused.Kind.NOT_SUPPORTED) {
				throw ex;
			}
			response.setStatus(422);
			Map<String, String> given = new HashMap<>(fields.toSingleValueMap());
			given.putAll(answers);
			model.addAttribute("factsProblem", problem(ex)).addAttribute("given", given);
			return page(id, null, model);
		}
		flash.addFlashAttribute("done", "The facts are stored and assessed.");
		return "redirect:/nodes/" + id;
	}

	/** Several boxes of one name are one answer, with commas. */
	private static Map<String, String> answers(MultiValueMap<String, String> fields) {
		Map<String, String> answers = new HashMap<>();
		fields.forEach((name, values) -> answers.put(name,
				values.stream().filter((value) -> !value.isBlank()).collect(Collectors.joining(","))));
		return answers;
	}

	private static String problem(Refused refusal) {
		return refusal.faults()
			.stream()
			.map((fault) -> "The field " + fault.field() + " " + fault.message() + ".")
			.reduce((first, second) -> first + " " + second)
			.orElse(String.valueOf(refusal.getMessage()));
	}

	/** The usual ones, and whatever else somebody named for this node. */
	private static List<String> formats(Intent held) {
		return Stream.concat(IntakePage.FORMATS.stream(), held.imageFormats().stream()).distinct().toList();
	}

	private String page(String id, @Nullable String order, Model model) {
		Node node = this.dossier.node(id);
		Intent intent = this.dossier.latest(id).map((held) -> held.evidence().intent()).orElse(Intent.UNKNOWN);
		model.addAttribute("node", node)
			.addAttribute("page",
					NodePage.of(node, this.dossier.standing(id), this.dossier.latest(id).orElse(null),
							this.dossier.history(id, NEWEST), this.waivers.active(id), this.clock.instant()))
			.addAttribute("questions", IntakePage.Question.all())
			.addAttribute("formats", formats(intent))
			.addAttribute("intent", intent)
			.addAttribute("unreachable", remedy(this.reader.reachability()));
		this.credentials.ifAvailable((kept) -> model.addAttribute("credentialName", kept.nameOf(node).orElse(null))
			.addAttribute("hostKeysCompared", !kept.hostKeys(node).isEmpty()));
		this.dossier.latest(id)
			.ifPresent((latest) -> model.addAttribute("order", WorkOrderView.of(this.orders, node, latest, order)));
		if (!model.containsAttribute("given")) {
			model.addAttribute("given", Map.of());
		}
		return "recommendation/node";
	}

	static @Nullable String remedy(Reachability reachability) {
		if (reachability.possible()) {
			return null;
		}
		return (reachability.remedy() != null) ? reachability.remedy()
				: "Install libvirt's client library on the portal's machine and start the portal again.";
	}

	/** What the form asks for; of the modules those of KVM, not all. */
	private static String asked(EvidenceKind kind) {
		return (kind == EvidenceKind.MODULES) ? "lsmod | grep kvm" : kind.title();
	}

	/**
	 * On the form an empty field means that nobody looked, unless its box says that
	 * nothing was printed.
	 */
	private static Evidence evidence(MultiValueMap<String, String> fields) {
		List<String> printedNothing = fields.getOrDefault("printed-nothing", List.of());
		Evidence evidence = new Evidence(List.of(), null, Intent.UNKNOWN);
		for (EvidenceKind kind : ON_THE_FORM) {
			String text = fields.getFirst(kind.part());
			if (text == null) {
				text = "";
			}
			boolean written = !text.isBlank();
			if (written && printedNothing.contains(kind.part())) {
				throw Refused.invalid(kind.part(),
						"holds a text, but its box says that nothing was printed; empty the field or clear the box");
			}
			if (written || printedNothing.contains(kind.part())) {
				evidence = written ? evidence.with(kind, kind.title(), text) : evidence.with(kind, asked(kind), "");
			}
		}
		return evidence;
	}

}
