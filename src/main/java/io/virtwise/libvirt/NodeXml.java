package io.virtwise.libvirt;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Reads the XML that a node sends, which is as little trusted as anything else from
 * outside, and writes what it is sent.
 */
final class NodeXml {

	private NodeXml() {
	}

	/**
	 * The outermost element.
	 * @throws IllegalStateException if it is not well-formed, or has a document type
	 */
	static Element root(String xml) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			factory.setXIncludeAware(false);
			factory.setExpandEntityReferences(false);
			DocumentBuilder builder = factory.newDocumentBuilder();
			builder.setErrorHandler(null);
			return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
		}
		catch (ParserConfigurationException | SAXException | IOException ex) {
			throw new IllegalStateException("a node describes something in a way that is not understood", ex);
		}
	}

	/** The elements of this name right below another one. */
	static List<Element> children(Element parent, String name) {
		List<Element> children = new ArrayList<>();
		for (Node one = parent.getFirstChild(); one != null; one = one.getNextSibling()) {
			if (one instanceof Element element && element.getTagName().equals(name)) {
				children.add(element);
			}
		}
		return children;
	}

	/** The first of these, {@code null} if there is none. */
	static @Nullable Element child(Element parent, String name) {
		return children(parent, name).stream().findFirst().orElse(null);
	}

	static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
		xml.writeStartElement(name);
		xml.writeCharacters(text);
		xml.writeEndElement();
	}

	static String write(Content content) {
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

	/**
	 * Writes elements.
	 */
	interface Content {

		void to(XMLStreamWriter xml) throws XMLStreamException;

	}

}
