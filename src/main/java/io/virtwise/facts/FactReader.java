package io.virtwise.facts;

/**
 * Turns evidence into facts: a pure function, total and bounded.
 */
public interface FactReader {

	/**
	 * Reads all of the evidence.
	 * @return what was understood; odd text never makes this throw, it shows in
	 * {@link NodeFacts#problems()}
	 */
	NodeFacts read(Evidence evidence);

}
