package io.virtwise.recommendation.workorder;

/**
 * When a step has its turn. Phases are worked through in this order.
 */
public enum Phase {

	/** What a person must do before anything else can work. */
	FIRST,
	/** Software that is missing. */
	PACKAGES,
	/** Modules that should not be there. */
	UNLOADING,
	/** Kernel modules, now. */
	MODULES,
	/** Kernel modules, at every boot. */
	BOOT,
	/** Options of kernel modules. */
	OPTIONS,
	/** Switches and values of the running system. */
	SYSTEM,
	/** Who may open which device. */
	PERMISSIONS,
	/** What nova reads. */
	NOVA_CONF,
	/** Services, each once. */
	RESTARTS,
	/** What a person must do afterwards. */
	LAST

}
