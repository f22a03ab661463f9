package io.virtwise.libvirt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.virtwise.facts.Evidence;
import io.virtwise.facts.EvidenceKind;
import io.virtwise.node.Node;
import io.virtwise.node.NodeFailure;
import io.virtwise.node.NodeFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files that nova-compute reads on a node, in its order: nova.conf,
 * nova-compute.conf beside it, and the folders of drop-ins by name. That older releases
 * have no such folders is known where facts are made of them.
 */
final class NovaConfReading {

	private static final int MOST_DROP_INS = 50;

	private final Node node;

	/** Opens a directory of the node. */
	private final Function<DirectoryPath, DirectorySession> directories;

	private final List<Evidence.Item> items = new ArrayList<>();

	private final List<NodeFailure> missed = new ArrayList<>();

	private byte @Nullable [] main;

	NovaConfReading(Node node, Function<DirectoryPath, DirectorySession> directories) {
		this.node = node;
		this.directories = directories;
	}

	/** Reads them; what cannot be read is in {@link #missed()}. */
	NovaConfReading read() {
		try {
			DirectoryPath folder = DirectoryPath.parent(this.node, this.node.novaConfPath());
			DirectorySession files = this.directories.apply(folder);
			this.main = files.read(DirectoryPath.name(this.node, folder, this.node.novaConfPath()));
			add(this.node.novaConfPath(), this.main);
			optional(folder, files, "nova-compute.conf");
			dropIns(folder, "nova.conf.d");
			dropIns(folder, "nova-compute.conf.d");
		}
		catch (NodeFailure failure) {
			this.missed.add(failure);
		}
		return this;
	}

	private void dropIns(DirectoryPath parent, String name) {
		DirectoryPath folder = DirectoryPath.of(this.node, parent.text() + "/" + name);
		DirectorySession files;
		List<String> names;
		try {
			files = this.directories.apply(folder);
			names = files.names().stream().filter((file) -> file.endsWith(".conf")).sorted().toList();
		}
		catch (NodeFailure failure) {
			if (failure.kind() != Kind.NOT_FOUND) {
				throw failure;
			}
			return;
		}
		if (names.size() > MOST_DROP_INS) {
			throw new NodeFailure(Kind.CONFLICT, "The folder " + folder.text() + " on the node " + this.node.name()
					+ " holds more than " + MOST_DROP_INS + " files, so none of nova's files counts as read.");
		}
		for (String file : names) {
			add(folder.text() + "/" + file, files.read(file));
		}
	}

	private void optional(DirectoryPath folder, DirectorySession files, String name) {
		try {
			add(folder.text() + "/" + name, files.read(name));
		}
		catch (NodeFailure failure) {
			if (failure.kind() != Kind.NOT_FOUND) {
				throw failure;
			}
		}
	}

	private void add(String path, byte[] content) {
		this.items.add(new Evidence.Item(EvidenceKind.NOVA_CONF, path, new String(content, StandardCharsets.UTF_8)));
	}

	/**
	 * The texts in reading order; none where one of them could not be read, because an
	 * option that counts may be in it.
	 */
	List<Evidence.Item> items() {
		return this.missed.isEmpty() ? List.copyOf(this.items) : List.of();
	}

	/** The bytes of nova.conf itself, {@code null} where it could not be read. */
	byte @Nullable [] main() {
		return this.main;
	}

	/** Why something could not be read. */
	List<NodeFailure> missed() {
		return List.copyOf(this.missed);
	}

}
