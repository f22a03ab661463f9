package io.virtwise.libvirt;

import java.io.StringReader;
import java.io.StringWriter;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import java.io.IOException;

import io.virtwise.rollout.ManagedFiles.RemoteFile;
import io.virtwise.rollout.ManagedFiles.RemoteFile.Kind;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The XML in which libvirt is told of pools and volumes and tells of them.
 */
final class StorageXml {

	private StorageXml() {
	}

	/** A pool over a directory. */
	static String pool(String name, String path) {
		return write((xml) -> {
			xml.writeStartElement("pool");
			xml.writeAttribute("type", "dir");
			element(xml, "name", name);
			xml.writeStartElement("target");
			element(xml, "path", path);
			// Only counts where the directory has to be made.
			xml.writeStartElement("permissions");
			element(xml, "mode", "0755");
			element(xml, "owner", "0");
			element(xml, "group", "0");
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
		return write((xml) -> {
			xml.writeStartElement("volume");
			element(xml, "name", name);
			element(xml, "allocation", Long.toString(size));
			element(xml, "capacity", Long.toString(size));
			xml.writeStartElement("target");
			xml.writeEmptyElement("format");
			xml.writeAttribute("type", "raw");
			xml.writeStartElement("permissions");
			element(xml, "mode", octalMode);
			if (owner != null) {
				element(xml, "owner", owner);
			}
			if (group != null) {
				element(xml, "group", group);
			}
			xml.writeEndElement();
			xml.writeEndElement();
			xml.writeEndElement();
		});
	}

	/** What libvirt says of a volume. */
	static RemoteFile file(String volumeXml) {
		Element volume = parse(volumeXml).getDocumentElement();
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

	private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
		xml.writeStartElement(name);
		xml.writeCharacters(text);
		xml.writeEndElement();
	}

	private static String write(Content content) {
		StringWriter text = new StringWriter();
		try {
			XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
			content.to(xml);
			xml.close();
			return text.toString();
		}
		catch (XMLStreamException ex) {
			throw new IllegalStateException("writing XML into memory failed", ex);
		}
	}

	private static Document parse(String xml) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			factory.setXIncludeAware(false);
			factory.setExpandEntityReferences(false);
			DocumentBuilder builder = factory.newDocumentBuilder();
			builder.setErrorHandler(null);
			return builder.parse(new InputSource(new StringReader(xml)));
		}
		catch (ParserConfigurationException | SAXException | IOException ex) {
			throw new IllegalStateException("a node describes a volume in a way that is not understood", ex);
		}
	}

	/**
	 * Writes elements.
	 */
	private interface Content {

		void to(XMLStreamWriter xml) throws XMLStreamException;

	}

}
