package io.virtwise.facts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.virtwise.facts.internal.sosreport.SosReport;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;
import tools.jackson.databind.JsonNode;

/**
 * Evidence as it comes over the HTTP contract: named parts of a form, or the same names
 * in a JSON object. A part that is absent was not looked at; an empty one was, and there
 * was nothing.
 */
public final class EvidenceParts {

	/** All parts together may have that many bytes. */
	public static final int MAX_BYTES = 32 * 1024 * 1024;

	private static final String RELEASE = "release";

	private static final String SOSREPORT = EvidenceKind.SOSREPORT.part();

	private final List<Evidence.Item> items = new ArrayList<>();

	private final Map<String, String> answers = new HashMap<>();

	private final Map<String, Integer> counts = new LinkedHashMap<>();

	private final List<FieldFault> faults = new ArrayList<>();

	private @Nullable String release;

	private Set<String> others = Set.of();

	private long bytes;

	private EvidenceParts() {
	}

	/**
	 * Reads the parts of a {@code multipart/form-data} request, in their order.
	 * @throws Refused if a part has an unknown name, an answer an unknown value, or there
	 * is more than {@link #MAX_BYTES}
	 */
	public static Evidence ofMultipart(HttpServletRequest request) {
		return ofMultipart(request, Set.of());
	}

	/**
	 * The same, passing over parts that are not evidence.
	 * @param others names of those parts
	 */
	public static Evidence ofMultipart(HttpServletRequest request, Set<String> others) {
		EvidenceParts parts = new EvidenceParts();
		parts.others = others;
		try {
			for (Part part : request.getParts()) {
				parts.part(part.getName(), part.getSubmittedFileName(), part.getContentType(), part.getSize(),
						part::getInputStream);
			}
			MultipartHttpServletRequest resolved = WebUtils.getNativeRequest(request,
					MultipartHttpServletRequest.class);
			if (resolved != null && parts.counts.isEmpty()) {
				parts.files(resolved);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("a part of the request could not be read", ex);
		}
		catch (ServletException ex) {
			throw new Refused(Refused.Kind.INVALID, "invalid", "The request is not of the form multipart/form-data.",
					List.of());
		}
		return parts.evidence();
	}

	private void files(MultipartHttpServletRequest request) throws IOException {
		for (List<MultipartFile> files : request.getMultiFileMap().values()) {
			for (MultipartFile file : files) {
				part(file.getName(), file.getOriginalFilename(), file.getContentType(), file.getSize(), file);
			}
		}
	}

	/**
	 * Reads a JSON object: texts by part name, an array of texts where a part repeats.
	 * @throws Refused as for a form, and if the value is no object or holds anything else
	 */
	public static Evidence ofJson(JsonNode body) {
		if (!body.isObject()) {
			throw new Refused(Refused.Kind.INVALID, "invalid",
					"The body is not a JSON object. Write {\"cpuinfo\": \"…\", \"modules\": \"…\"}.", List.of());
		}
		EvidenceParts parts = new EvidenceParts();
		for (Map.Entry<String, JsonNode> property : body.properties()) {
			parts.json(property.getKey(), property.getValue());
		}
		return parts.evidence();
	}

	private void json(String name, JsonNode value) {
		if (value.isNull()) {
			return;
		}
		if (value.isArray()) {
			value.forEach((element) -> jsonText(name, element));
		}
		else {
			jsonText(name, value);
		}
	}

	private void jsonText(String name, JsonNode value) {
		if (!value.isValueNode() || value.isNull()) {
			this.counts.merge(name, 1, Integer::sum);
			this.faults.add(new FieldFault(shown(name), "is not a text; write the text in quotes"));
			return;
		}
		String text = value.asString();
		count(text.length());
		if (!name.equals(SOSREPORT)) {
			take(name, null, text);
			return;
		}
		try {
			byte[] archive = Base64.getMimeDecoder().decode(text);
			report(() -> new ByteArrayInputStream(archive));
		}
		catch (IllegalArgumentException ex) {
			this.counts.merge(name, 1, Integer::sum);
			this.faults.add(new FieldFault(name,
					"is not Base64; write the archive's bytes in Base64, or send them as " + "multipart/form-data"));
		}
	}

	private void part(String name, @Nullable String file, @Nullable String type, long size, InputStreamSource source)
			throws IOException {
		if (name.startsWith("_csrf") || this.others.contains(name)) {
			return;
		}
		if (name.equals(SOSREPORT)) {
			SosReport.checkSize(size);
			report(source);
			return;
		}
		try (InputStream content = source.getInputStream()) {
			byte[] read = content.readNBytes((int) (MAX_BYTES - this.bytes + 1));
			if (isLog(name) && PackedLog.isPacked(read)) {
				read = unpacked(name, read);
			}
			count(read.length);
			// of nova.conf the bytes count: nova reads no other encoding
			take(name, file, name.equals(EvidenceKind.NOVA_CONF.part()) ? new String(read, StandardCharsets.UTF_8)
					: SentText.of(read, type));
		}
	}

	/**
	 * Evidence with the texts of a sosreport.
	 * @throws Refused if the archive is too large, or nothing in it can be read
	 */
	public static Evidence withReport(Evidence evidence, MultipartFile archive) {
		SosReport.checkSize(archive.getSize());
		try {
			SosReport report = SosReport.read(archive);
			if (report.files() == 0) {
				throw Refused.invalid(SOSREPORT, "was not read. " + report.problems().get(0));
			}
			return evidence.with(EvidenceKind.SOSREPORT, EvidenceKind.SOSREPORT.title(), report.text());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the sosreport could not be read", ex);
		}
	}

	/** Only the texts of a report are kept, never its archive. */
	private void report(InputStreamSource archive) {
		if (this.counts.containsKey(SOSREPORT)) {
			take(SOSREPORT, null, "");
			return;
		}
		try {
			take(SOSREPORT, null, SosReport.read(archive).text());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the sosreport could not be read", ex);
		}
	}

	/** Rotated logs are packed. One that cannot be unpacked is left out, and said so. */
	private byte[] unpacked(String name, byte[] packed) {
		try {
			return PackedLog.unpack(name, packed, (int) (MAX_BYTES - this.bytes));
		}
		catch (PackedLog.Damaged ex) {
			this.faults.add(new FieldFault(name, ex.getMessage()));
			return new byte[0];
		}
	}

	private static boolean isLog(String name) {
		return name.equals(EvidenceKind.KERNEL_LOG.part()) || name.equals(EvidenceKind.NOVA_COMPUTE_LOG.part());
	}

	private void count(int more) {
		this.bytes += more;
		if (this.bytes > MAX_BYTES) {
			throw Refused.tooLarge("The parts together are larger than " + MAX_BYTES / 1024 / 1024
					+ " MiB. Send an excerpt of the longest one.");
		}
	}

	private void take(String name, @Nullable String file, String text) {
		int earlier = this.counts.merge(name, 1, Integer::sum) - 1;
		Optional<EvidenceKind> kind = EvidenceKind.ofPart(name);
		if (kind.isPresent()) {
			boolean repeats = kind.get() == EvidenceKind.NOVA_CONF || kind.get() == EvidenceKind.DOMAIN_CAPABILITIES
					|| isLog(name);
			once(name, repeats ? 0 : earlier);
			// of the collector's output and a report the later one counts: that is the
			// collector's
			int at = (kind.get() == EvidenceKind.SOSREPORT) ? 0 : this.items.size();
			this.items.add(at, new Evidence.Item(kind.get(), source(kind.get(), file, earlier), text));
		}
		else if (name.equals(RELEASE)) {
			once(name, earlier);
			this.release = text.isBlank() ? null : text.strip();
		}
		else if (IntentAnswers.NAMES.contains(name)) {
			once(name, earlier);
			this.answers.put(name, text);
		}
		else if (earlier == 0) {
			this.faults.add(new FieldFault(shown(name),
					"is no part that is known; the parts are cpuinfo, modules, "
							+ "dev-kvm, kernel-log, capabilities, domain-capabilities, nova-conf, nova-compute-log, "
							+ "collector, sosreport, release and intent.*"));
		}
	}

	private void once(String name, int earlier) {
		if (earlier == 1) {
			this.faults.add(new FieldFault(name, "is given more than once; give it once"));
		}
	}

	/** Several nova.conf or logs are told apart by the names that their files had. */
	private static String source(EvidenceKind kind, @Nullable String file, int earlier) {
		if (kind != EvidenceKind.NOVA_CONF && !isLog(kind.part())) {
			return kind.title();
		}
		String name = (file != null) ? file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1) : "";
		if (name.isBlank() || name.equals("-")) {
			return (earlier == 0) ? kind.title() : kind.title() + " (file " + (earlier + 1) + ")";
		}
		return shown(name);
	}

	static String shown(String name) {
		String shown = name.replaceAll("\\p{Cntrl}", "?");
		return (shown.length() > 80) ? shown.substring(0, 80) + "…" : shown;
	}

	private Evidence evidence() {
		Intent intent = IntentAnswers.read(this.answers, this.faults);
		if (!this.faults.isEmpty()) {
			throw (this.faults.size() == 1) ? Refused.invalid(this.faults.get(0).field(), this.faults.get(0).message())
					: Refused.invalid(this.faults);
		}
		return new Evidence(this.items, this.release, intent, Intent.leftOpen(this.answers));
	}

}
