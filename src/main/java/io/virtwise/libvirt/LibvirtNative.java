package io.virtwise.libvirt;

import com.sun.jna.Library;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.CString;
import org.libvirt.jna.ConnectionPointer;

/**
 * The calls of libvirt that its Java binding lacks.
 */
@SuppressWarnings("checkstyle:MethodName")
interface LibvirtNative extends Library {

	/**
	 * What a kind of guest can have on this host; since libvirt 1.2.7.
	 * @return XML to be freed by the caller, {@code null} on failure
	 */
	@Nullable CString virConnectGetDomainCapabilities(ConnectionPointer connection, @Nullable String emulator,
			@Nullable String architecture, @Nullable String machine, @Nullable String virtType, int flags);

	/**
	 * How a CPU compares with the one that guests of a kind can have on this host; since
	 * libvirt 4.4.0.
	 * @return negative on failure, 0 if guests cannot have it
	 */
	int virConnectCompareHypervisorCPU(ConnectionPointer connection, @Nullable String emulator,
			@Nullable String architecture, @Nullable String machine, String virtType, String cpu, int flags);

}
