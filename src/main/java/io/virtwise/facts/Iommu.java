package io.virtwise.facts;

/**
 * What passing devices on to guests rests on.
 *
 * @param known whether anybody looked
 * @param table whether firmware tells of an IOMMU: the ACPI table DMAR (Intel), IVRS
 * (AMD) or IORT (Arm)
 * @param groups whether the kernel has made groups in {@code /sys/kernel/iommu_groups}
 * @param asked whether the kernel's command line asks for it
 */
public record Iommu(boolean known, Known table, Known groups, Known asked) {

	/** Nobody looked. */
	public static final Iommu UNKNOWN = new Iommu(false, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN);

}
