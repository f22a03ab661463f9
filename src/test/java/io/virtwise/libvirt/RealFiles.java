package io.virtwise.libvirt;

import io.virtwise.rollout.ManagedFiles;

/**
 * Files of real nodes over plain TCP, for tests of other rooms that stand in between.
 */
public final class RealFiles implements AutoCloseable {

	private final Room room = Room.plain();

	public ManagedFiles files() {
		return this.room.files;
	}

	@Override
	public void close() {
		this.room.close();
	}

}
