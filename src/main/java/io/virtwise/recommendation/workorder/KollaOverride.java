package io.virtwise.recommendation.workorder;

import java.util.Objects;

import io.virtwise.nova.Setting;

/**
 * Writes the settings of a work order as the file that kolla-ansible merges into
 * nova-compute's nova.conf, and names what belongs to {@code globals.yml}.
 */
final class KollaOverride {

	private KollaOverride() {
	}

	static String of(WorkOrder order) {
		StringBuilder text = new StringBuilder("# Made by Virtwise with rulebase revision ")
			.append(order.rulebase().revision())
			.append(" for ")
			.append(order.nodeWords())
			.append(".\n# /etc/kolla/config/nova/nova-compute.conf on the deployment host, for all compute nodes; for one node\n")
			.append("# /etc/kolla/config/nova/NAME-IN-THE-INVENTORY/nova.conf. Then: kolla-ansible reconfigure --tags nova\n");
		order.toSet()
			.stream()
			.filter((setting) -> setting.section().equals("libvirt") && setting.option().equals("virt_type"))
			.map(Setting::value)
			.filter((value) -> "kvm".equals(value) || "qemu".equals(value))
			.findFirst()
			.ifPresent((value) -> text.append(
					"# kolla-ansible itself must know the type: in /etc/kolla/globals.yml, or for one node in its host_vars, write\n")
				.append("#   nova_compute_virt_type: ")
				.append(Yaml.scalar(Objects.requireNonNull(value)))
				.append('\n'));
		order.toTakeOut()
			.forEach((setting) -> text.append("# Such a file cannot take an option out: take ")
				.append(setting.option())
				.append(" out of the section [")
				.append(setting.section())
				.append("] of your other overrides.\n"));
		return text.append(order.text()).toString();
	}

}
