package io.virtwise.recommendation.workorder;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Restarts a service, once, after everything that it should see.
 *
 * @param service what people call it
 * @param units the names that systems have for it, likelier first
 * @param asked whether a rule asks for it, and not only the change of a file
 */
record Restart(String service, List<String> units, boolean asked) implements Action {

	static final String NOVA_COMPUTE = "nova-compute";

	static final String LIBVIRT = "libvirt";

	private static final List<String> NOVA_UNITS = List.of("openstack-nova-compute", NOVA_COMPUTE);

	private static final String NOVA_TEMPLATE = "{{ 'openstack-nova-compute' if ansible_facts['os_family'] == 'RedHat' else 'nova-compute' }}";

	private static final String LIBVIRT_TEMPLATE = "{{ 'virtqemud' if 'virtqemud.service' in (ansible_facts['services'] | default({})) else 'libvirtd' }}";

	/**
	 * What Ansible is to work out on the node; any other text with braces is only text.
	 */
	static final Set<String> TEMPLATES = Set.of(NOVA_TEMPLATE, LIBVIRT_TEMPLATE);

	private static final List<String> LIBVIRT_UNITS = List.of("virtqemud", "libvirtd", "libvirt-bin");

	static Restart novaCompute(boolean asked) {
		return new Restart(NOVA_COMPUTE, NOVA_UNITS, asked);
	}

	static Restart libvirt() {
		return new Restart(LIBVIRT, LIBVIRT_UNITS, true);
	}

	/** The service of a unit's name, under whichever name this system has it. */
	static Restart ofUnit(String unit) {
		String name = unit.replaceFirst("\\.service$", "");
		if (NOVA_UNITS.contains(name)) {
			return novaCompute(true);
		}
		return LIBVIRT_UNITS.contains(name) ? libvirt() : new Restart(name, List.of(name), true);
	}

	@Override
	public Phase phase() {
		return Phase.RESTARTS;
	}

	@Override
	public String title() {
		return "Restart " + this.service;
	}

	@Override
	public List<String> shownCommands() {
		return List.of("systemctl restart " + this.units.get(0));
	}

	@Override
	public Shell shell() {
		return new Shell("! restart_due " + Shell.word(this.service) + (this.asked ? " asked" : ""),
				List.of("restart_unit " + Shell.word(this.service) + " "
						+ Shell.words(this.units.toArray(String[]::new))),
				"unit_up", this.service + " was restarted and is not running. Look at: journalctl -u \"$unit\"",
				List.of("restart"));
	}

	String handler() {
		return "Restart " + this.service;
	}

	/** The handler that restarts it where a task changed something. */
	Map<String, Object> handlerTask() {
		return Tasks.task(handler(), "service", Map.of("name", unitForAnsible(), "state", "restarted"));
	}

	private String unitForAnsible() {
		return switch (this.service) {
			case NOVA_COMPUTE -> NOVA_TEMPLATE;
			case LIBVIRT -> LIBVIRT_TEMPLATE;
			default -> this.service;
		};
	}

	@Override
	public List<Map<String, Object>> tasks() {
		return List.of();
	}

	@Override
	public String touches() {
		return "";
	}

}
