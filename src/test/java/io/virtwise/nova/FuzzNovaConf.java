package io.virtwise.nova;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A target of the fuzzer: a nova.conf that is read, changed and read again.
 */
public final class FuzzNovaConf {

	private static final NovaConfEditor EDITOR = new DocumentNovaConfEditor();

	private FuzzNovaConf() {
	}

	/**
	 * Sets one option and takes another out of what oslo.config could read; whatever is
	 * thrown is a fault, and so is any other effect. The editor itself refuses an edit
	 * that does not read back as asked for.
	 */
	public static void fuzzerTestOneInput(byte[] data) {
		NovaConf before = NovaConf.parse(data, "fuzzed");
		if (!new String(before.bytes(), StandardCharsets.ISO_8859_1)
			.equals(new String(data, StandardCharsets.ISO_8859_1))) {
			throw new IllegalStateException("a file that was only read is another one");
		}
		if (before.fault().isPresent()) {
			return;
		}
		byte[] edited = EDITOR.apply(data,
				List.of(new Setting("libvirt", "virt_type", "qemu"), new Setting("libvirt", "cpu_models", null)));
		NovaConf after = NovaConf.parse(edited, "changed");
		if (!after.effective("libvirt", "virt_type").map(NovaConf.Assignment::value).equals(Optional.of("qemu"))) {
			throw new IllegalStateException("the option does not have the value that was set");
		}
	}

}
