package io.virtwise.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.virtwise.shared.StorableText;
import org.jspecify.annotations.Nullable;

/**
 * What somebody handed in about one node, as received. A kind that is not among the items
 * was not looked at; an item with empty text was looked at, and there was nothing.
 *
 * @param items the texts, those of one kind in their reading order
 * @param release the nova release as given, {@code null} where nobody said
 * @param intent what the node is for
 * @param leftOpen names of the answers about that which somebody left open on purpose, so
 * that an earlier answer counts no more
 */
public record Evidence(List<Item> items, @Nullable String release, Intent intent, Set<String> leftOpen) {

	public Evidence {
		release = (release != null) ? StorableText.marked(release) : null;
		items = List.copyOf(items);
		leftOpen = Set.copyOf(leftOpen);
	}

	/** The same where nothing was left open on purpose. */
	public Evidence(List<Item> items, @Nullable String release, Intent intent) {
		this(items, release, intent, Set.of());
	}

	/** The texts of one kind, in order. */
	public List<Item> of(EvidenceKind kind) {
		return this.items.stream().filter((item) -> item.kind() == kind).toList();
	}

	/** The same with one more item at the end. */
	public Evidence with(EvidenceKind kind, String source, String text) {
		List<Item> more = new ArrayList<>(this.items);
		more.add(new Item(kind, source, text));
		return new Evidence(more, this.release, this.intent, this.leftOpen);
	}

	/**
	 * One text.
	 *
	 * @param kind what it is
	 * @param source where it came from, as people read it: {@code /etc/nova/nova.conf},
	 * {@code lsmod}
	 * @param text the text as received, may be empty; what no database keeps is replaced
	 * by a sign that can be seen
	 */
	public record Item(EvidenceKind kind, String source, String text) {

		public Item {
			source = StorableText.marked(source);
			text = StorableText.marked(text);
		}

		public Item(EvidenceKind kind, String text) {
			this(kind, kind.title(), text);
		}

	}

}
