package io.virtwise.libvirt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import com.sun.jna.PointerType;
import com.sun.jna.ptr.LongByReference;
import org.jspecify.annotations.Nullable;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.jna.CString;
import org.libvirt.jna.ConnectionPointer;
import org.libvirt.jna.DomainPointer;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.virNodeInfo;

/**
 * An open connection, to be used by one thread only. It speaks to the binding's own
 * function table instead of its wrapper classes, because those call the network from
 * finalizers, hand failures back as values, and leak a stream whose abort fails.
 */
final class LibvirtConnection {

	/**
	 * Do not look names up in the client's configuration file: a name could be any URI.
	 */
	private static final int NO_ALIASES = 2;

	private static final int AS_ASKED_FOR = 2;

	private static final int WITH_FEATURES = 1;

	private static final Libvirt LIBVIRT = Libvirt.INSTANCE;

	private final LibvirtNative more;

	private final ConnectionPointer pointer;

	private final KeepAlive keepAlive;

	private final Deque<Handle> handles = new ArrayDeque<>();

	private LibvirtConnection(LibvirtNative more, ConnectionPointer pointer, LibvirtProperties properties) {
		this.more = more;
		this.pointer = pointer;
		this.keepAlive = new KeepAlive(pointer, properties);
	}

	/**
	 * Opens a connection. May block for ever: there is no limit to give.
	 */
	static LibvirtConnection open(LibvirtNative more, NodeUri uri, LibvirtProperties properties) throws LibvirtFault {
		// Never with a callback for credentials: the binding frees their memory twice.
		ConnectionPointer pointer = LIBVIRT.virConnectOpenAuth(uri.text(), null, NO_ALIASES);
		return new LibvirtConnection(more, check(pointer, "virConnectOpenAuth"), properties);
	}

	/**
	 * Asks the node for a sign of life from now on, so that a call that hangs comes back
	 * with an error. For any thread, while another one's call hangs.
	 */
	void demandLife() {
		this.keepAlive.start();
	}

	/** The version of its libvirt. */
	String libvirtVersion() throws LibvirtFault {
		LongByReference number = new LongByReference();
		check(LIBVIRT.virConnectGetLibVersion(this.pointer, number), "virConnectGetLibVersion");
		return LibvirtLibrary.versionInWords(number.getValue());
	}

	/** The version of its hypervisor, empty if it has none. */
	String hypervisorVersion() throws LibvirtFault {
		LongByReference number = new LongByReference();
		check(LIBVIRT.virConnectGetVersion(this.pointer, number), "virConnectGetVersion");
		return (number.getValue() > 0) ? LibvirtLibrary.versionInWords(number.getValue()) : "";
	}

	String hostname() throws LibvirtFault {
		return text(LIBVIRT.virConnectGetHostname(this.pointer), "virConnectGetHostname");
	}

	/** The size of the machine. */
	Machine machine() throws LibvirtFault {
		virNodeInfo info = new virNodeInfo();
		check(LIBVIRT.virNodeGetInfo(this.pointer, info), "virNodeGetInfo");
		return new Machine(info.memory.longValue(), info.cpus);
	}

	String capabilities() throws LibvirtFault {
		return text(LIBVIRT.virConnectGetCapabilities(this.pointer), "virConnectGetCapabilities");
	}

	/** What guests of this type can have, as libvirt describes it in XML. */
	String domainCapabilities(String virtType) throws LibvirtFault {
		return text(this.more.virConnectGetDomainCapabilities(this.pointer, null, null, null, virtType, 0),
				"virConnectGetDomainCapabilities");
	}

	/** The names of the guests that run at this moment. */
	List<String> runningGuests() throws LibvirtFault {
		List<String> names = new ArrayList<>();
		for (int id : guestIds()) {
			ofGuest(id, LIBVIRT::virDomainGetName).ifPresent(names::add);
		}
		return names.stream().sorted().toList();
	}

	/** The numbers of the guests that run at this moment. */
	int[] guestIds() throws LibvirtFault {
		int count = check(LIBVIRT.virConnectNumOfDomains(this.pointer), "virConnectNumOfDomains");
		// Some may have started in between.
		int[] ids = new int[count + 16];
		int found = check(LIBVIRT.virConnectListDomains(this.pointer, ids, ids.length), "virConnectListDomains");
		return Arrays.copyOf(ids, found);
	}

	/**
	 * What libvirt says in XML of a guest that runs, empty if it ended in between.
	 * @param asked as it was asked for, instead of as it runs
	 */
	Optional<String> guest(int id, boolean asked) throws LibvirtFault {
		return ofGuest(id,
				(guest) -> text(LIBVIRT.virDomainGetXMLDesc(guest, asked ? AS_ASKED_FOR : 0), "virDomainGetXMLDesc"));
	}

	/** A CPU in XML with all features named that its model has. */
	String expanded(String cpu) throws LibvirtFault {
		return text(LIBVIRT.virConnectBaselineCPU(this.pointer, new String[] { cpu }, 1, WITH_FEATURES),
				"virConnectBaselineCPU");
	}

	/** Whether guests of this type can have a CPU here. */
	boolean canHave(String virtType, String cpu) throws LibvirtFault {
		return check(this.more.virConnectCompareHypervisorCPU(this.pointer, null, null, null, virtType, cpu, 0),
				"virConnectCompareHypervisorCPU") != 0;
	}

	private <T> Optional<T> ofGuest(int id, Look<T> look) throws LibvirtFault {
		try {
			DomainPointer guest = check(LIBVIRT.virDomainLookupByID(this.pointer, id), "virDomainLookupByID");
			try {
				return Optional.ofNullable(look.at(guest));
			}
			finally {
				LIBVIRT.virDomainFree(guest);
			}
		}
		catch (LibvirtFault fault) {
			if (fault.code() == ErrorNumber.VIR_ERR_NO_DOMAIN) {
				return Optional.empty(); // ended in between
			}
			throw fault;
		}
	}

	boolean alive() {
		return LIBVIRT.virConnectIsAlive(this.pointer) == 1;
	}

	ConnectionPointer pointer() {
		return this.pointer;
	}

	/** Has something let go of before the connection is closed, the last one first. */
	void own(Handle handle) {
		this.handles.push(handle);
	}

	/**
	 * Lets go of all that was owned, then closes.
	 * @return how many references to the connection are left; anything but 0 is a leak. A
	 * connection that must not be called any more is left open, on purpose.
	 */
	int close() {
		if (!this.keepAlive.callable()) {
			this.keepAlive.end();
			return 1;
		}
		while (!this.handles.isEmpty()) {
			this.handles.pop().release();
		}
		this.keepAlive.end();
		return LIBVIRT.virConnectClose(this.pointer);
	}

	/** A returned number, which is negative where the call failed. */
	static int check(int returned, String function) throws LibvirtFault {
		if (returned < 0) {
			throw LibvirtFault.last(function);
		}
		return returned;
	}

	/** A returned handle, which is null where the call failed. */
	static <T extends PointerType> T check(@Nullable T returned, String function) throws LibvirtFault {
		if (returned == null) {
			throw LibvirtFault.last(function);
		}
		return returned;
	}

	/**
	 * A returned text, which is null where the call failed, and is freed by reading it.
	 */
	static String text(@Nullable CString returned, String function) throws LibvirtFault {
		return check(returned, function).toString();
	}

	/**
	 * Something on the node or in the library that has to be let go of.
	 */
	interface Handle {

		/** Lets go of it; never throws. */
		void release();

	}

	/**
	 * Something to ask of a guest.
	 */
	private interface Look<T> {

		T at(DomainPointer guest) throws LibvirtFault;

	}

	/**
	 * The size of a machine.
	 *
	 * @param memoryKib memory in KiB
	 * @param cpus logical processors
	 */
	record Machine(long memoryKib, int cpus) {
	}

}
