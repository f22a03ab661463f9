package io.virtwise.change.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.virtwise.nova.Setting;
import io.virtwise.shared.Refused;
import io.virtwise.shared.Refused.FieldFault;

/**
 * Which options a person may have written, and what their values may look like. Anything
 * else in nova.conf is none of this portal's business.
 */
final class AllowedSettings {

	private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(, ?[A-Za-z0-9][A-Za-z0-9._-]*)*");

	private static final Pattern FLAGS = Pattern.compile("[+-]?[A-Za-z0-9._-]+(, ?[+-]?[A-Za-z0-9._-]+)*");

	private static final Pattern DRIVER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

	/** Processors of the host, as 4-12,^8,15. */
	private static final Pattern PROCESSORS = Pattern.compile("\\^?\\d+(-\\d+)?(, ?\\^?\\d+(-\\d+)?)*");

	/** Of an option that nova takes no notice of any more: it can only be taken out. */
	private static final Pattern NOTHING = Pattern.compile("(?!)");

	private static final Map<String, Pattern> OPTIONS = new LinkedHashMap<>();

	static {
		OPTIONS.put("DEFAULT/compute_driver", DRIVER);
		OPTIONS.put("DEFAULT/force_raw_images", Pattern.compile("True|False"));
		OPTIONS.put("DEFAULT/vcpu_pin_set", PROCESSORS);
		OPTIONS.put("DEFAULT/libvirt_type", NOTHING);
		OPTIONS.put("DEFAULT/libvirt_cpu_mode", NOTHING);
		OPTIONS.put("DEFAULT/libvirt_cpu_model", NOTHING);
		OPTIONS.put("compute/cpu_dedicated_set", PROCESSORS);
		OPTIONS.put("compute/cpu_shared_set", PROCESSORS);
		OPTIONS.put("libvirt/virt_type", Pattern.compile("kvm|qemu|lxc|uml|xen|parallels"));
		OPTIONS.put("libvirt/cpu_mode", Pattern.compile("host-model|host-passthrough|custom|maximum|none"));
		OPTIONS.put("libvirt/cpu_model", WORDS);
		OPTIONS.put("libvirt/cpu_models", WORDS);
		OPTIONS.put("libvirt/cpu_model_extra_flags", FLAGS);
	}

	private AllowedSettings() {
	}

	/**
	 * Section and option of everything that may be written, as {@code libvirt/virt_type}.
	 */
	static Set<String> names() {
		return Collections.unmodifiableSet(OPTIONS.keySet());
	}

	/**
	 * Lets these pass.
	 * @throws Refused naming each setting that may not be written
	 */
	static void check(List<Setting> settings) {
		if (settings.isEmpty()) {
			throw Refused.invalid("settings",
					"is an empty list; leave it out to take the recommendation, or name at" + " least one setting");
		}
		List<FieldFault> faults = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < settings.size(); i++) {
			Setting setting = settings.get(i);
			String name = setting.section() + "/" + setting.option();
			Pattern form = OPTIONS.get(name);
			String field = "settings[" + i + "]";
			if (form == null) {
				faults.add(new FieldFault(field, "names an option that this portal does not write; it writes "
						+ String.join(", ", OPTIONS.keySet())));
			}
			else if (!seen.add(name)) {
				faults.add(new FieldFault(field, "names " + name + " a second time; give one value"));
			}
			else if (setting.value() != null && form == NOTHING) {
				faults.add(new FieldFault(field + ".value",
						"is for " + name + ", which nova takes no notice of; give null to take the option out"));
			}
			else if (setting.value() != null
					&& (setting.value().length() > 1000 || !form.matcher(setting.value()).matches())) {
				faults.add(new FieldFault(field + ".value", "is not a value that " + name
						+ " takes; allowed is the form " + form.pattern() + ", or null to take the option out"));
			}
		}
		if (!faults.isEmpty()) {
			throw Refused.invalid(faults);
		}
	}

}
