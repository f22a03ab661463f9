package io.virtwise.rollout.internal;

import io.virtwise.change.Surroundings;
import io.virtwise.node.NodeFailure;
import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.Session;
import io.virtwise.rollout.internal.DropInTask.DropIn;
import org.jspecify.annotations.Nullable;

/**
 * What a push of drop-ins looks at on the node: the folder, and nova.conf beside it.
 */
final class DropInSession {

	private DropInSession() {
	}

	/** The bytes of a regular file, {@code null} where nothing is there. */
	static byte @Nullable [] content(Session folder, String name) {
		RemoteFile file = folder.stat(name);
		if (file.kind() == RemoteFile.Kind.OTHER) {
			throw new PushSteps.Stopped(
					name + " is a symbolic link, a directory or a device, and those are left alone. Take it away.");
		}
		return (file.kind() == RemoteFile.Kind.MISSING) ? null : folder.read(name);
	}

	/** Whether the drop-in is there, whole. */
	static boolean holds(Session folder, @Nullable DropIn file) {
		if (file == null) {
			return false;
		}
		byte[] present = content(folder, file.name());
		return present != null && file.is(present);
	}

	/** nova.conf as it is now; everything written later gets its owner and mode. */
	static RemoteFile main(Session parent, DropInTask task) {
		RemoteFile file = parent.stat(task.main());
		if (file.kind() != RemoteFile.Kind.REGULAR) {
			throw new PushSteps.Stopped(task.novaConf() + " is not there any more, or is not a regular file.");
		}
		return file;
	}

	/** Adds what is read beside a drop-in from nova.conf's directory. */
	static void addMain(Session parent, DropInTask task, Surroundings around) {
		around.with(task.novaConf(), parent.read(task.main()));
		byte[] compute = content(parent, Surroundings.COMPUTE);
		if (compute != null) {
			around.with((task.parent().equals("/") ? "" : task.parent()) + "/" + Surroundings.COMPUTE, compute);
		}
	}

	/** Adds what others have in the folder. */
	static void addFolder(Session folder, DropInTask task, Surroundings around) {
		for (String name : folder.names()) {
			if (Surroundings.counts(name)) {
				byte[] content = content(folder, name);
				if (content != null) {
					around.with(task.folder() + "/" + name, content);
				}
			}
		}
	}

	/** Whether this says that the directory is not there. */
	static boolean missing(NodeFailure failure) {
		return failure.kind() == NodeFailure.Kind.NOT_FOUND;
	}

}
