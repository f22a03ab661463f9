package io.virtwise.authoring;

import io.virtwise.shared.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * How a draft comes into force: asked for by one person, looked at by another, exact to
 * the byte.
 */
public interface Publishing {

	/**
	 * Asks for approval. The draft must be free of errors, its cases must come out as
	 * expected, it must rest on the revision in force, and must change something.
	 * @param message what it is for, {@code null} to leave that as it is
	 * @throws io.virtwise.shared.Refused with the reason if one of these is not so
	 */
	Draft submit(String id, @Nullable String message);

	/**
	 * Says yes to the content that the person looked at. Where that is enough, it becomes
	 * a revision and comes into force at once.
	 * @throws io.virtwise.shared.Refused with the reason if that is not possible
	 */
	Draft approve(String id, ContentHash seen, @Nullable String comment);

	/** Says no. */
	Draft deny(String id, @Nullable String comment);

	/** Takes the wish to publish back; the draft can be edited again. */
	Draft withdraw(String id);

	/**
	 * Asks for approval to go back to an earlier revision.
	 * @return a draft that waits for approval, to be approved or denied as any other
	 */
	Draft activate(int revision, @Nullable String message);

	/**
	 * The draft that waits to bring this revision back.
	 * @throws io.virtwise.shared.Refused if there is none
	 */
	Draft waitingFor(int revision);

}
