package io.virtwise.approval;

import java.util.Set;

/**
 * Port: who wrote something in what waits for approval, beside the person who asked. A
 * room whose subjects have several writers implements it, so that nobody is told of a
 * request that they cannot decide.
 */
public interface CoAuthors {

	/** The ids of these people; empty for a subject of another room. */
	Set<String> of(String subjectType, String subjectId);

}
