package io.virtwise.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.virtwise.facts.internal.sosreport.SosReport;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;

/**
 * What somebody filled in on the page <em>Assess a node</em>, kept exactly as it came, so
 * that nothing is lost when the page is shown again.
 */
public final class IntakeForm {

	/** The field and part of the collector's output. */
	static final String COLLECTOR = "collector";

	/** The field for a file with that output. */
	static final String COLLECTOR_FILE = "collector-file";

	/** The field and part of an archive. */
	static final String SOSREPORT = EvidenceKind.SOSREPORT.part();

	private static final String RELEASE = "release";

	/** What cat says instead of a file's text. */
	private static final Pattern NO_FILE = Pattern.compile("cat: .{1,300}: No such file or directory");

	private static final Pattern PROMPT = Pattern.compile(".{0,120}[#$>] (?:sudo )?(?:cat|virsh) .{1,200}");

	private final Way way;

	private final Map<PasteField, String> texts = new EnumMap<>(PasteField.class);

	private final Map<PasteField, Answer> answers = new EnumMap<>(PasteField.class);

	private final Map<PasteField, Evidence.Item> uploads = new EnumMap<>(PasteField.class);

	private final Map<String, String> intent = new LinkedHashMap<>();

	private final List<FieldFault> faults = new ArrayList<>();

	private String collector = "";

	private List<Evidence.Item> novaUploads = List.of();

	private String report = "";

	private @Nullable String reportFault;

	private String release = "";

	private IntakeForm(Way way) {
		this.way = way;
	}

	/** The form before anybody filled it in. */
	public static IntakeForm blank(Way way) {
		IntakeForm form = new IntakeForm(way);
		for (PasteField field : PasteField.values()) {
			form.answers.put(field, Answer.UNKNOWN);
			form.texts.put(field, "");
		}
		return form;
	}

	/**
	 * The form as it was sent.
	 * @param request of the page's form
	 */
	public static IntakeForm of(HttpServletRequest request) {
		IntakeForm form = blank(Way.of(request.getParameter("by")));
		MultipartHttpServletRequest multipart = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
		for (PasteField field : PasteField.values()) {
			Evidence.Item upload = LogUpload.of(field, multipart, form.faults);
			if (upload != null) {
				form.uploads.put(field, upload);
			}
			form.texts.put(field, orEmpty(request.getParameter(field.field())));
			form.answers.put(field, Answer.of(request.getParameter(field.field() + ".answer")));
			form.checkAnswer(field);
		}
		form.release = orEmpty(request.getParameter(RELEASE));
		for (String name : IntentAnswers.NAMES) {
			String[] values = request.getParameterValues(name);
			form.intent.put(name, (values != null) ? String.join(",", values) : "");
		}
		IntentAnswers.read(form.intent, form.faults);
		form.collector = orEmpty(request.getParameter(COLLECTOR));
		if (multipart != null) {
			form.upload(multipart.getFile(COLLECTOR_FILE));
			form.report(multipart.getFile(SOSREPORT));
			form.novaUploads(multipart.getFiles(NovaUploads.FIELD));
		}
		if (form.way == Way.COLLECTOR && form.collector.isBlank() && form.faults.isEmpty()) {
			form.fault(COLLECTOR, "is empty; paste what the script printed, or choose the file with it");
		}
		if (form.way == Way.SOSREPORT && form.report.isEmpty() && form.faults.isEmpty()) {
			form.fault(SOSREPORT, "is empty; choose the archive that sos report wrote");
		}
		if (!form.faults.isEmpty()) {
			form.uploads.keySet()
				.forEach((field) -> form.fault(field.file(), "was read, but has to be chosen again: browsers send no "
						+ "file a second time by themselves"));
		}
		return form;
	}

	/** A text that was pasted counts as pasted, whatever stands beside it by default. */
	private void checkAnswer(PasteField field) {
		Evidence.Item upload = this.uploads.get(field);
		if (upload != null && !text(field).isBlank() && !sameText(text(field), upload.text())) {
			fault(field.file(), "says something else than the text above it; keep one of the two");
		}
		boolean text = !text(field).isBlank() || upload != null;
		switch (answer(field)) {
			case GIVEN -> {
				if (!text) {
					fault(field.field(), "is marked as pasted, but nothing is there; paste what the command printed, "
							+ "or choose Printed nothing or Not looked");
				}
			}
			case EMPTY -> {
				if (text) {
					fault(field.field(), "is marked as Printed nothing, but a text is there; choose Pasted, or take "
							+ "the text out");
				}
			}
			case UNKNOWN -> {
				if (text) {
					this.answers.put(field, Answer.GIVEN);
				}
			}
		}
	}

	private void upload(@Nullable MultipartFile file) {
		if (file == null || file.isEmpty()) {
			return;
		}
		if (file.getSize() > EvidenceParts.MAX_BYTES) {
			fault(COLLECTOR_FILE, "is larger than " + EvidenceParts.MAX_BYTES / 1024 / 1024
					+ " MiB, which no output of the collector is; choose another file");
			return;
		}
		try (InputStream content = file.getInputStream()) {
			String text = new String(content.readNBytes(EvidenceParts.MAX_BYTES), StandardCharsets.UTF_8);
			if (!this.collector.isBlank() && !sameText(this.collector, text)) {
				fault(COLLECTOR_FILE, "says something else than the text above it; keep one of the two");
				return;
			}
			this.collector = text;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the uploaded file could not be read", ex);
		}
	}

	private void novaUploads(List<MultipartFile> files) {
		try {
			this.novaUploads = NovaUploads.read(files, this.faults);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("an uploaded file could not be read", ex);
		}
		for (PasteField field : List.of(PasteField.NOVA_CONF, PasteField.NOVA_COMPUTE_CONF)) {
			boolean twice = answer(field) != Answer.UNKNOWN
					&& this.novaUploads.stream().anyMatch((item) -> item.source().equals(field.source()));
			if (twice) {
				fault(NovaUploads.FIELD, "holds " + field.source() + ", about which something is said above too; "
						+ "keep one of the two");
			}
		}
	}

	/**
	 * An archive in which nothing could be read is a fault of the form, not of a node.
	 */
	private void report(@Nullable MultipartFile file) {
		if (file == null || Objects.requireNonNullElse(file.getOriginalFilename(), "").isEmpty()) {
			return;
		}
		SosReport.checkSize(file.getSize());
		try {
			SosReport read = SosReport.read(file);
			this.report = read.text();
			if (read.files() == 0) {
				this.reportFault = read.problems().get(0);
				fault(SOSREPORT, "was not read; choose another archive");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the sosreport could not be read", ex);
		}
	}

	/** Browsers end the lines of a text field in their own way. */
	private static boolean sameText(String one, String other) {
		return one.replace("\r\n", "\n").strip().equals(other.replace("\r\n", "\n").strip());
	}

	private void fault(String field, String message) {
		this.faults.add(new FieldFault(field, message));
	}

	/** What cannot be taken as it is, by field; empty if everything can. */
	public List<FieldFault> faults() {
		return List.copyOf(this.faults);
	}

	/**
	 * The evidence that was handed in.
	 * @throws Refused if there are {@link #faults()}
	 */
	public Evidence toEvidence() {
		if (!this.faults.isEmpty()) {
			throw Refused.invalid(this.faults);
		}
		List<Evidence.Item> items = new ArrayList<>();
		List<Evidence.Item> nova = new ArrayList<>();
		for (PasteField field : PasteField.values()) {
			Evidence.Item item = item(field);
			if (item != null) {
				(field.kind() == EvidenceKind.NOVA_CONF ? nova : items).add(item);
			}
		}
		items.addAll(NovaUploads.inReadingOrder(nova, this.novaUploads));
		if (!this.collector.isBlank()) {
			items.add(new Evidence.Item(EvidenceKind.COLLECTOR, this.collector));
		}
		if (!this.report.isEmpty()) {
			items.add(new Evidence.Item(EvidenceKind.SOSREPORT, this.report));
		}
		return new Evidence(items, this.release.isBlank() ? null : this.release.strip(),
				IntentAnswers.read(this.intent, new ArrayList<>()));
	}

	/** The field's evidence, {@code null} where nobody looked. */
	Evidence.@Nullable Item item(PasteField field) {
		return switch (answer(field)) {
			case UNKNOWN -> null;
			case EMPTY -> new Evidence.Item(field.kind(), field.sourceOfNothing(), "");
			case GIVEN -> {
				Evidence.Item upload = this.uploads.get(field);
				yield (upload != null) ? upload
						: new Evidence.Item(field.kind(), field.source(), withoutCommand(field));
			}
		};
	}

	/** A file's text must not be read with the command in front of it. */
	private String withoutCommand(PasteField field) {
		String text = text(field);
		if (field.kind() != EvidenceKind.NOVA_CONF) {
			return text;
		}
		int end = text.indexOf('\n');
		String first = (end < 0) ? text.strip() : text.substring(0, end).strip();
		if (first.length() < 400 && PROMPT.matcher(first).matches()) {
			text = (end < 0) ? "" : text.substring(end + 1);
		}
		return (text.length() < 400 && NO_FILE.matcher(text.strip()).matches()) ? "" : text;
	}

	/** How the facts are handed in. */
	public Way way() {
		return this.way;
	}

	/** What was pasted there. */
	public String text(PasteField field) {
		return this.texts.getOrDefault(field, "");
	}

	/** Whether a file was chosen for it. */
	boolean uploaded(PasteField field) {
		return this.uploads.containsKey(field)
				|| this.faults.stream().anyMatch((fault) -> fault.field().equals(field.file()));
	}

	/** What is said about that command. */
	public Answer answer(PasteField field) {
		return this.answers.getOrDefault(field, Answer.UNKNOWN);
	}

	/** The collector's output, pasted or from the file. */
	public String collector() {
		return this.collector;
	}

	/** The texts of the sosreport, empty where none was chosen or read. */
	public String report() {
		return (this.reportFault != null) ? "" : this.report;
	}

	/** Why nothing of the sosreport was read, {@code null} where that is not so. */
	public @Nullable String reportFault() {
		return this.reportFault;
	}

	/** The release as it was chosen; empty where nobody knows. */
	public String release() {
		return this.release;
	}

	/** The answer to a question about what the node is for, empty where it is open. */
	public String intent(String name) {
		return this.intent.getOrDefault(name, "");
	}

	/** Whether this image format was ticked. */
	public boolean hasFormat(String format) {
		return Set.of(intent(IntentAnswers.IMAGE_FORMATS).split(",")).contains(format);
	}

	private static String orEmpty(@Nullable String value) {
		return (value != null) ? value : "";
	}

	/**
	 * How facts are handed in.
	 */
	public enum Way {

		/** The output of single commands. */
		PASTE,
		/** The output of the collector. */
		COLLECTOR,
		/** An archive. */
		SOSREPORT;

		/** Its key in the page's address. */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** The way of this key; the single commands where there is none. */
		public static Way of(@Nullable String key) {
			for (Way way : values()) {
				if (way.key().equals(key)) {
					return way;
				}
			}
			return PASTE;
		}

	}

	/**
	 * What is said about a command.
	 */
	public enum Answer {

		/** Its output was pasted. */
		GIVEN,
		/** It was run, and it printed nothing. */
		EMPTY,
		/** Nobody looked. */
		UNKNOWN;

		/** Its value in the form. */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		static Answer of(@Nullable String key) {
			for (Answer answer : values()) {
				if (answer.key().equals(key)) {
					return answer;
				}
			}
			return UNKNOWN;
		}

	}

}
