package io.virtwise.libvirt;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

import io.virtwise.rollout.ManagedFiles.RemoteFile;
import org.libvirt.Error.ErrorDomain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.SizeT;
import org.libvirt.jna.StorageVolPointer;
import org.libvirt.jna.StreamPointer;

/**
 * A file of a directory pool.
 */
final class Volume implements AutoCloseable {

	private static final Libvirt LIBVIRT = Libvirt.INSTANCE;

	/** What fits into one message of libvirt's protocol, of any version. */
	private static final int CHUNK = 64 * 1024;

	private final StorageVolPointer pointer;

	Volume(StorageVolPointer pointer) {
		this.pointer = pointer;
	}

	StorageVolPointer pointer() {
		return this.pointer;
	}

	RemoteFile describe() throws LibvirtFault {
		return StorageXml
			.file(LibvirtConnection.text(LIBVIRT.virStorageVolGetXMLDesc(this.pointer, 0), "virStorageVolGetXMLDesc"));
	}

	void delete() throws LibvirtFault {
		LibvirtConnection.check(LIBVIRT.virStorageVolDelete(this.pointer, 0), "virStorageVolDelete");
	}

	/**
	 * Reads the file.
	 * @param limit how many bytes at the most
	 * @param givenUp whether nobody waits for it any more
	 * @throws LibvirtFault also if it is longer than that: EFBIG
	 */
	byte[] download(LibvirtConnection connection, int limit, BooleanSupplier givenUp) throws LibvirtFault {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		transfer(connection, (stream) -> {
			LibvirtConnection.check(LIBVIRT.virStorageVolDownload(this.pointer, stream, 0, 0, 0),
					"virStorageVolDownload");
			while (true) {
				stopIf(givenUp);
				byte[] chunk = new byte[CHUNK];
				int count = LibvirtConnection
					.check(LIBVIRT.virStreamRecv(stream, ByteBuffer.wrap(chunk), new SizeT(CHUNK)), "virStreamRecv");
				if (count == 0) {
					return;
				}
				content.write(chunk, 0, count);
				if (content.size() > limit) {
					throw new LibvirtFault(ErrorNumber.VIR_ERR_OVERFLOW, ErrorDomain.VIR_FROM_STREAMS, -1,
							"more than " + limit + " bytes");
				}
			}
		});
		return content.toByteArray();
	}

	/** Writes over the file from its start; what is longer than the content stays. */
	void upload(LibvirtConnection connection, byte[] content, BooleanSupplier givenUp) throws LibvirtFault {
		if (content.length == 0) {
			return; // A length of zero would mean without limit.
		}
		transfer(connection, (stream) -> {
			LibvirtConnection.check(LIBVIRT.virStorageVolUpload(this.pointer, stream, 0, content.length, 0),
					"virStorageVolUpload");
			int sent = 0;
			while (sent < content.length) {
				stopIf(givenUp);
				byte[] chunk = java.util.Arrays.copyOfRange(content, sent, Math.min(content.length, sent + CHUNK));
				sent += LibvirtConnection.check(
						LIBVIRT.virStreamSend(stream, ByteBuffer.wrap(chunk), new SizeT(chunk.length)),
						"virStreamSend");
			}
		});
	}

	/** Runs a stream to its end; one that failed is aborted, and freed in any case. */
	private static void transfer(LibvirtConnection connection, Transfer transfer) throws LibvirtFault {
		StreamPointer stream = LibvirtConnection.check(LIBVIRT.virStreamNew(connection.pointer(), 0), "virStreamNew");
		boolean finished = false;
		try {
			transfer.over(stream);
			finished = true;
			LibvirtConnection.check(LIBVIRT.virStreamFinish(stream), "virStreamFinish");
		}
		finally {
			if (!finished) {
				LIBVIRT.virStreamAbort(stream);
			}
			LIBVIRT.virStreamFree(stream);
		}
	}

	private static void stopIf(BooleanSupplier givenUp) throws LibvirtFault {
		if (givenUp.getAsBoolean()) {
			throw new LibvirtFault(ErrorNumber.VIR_ERR_OPERATION_ABORTED, ErrorDomain.VIR_FROM_STREAMS, -1,
					"the deadline passed");
		}
	}

	@Override
	public void close() {
		LIBVIRT.virStorageVolFree(this.pointer);
	}

	/**
	 * What is done over a stream.
	 */
	private interface Transfer {

		void over(StreamPointer stream) throws LibvirtFault;

	}

}
