package io.virtwise.facts.internal;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/**
 * Walks through XML that somebody pasted, and hands over one element at a time with its
 * path. It reads no document type, no entity and no other file, goes no deeper than
 * libvirt's documents do, and never throws.
 */
final class XmlElements {

	private static final int DEEPEST = 40;

	private static final int LONGEST_TEXT = 4096;

	private static final XMLInputFactory FACTORY = factory();

	private XmlElements() {
	}

	private static XMLInputFactory factory() {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_COALESCING, true);
		factory.setXMLResolver((publicId, systemId, base, namespace) -> {
			throw new XMLStreamException("a document of libvirt refers to no other file");
		});
		return factory;
	}

	/** Cuts the documents with this root out of a text, with the line each begins at. */
	static List<Document> documents(String text, String root, int atMost) {
		List<Document> documents = new ArrayList<>();
		int at = begin(text, root, 0);
		int line = 1;
		int counted = 0;
		while (at >= 0 && documents.size() < atMost) {
			for (; counted < at; counted++) {
				line += (text.charAt(counted) == '\n') ? 1 : 0;
			}
			String closing = "</" + root + ">";
			int end = text.indexOf(closing, at);
			boolean whole = end >= 0;
			end = whole ? end + closing.length() : text.length();
			documents.add(new Document(text.substring(at, end), line, whole));
			at = begin(text, root, end);
		}
		return documents;
	}

	private static int begin(String text, String root, int from) {
		int at = text.indexOf("<" + root, from);
		while (at >= 0) {
			int next = at + root.length() + 1;
			if (next < text.length() && (text.charAt(next) == '>' || Character.isWhitespace(text.charAt(next)))) {
				return at;
			}
			at = text.indexOf("<" + root, next);
		}
		return -1;
	}

	/**
	 * Walks through the document.
	 * @return where and why it could not be read to its end, {@code null} if it was
	 */
	static @Nullable Fault walk(Document document, Visitor visitor) {
		Deque<Element> open = new ArrayDeque<>();
		try {
			XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(document.xml()));
			try {
				while (reader.hasNext()) {
					int event = reader.next();
					int line = document.line() + reader.getLocation().getLineNumber() - 1;
					if (event == XMLStreamConstants.DTD) {
						return new Fault(line, "it has a document type declaration, which is not read");
					}
					if (event == XMLStreamConstants.START_ELEMENT) {
						if (open.size() >= DEEPEST) {
							return new Fault(line, "its elements are nested deeper than libvirt's are");
						}
						Element element = element(reader, open.peek(), line);
						open.push(element);
						visitor.begins(element);
					}
					else if (event == XMLStreamConstants.CHARACTERS && !open.isEmpty()) {
						open.element().add(reader.getText());
					}
					else if (event == XMLStreamConstants.END_ELEMENT) {
						visitor.ends(open.pop());
					}
				}
			}
			finally {
				reader.close();
			}
			return null;
		}
		catch (XMLStreamException ex) {
			int line = (ex.getLocation() != null) ? document.line() + Math.max(ex.getLocation().getLineNumber(), 1) - 1
					: document.line();
			return new Fault(line, document.whole() ? "it is not well-formed there" : "it is cut off");
		}
	}

	private static Element element(XMLStreamReader reader, @Nullable Element parent, int line) {
		Map<String, String> attributes = new TreeMap<>();
		for (int i = 0; i < reader.getAttributeCount() && i < 20; i++) {
			attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
		}
		return new Element(reader.getLocalName(), attributes, line, parent);
	}

	/**
	 * A document cut out of a text.
	 *
	 * @param xml the document
	 * @param line where it begins in the text
	 * @param whole whether its closing tag was found
	 */
	record Document(String xml, int line, boolean whole) {
	}

	/**
	 * Why a document could not be read to its end.
	 *
	 * @param line where
	 * @param reason as the second half of a sentence
	 */
	record Fault(int line, String reason) {
	}

	/**
	 * Is told of each element.
	 */
	interface Visitor {

		default void begins(Element element) {
		}

		void ends(Element element);

	}

	/**
	 * An element with its path.
	 */
	static final class Element {

		private final String name;

		private final Map<String, String> attributes;

		private final int line;

		private final @Nullable Element parent;

		private final StringBuilder text = new StringBuilder();

		private Element(String name, Map<String, String> attributes, int line, @Nullable Element parent) {
			this.name = name;
			this.attributes = attributes;
			this.line = line;
			this.parent = parent;
		}

		private void add(String more) {
			int room = LONGEST_TEXT - this.text.length();
			this.text.append(more, 0, Math.min(room, more.length()));
		}

		String name() {
			return this.name;
		}

		int line() {
			return this.line;
		}

		@Nullable String attribute(String attribute) {
			return this.attributes.get(attribute);
		}

		String text() {
			return this.text.toString().strip();
		}

		@Nullable Element parent() {
			return this.parent;
		}

		/** Whether the path from the root is exactly this one. */
		boolean isAt(String... path) {
			Element element = this;
			for (int i = path.length - 1; i >= 0; i--) {
				if (element == null || !element.name.equals(path[i])) {
					return false;
				}
				element = element.parent;
			}
			return element == null;
		}

		/** As the document wrote it, the text in it too. */
		TextLine asLine() {
			StringBuilder tag = new StringBuilder("<" + this.name);
			this.attributes
				.forEach((key, value) -> tag.append(' ').append(key).append("='").append(value).append('\''));
			String inside = text();
			tag.append(inside.isEmpty() ? "/>" : ">" + inside + "</" + this.name + ">");
			return new TextLine(this.line, tag.toString());
		}

	}

}
