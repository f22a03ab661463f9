package io.virtwise.libvirt;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.virtwise.shared.Ids;
import org.jspecify.annotations.Nullable;
import org.libvirt.Error.ErrorDomain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.jna.CString;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.StoragePoolPointer;
import org.libvirt.jna.StorageVolPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transient storage pool over one directory of a node. It is never defined, so that a
 * restart of libvirt forgets it, and it is taken down when its session ends.
 */
final class DirectoryPool implements LibvirtConnection.Handle {

	private static final Logger log = LoggerFactory.getLogger(DirectoryPool.class);

	private static final Libvirt LIBVIRT = Libvirt.INSTANCE;

	/** Ours are named virtwise-SECONDS-ID. */
	private static final Pattern OURS = Pattern.compile("virtwise-([0-9]{9,12})-[0-9a-z]{20}");

	/** No session is that old: what is left of it was left behind by a crash. */
	private static final Duration LEFT_BEHIND = Duration.ofHours(1);

	private static final int MOST_NAMES = 2000;

	/** Have it made before it is used. */
	private static final int WITH_BUILD = 1;

	private final StoragePoolPointer pointer;

	private DirectoryPool(StoragePoolPointer pointer) {
		this.pointer = pointer;
	}

	/**
	 * Makes a pool in which symbolic links are refused by the kernel, and has the
	 * connection take it down.
	 * @throws LibvirtFault if the directory cannot be read
	 */
	static DirectoryPool refusingLinks(LibvirtConnection connection, DirectoryPath directory, long epochSecond)
			throws LibvirtFault {
		return refusingLinks(connection, directory, epochSecond, 0);
	}

	/**
	 * Makes a missing directory, and the pool in it.
	 * @throws LibvirtFault if it cannot be made, or a link is in its place
	 */
	static DirectoryPool make(LibvirtConnection connection, DirectoryPath directory, long epochSecond)
			throws LibvirtFault {
		return refusingLinks(connection, directory, epochSecond, WITH_BUILD);
	}

	private static DirectoryPool refusingLinks(LibvirtConnection connection, DirectoryPath directory, long epochSecond,
			int flags) throws LibvirtFault {
		removeLeftBehind(connection, epochSecond);
		// A directory that is reached through links itself has spent some of the 40
		// already: the most that
		// still gets there leaves none. One more than the kernel's limit must not get
		// there.
		boolean limitSeen = false;
		for (int links = DirectoryPath.KERNEL_LIMIT + 1; links > DirectoryPath.KERNEL_LIMIT / 2; links--) {
			try {
				DirectoryPool pool = create(connection, directory.spendingLinks(links), epochSecond, flags);
				if (limitSeen) {
					return pool;
				}
				throw new LibvirtFault(ErrorNumber.VIR_ERR_NO_SUPPORT, ErrorDomain.VIR_FROM_STORAGE, -1,
						"the node's kernel follows more links than it should");
			}
			catch (LibvirtFault fault) {
				if (fault.errno() != LibvirtErrors.ELOOP) {
					throw fault;
				}
				limitSeen = true;
			}
		}
		throw new LibvirtFault(ErrorNumber.VIR_ERR_OPERATION_INVALID, ErrorDomain.VIR_FROM_STORAGE, -1,
				"the directory is reached through too many symbolic links");
	}

	/**
	 * Makes a pool that shows symbolic links as what they lead to, only to tell a link
	 * from nothing.
	 */
	static DirectoryPool followingLinks(LibvirtConnection connection, DirectoryPath directory, long epochSecond)
			throws LibvirtFault {
		return create(connection, directory.spendingLinks(DirectoryPath.KERNEL_LIMIT / 2), epochSecond, 0);
	}

	private static DirectoryPool create(LibvirtConnection connection, String path, long epochSecond, int flags)
			throws LibvirtFault {
		String name = "virtwise-" + epochSecond + "-" + Ids.next();
		DirectoryPool pool = new DirectoryPool(LibvirtConnection.check(
				LIBVIRT.virStoragePoolCreateXML(connection.pointer(), StorageXml.pool(name, path), flags),
				"virStoragePoolCreateXML"));
		connection.own(pool);
		return pool;
	}

	/** Takes down pools that a crash or a lost connection left on the node. */
	private static void removeLeftBehind(LibvirtConnection connection, long epochSecond) throws LibvirtFault {
		int count = LibvirtConnection.check(LIBVIRT.virConnectNumOfStoragePools(connection.pointer()),
				"virConnectNumOfStoragePools");
		CString[] names = new CString[count + 16];
		int found = LibvirtConnection.check(
				LIBVIRT.virConnectListStoragePools(connection.pointer(), names, names.length),
				"virConnectListStoragePools");
		for (int i = 0; i < found; i++) {
			String name = names[i].toString();
			Matcher ours = OURS.matcher(name);
			if (ours.matches() && epochSecond - Long.parseLong(ours.group(1)) > LEFT_BEHIND.toSeconds()) {
				StoragePoolPointer pointer = LIBVIRT.virStoragePoolLookupByName(connection.pointer(), name);
				if (pointer != null) {
					new DirectoryPool(pointer).release();
					log.info("storage pool {}, left behind by an earlier session, was taken down", name);
				}
			}
		}
	}

	/** Has libvirt read the directory again: it does not notice changes by itself. */
	void refresh() throws LibvirtFault {
		LibvirtConnection.check(LIBVIRT.virStoragePoolRefresh(this.pointer, 0), "virStoragePoolRefresh");
	}

	/** The entry of this name as of the last refresh, {@code null} if there is none. */
	@Nullable Volume find(String name) throws LibvirtFault {
		StorageVolPointer volume = LIBVIRT.virStorageVolLookupByName(this.pointer, name);
		if (volume != null) {
			return new Volume(volume);
		}
		LibvirtFault fault = LibvirtFault.last("virStorageVolLookupByName");
		if (fault.code() == ErrorNumber.VIR_ERR_NO_STORAGE_VOL) {
			return null;
		}
		throw fault;
	}

	/** The names of all entries as of the last refresh. */
	List<String> names() throws LibvirtFault {
		int count = LibvirtConnection.check(LIBVIRT.virStoragePoolNumOfVolumes(this.pointer),
				"virStoragePoolNumOfVolumes");
		if (count > MOST_NAMES) {
			throw new LibvirtFault(ErrorNumber.VIR_ERR_OVERFLOW, ErrorDomain.VIR_FROM_STORAGE, -1,
					"the directory holds more than " + MOST_NAMES + " files");
		}
		CString[] names = new CString[count + 16];
		int found = LibvirtConnection.check(LIBVIRT.virStoragePoolListVolumes(this.pointer, names, names.length),
				"virStoragePoolListVolumes");
		return Arrays.stream(names, 0, found).map(CString::toString).toList();
	}

	/** Makes a file of this description; it must not exist. */
	Volume create(String volumeXml) throws LibvirtFault {
		return new Volume(LibvirtConnection.check(LIBVIRT.virStorageVolCreateXML(this.pointer, volumeXml, 0),
				"virStorageVolCreateXML"));
	}

	/**
	 * Makes a file of this description with the content of another; it must not exist.
	 */
	Volume copy(String volumeXml, Volume from) throws LibvirtFault {
		return new Volume(
				LibvirtConnection.check(LIBVIRT.virStorageVolCreateXMLFrom(this.pointer, volumeXml, from.pointer(), 0),
						"virStorageVolCreateXMLFrom"));
	}

	/** Takes the pool down; the directory and what is in it stay. */
	@Override
	public void release() {
		if (LIBVIRT.virStoragePoolDestroy(this.pointer) < 0) {
			log.info("a storage pool of ours stays behind for now: {}",
					LibvirtFault.last("virStoragePoolDestroy").getMessage());
		}
		LIBVIRT.virStoragePoolFree(this.pointer);
	}

}
