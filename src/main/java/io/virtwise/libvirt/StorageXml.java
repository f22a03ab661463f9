package io.virtwise.libvirt;

import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.RemoteFile.Kind;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The XML in which libvirt is told of pools and volumes and tells of them.
 */
final class StorageXml {

	private StorageXml() {
	}

	/** A pool over a directory. */
	static String pool(String name, String path) {
		return NodeXml.write((xml) -> {
			xml.writeStartElement("pool");
			xml.writeAttribute("type", "dir");
			NodeXml.element(xml, "name", name);
			xml.writeStartElement("target");
			NodeXml.element(xml, "path", path);
			// Only counts where the directory has to be made.
			xml.writeStartElement("permissions");
			NodeXml.element(xml, "mode", "0755");
			NodeXml.element(xml, "owner", "0");
			NodeXml.element(xml, "group", "0");
			xml.writeEndElement();
			xml.writeEndElement();
			xml.writeEndElement();
		});
	}

	/**
	 * A file of a directory pool.
	 * @param size in bytes
	 * @param octalMode permissions, as {@code 0640}
	 * @param owner numeric id, {@code null} for the daemon's own
	 * @param group numeric id, {@code null} for the daemon's own
	 */
	static String volume(String name, long size, String octalMode, @Nullable String owner, @Nullable String group) {
		return NodeXml.write((xml) -> {
			xml.writeStartElement("volume");
			NodeXml.element(xml, "name", name);
			NodeXml.element(xml, "allocation", Long.toString(size));
			NodeXml.element(xml, "capacity", Long.toString(size));
			xml.writeStartElement("target");
			xml.writeEmptyElement("format");
			xml.writeAttribute("type", "raw");
			xml.writeStartElement("permissions");
			NodeXml.element(xml, "mode", octalMode);
			if (owner != null) {
				NodeXml.element(xml, "owner", owner);
			}
			if (group != null) {
				NodeXml.element(xml, "group", group);
			}
			xml.writeEndElement();
			xml.writeEndElement();
			xml.writeEndElement();
		});
	}

	/** What libvirt says of a volume. */
	static RemoteFile file(String volumeXml) {
		Element volume = NodeXml.root(volumeXml);
		if (!volume.getAttribute("type").equals("file")) {
			return new RemoteFile(Kind.OTHER, 0, null, null, null);
		}
		// The capacity of what looks like a disk image is the size of that disk, not of
		// the file.
		String size = first(volume, "physical");
		if (size == null) {
			size = first(volume, "capacity");
		}
		return new RemoteFile(Kind.REGULAR, (size != null) ? Long.parseLong(size) : 0, first(volume, "mode"),
				first(volume, "owner"), first(volume, "group"));
	}

	private static @Nullable String first(Element parent, String name) {
		NodeList found = parent.getElementsByTagName(name);
		return (found.getLength() > 0) ? found.item(0).getTextContent().trim() : null;
	}

}
