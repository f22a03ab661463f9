package io.virtwise.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * A log that was chosen as a file on the page, unpacked where it is packed.
 */
final class LogUpload {

	private static final String MIB = EvidenceParts.MAX_BYTES / 1024 / 1024 + " MiB";

	private LogUpload() {
	}

	/**
	 * The file of this field.
	 * @param faults takes what is wrong with it
	 * @return {@code null} where none was chosen, or none that can be read
	 */
	static Evidence.@Nullable Item of(PasteField field, @Nullable MultipartHttpServletRequest request,
			List<FieldFault> faults) {
		MultipartFile file = (field.log() && request != null) ? request.getFile(field.file()) : null;
		String name = (file != null) ? Objects.requireNonNullElse(file.getOriginalFilename(), "") : "";
		if (file == null || (file.isEmpty() && name.isEmpty())) {
			return null;
		}
		try (InputStream content = file.getInputStream()) {
			byte[] bytes = content.readNBytes(EvidenceParts.MAX_BYTES + 1);
			if (PackedLog.isPacked(bytes)) {
				bytes = PackedLog.unpack(field.file(), bytes, EvidenceParts.MAX_BYTES);
			}
			if (bytes.length <= EvidenceParts.MAX_BYTES) {
				return new Evidence.Item(field.kind(), name.isBlank() ? field.kind().title() : source(name),
						new String(bytes, StandardCharsets.UTF_8));
			}
			faults.add(new FieldFault(field.file(), "is larger than " + MIB + "; choose an excerpt of its end"));
		}
		catch (PackedLog.Damaged ex) {
			faults.add(new FieldFault(field.file(), ex.getMessage()));
		}
		catch (Refused ex) {
			faults.add(new FieldFault(field.file(), "is refused: " + ex.getMessage()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the uploaded log could not be read", ex);
		}
		return null;
	}

	/** The file's own name, however its path is written. */
	private static String source(String name) {
		String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
			.replaceAll("\\p{Cntrl}", "?");
		return (last.length() > 80) ? last.substring(0, 80) + "…" : last;
	}

}
