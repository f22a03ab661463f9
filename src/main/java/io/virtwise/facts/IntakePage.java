package io.virtwise.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.virtwise.facts.internal.sosreport.KnownFile;
import io.virtwise.nova.NovaRelease;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Fills the page <em>Assess a node</em>, for the first time or with everything that was
 * on it before.
 */
@Component
public class IntakePage {

	/** The page's template. */
	public static final String VIEW = "facts/intake";

	/** The image formats to tick. */
	public static final List<String> FORMATS = List.of("raw", "qcow2", "vmdk", "qed");

	private final Understanding understanding;

	IntakePage(FactReader reader) {
		this.understanding = new Understanding(reader);
	}

	/**
	 * Fills the model.
	 * @return the name of the view
	 */
	public String show(IntakeForm form, Model model) {
		List<FieldView> fields = Arrays.stream(PasteField.values()).map((field) -> view(field, form)).toList();
		Map<String, String> errors = form.faults()
			.stream()
			.collect(Collectors.toMap(FieldFault::field, FieldFault::message, (first, second) -> first));
		List<FieldView> secondary = fields.stream().filter((view) -> view.field().secondary()).toList();
		List<FieldView> logs = fields.stream().filter((view) -> view.field().log()).toList();
		model.addAttribute("form", form)
			.addAttribute("fields",
					fields.stream().filter((view) -> !view.field().secondary() && !view.field().log()).toList())
			.addAttribute("logs", logs)
			.addAttribute("logsOpen", logs.stream().anyMatch((view) -> view.used() || form.uploaded(view.field())))
			.addAttribute("secondary", secondary)
			.addAttribute("secondaryOpen", secondary.stream().anyMatch(FieldView::used))
			.addAttribute("faults", form.faults())
			.addAttribute("errors", errors)
			.addAttribute("questions", Question.all())
			.addAttribute("formats", FORMATS)
			.addAttribute("releases", releases(form.release()))
			.addAttribute("collected", this.understanding.ofCollector(form.collector()))
			.addAttribute("reported", this.understanding.ofReport(form.report()))
			.addAttribute("reportFault", form.reportFault())
			.addAttribute("reportFiles", ReportFile.all())
			.addAttribute("collectorCommand", collectorCommand());
		return VIEW;
	}

	/** What is understood of one field, for the line below it. */
	public Understood understood(PasteField field, IntakeForm form) {
		return this.understanding.of(field, form);
	}

	/** What is understood of the collector's output, part by part. */
	public List<Understood.Row> collected(IntakeForm form) {
		return this.understanding.ofCollector(form.collector());
	}

	/** What is understood of a sosreport, part by part. */
	public List<Understood.Row> reported(IntakeForm form) {
		return this.understanding.ofReport(form.report());
	}

	private FieldView view(PasteField field, IntakeForm form) {
		return new FieldView(field, form.text(field), form.answer(field).key(), this.understanding.of(field, form));
	}

	private static String collectorCommand() {
		return "curl -s " + ServletUriComponentsBuilder.fromCurrentContextPath().path("/collect.sh").toUriString()
				+ " | sh > facts.txt";
	}

	/** All releases, newest first; one that is none of them stays choosable. */
	private static List<ReleaseChoice> releases(String chosen) {
		List<NovaRelease> all = new ArrayList<>(NovaRelease.all());
		Collections.reverse(all);
		List<ReleaseChoice> choices = new ArrayList<>(all.stream().map(ReleaseChoice::of).toList());
		if (!chosen.isBlank() && choices.stream().noneMatch((choice) -> choice.value().equals(chosen))) {
			choices.add(0, new ReleaseChoice(chosen, chosen));
		}
		return choices;
	}

	/**
	 * A field as the page shows it.
	 *
	 * @param field which
	 * @param text what is in it
	 * @param answer what is said about the command
	 * @param understood what was understood of it
	 */
	public record FieldView(PasteField field, String text, String answer, Understood understood) {

		boolean used() {
			return !this.answer.equals(IntakeForm.Answer.UNKNOWN.key()) || !this.text.isBlank();
		}

	}

	/**
	 * A file that is read of a sosreport.
	 *
	 * @param path where it is in the archive
	 * @param fact what it tells
	 */
	public record ReportFile(String path, String fact) {

		/** One for each fact, so that the list stays short. */
		static List<ReportFile> all() {
			Map<String, String> paths = new LinkedHashMap<>();
			for (KnownFile file : KnownFile.values()) {
				paths.putIfAbsent(file.fact(), file.shown());
			}
			return paths.entrySet().stream().map((entry) -> new ReportFile(entry.getValue(), entry.getKey())).toList();
		}

	}

	/**
	 * A release that can be chosen.
	 *
	 * @param value what is sent
	 * @param label what is shown
	 */
	public record ReleaseChoice(String value, String label) {

		static ReleaseChoice of(NovaRelease release) {
			String name = release.series().substring(0, 1).toUpperCase(Locale.ROOT) + release.series().substring(1);
			Integer rhosp = release.rhosp();
			return new ReleaseChoice(release.series(),
					name + " · nova " + release.major() + ((rhosp != null) ? " · RHOSP " + rhosp : ""));
		}

	}

	/**
	 * A question about what the node is for.
	 *
	 * @param name the field's name
	 * @param text the question
	 * @param choices values and their words, the open one last
	 * @param hint what the answer decides, {@code null} where that is plain
	 */
	public record Question(String name, String text, Map<String, String> choices, @Nullable String hint) {

		/** All questions, in the order in which they are asked. */
		public static List<Question> all() {
			return List.of(
					new Question(IntentAnswers.ENVIRONMENT, "Do guests that people depend on run here?",
							choices("production", "Production", "lab", "Lab"), null),
					new Question(IntentAnswers.LIVE_MIGRATION, "Must a running guest be able to move to another node?",
							yesOrNo(), "Decides between host-model, custom and host-passthrough."),
					new Question(IntentAnswers.NESTED, "Will guests start guests of their own?", yesOrNo(), null),
					new Question(IntentAnswers.ACCEPT_EMULATION, "Is slow emulation acceptable if KVM cannot be had?",
							yesOrNo(), "It is never assumed."),
					new Question(IntentAnswers.GUEST_AGENT, "Do images carry the QEMU guest agent?", yesOrNo(), null));
		}

		private static Map<String, String> yesOrNo() {
			return choices("true", "Yes", "false", "No");
		}

		private static Map<String, String> choices(String first, String firstWord, String second, String secondWord) {
			Map<String, String> choices = new LinkedHashMap<>();
			choices.put(first, firstWord);
			choices.put(second, secondWord);
			choices.put("", "Not decided");
			return choices;
		}

	}

}
