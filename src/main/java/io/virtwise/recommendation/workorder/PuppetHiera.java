package io.virtwise.recommendation.workorder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.virtwise.nova.Setting;

import org.jspecify.annotations.Nullable;

/**
 * Writes the settings of a work order as Hiera data for puppet-nova, whose class
 * {@code nova::compute::libvirt} has parameters for most of them; the rest goes through
 * {@code nova::config}.
 */
final class PuppetHiera {

	private static final String CLASS = "nova::compute::libvirt::";

	/**
	 * The module of Zed has the names without the prefix, that of Train with it.
	 * Somewhere between they changed; the file says so too.
	 */
	private static final int WITHOUT_PREFIX = 23;

	private static final String DRIVER = "libvirt.LibvirtDriver";

	private final WorkOrder order;

	private final boolean prefixed;

	private final Map<String, Object> data = new LinkedHashMap<>();

	private final Map<String, Object> others = new LinkedHashMap<>();

	private PuppetHiera(WorkOrder order) {
		this.order = order;
		this.prefixed = order.place().release() != null && !order.place().release().atLeast(WITHOUT_PREFIX);
	}

	static String of(WorkOrder order) {
		return new PuppetHiera(order).write();
	}

	private String write() {
		this.order.settings().forEach(this::add);
		if (!this.others.isEmpty()) {
			this.data.put("nova::config::nova_config", this.others);
		}
		StringBuilder text = new StringBuilder("# Hiera data for ").append(this.order.nodeWords())
			.append(", for the class nova::compute::libvirt of puppet-nova. Made by Virtwise with rulebase revision ")
			.append(this.order.rulebase().revision())
			.append(".\n");
		text.append(this.prefixed
				? "# Older modules call the parameters libvirt_…, as here. If yours does not know one, leave libvirt_ out.\n"
				: "# Older modules put libvirt_ before the names, as in libvirt_virt_type. If yours does not know one, try that.\n");
		long rest = this.order.steps().stream().filter((step) -> !step.settings()).count();
		if (rest > 0) {
			text.append("# It sets nova.conf only; the other steps of the work order stay to be done.\n");
		}
		text.append("---\n");
		return text.append(this.data.isEmpty() ? "{}\n" : new Yaml(false).map(this.data)).toString();
	}

	private void add(Setting setting) {
		String value = setting.value();
		if (setting.section().equals("DEFAULT") && setting.option().equals("compute_driver") && DRIVER.equals(value)) {
			return; // the class sets it by itself
		}
		if (!setting.section().equals("libvirt")) {
			other(setting);
			return;
		}
		switch (setting.option()) {
			case "virt_type", "cpu_mode" -> {
				if (value != null) {
					this.data.put(name(setting.option()), value);
				}
				else {
					other(setting);
				}
			}
			case "cpu_models" -> this.data.put(name("cpu_models"), list(value));
			case "cpu_model" -> {
				if (value != null && this.prefixed) {
					this.data.put(name("cpu_model"), value);
				}
				else {
					other(setting);
				}
			}
			case "cpu_model_extra_flags" -> this.data.put(name("cpu_model_extra_flags"), list(value));
			default -> other(setting);
		}
	}

	private void other(Setting setting) {
		String value = setting.value();
		this.others.put(setting.section() + "/" + setting.option(),
				(value != null) ? Map.of("value", value) : Map.of("ensure", "absent"));
	}

	private String name(String option) {
		return CLASS + (this.prefixed ? "libvirt_" : "") + option;
	}

	private static List<String> list(@Nullable String value) {
		return (value == null) ? List.of()
				: Stream.of(value.split(",")).map(String::strip).filter((part) -> !part.isEmpty()).toList();
	}

}
